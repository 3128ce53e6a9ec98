import { createSignal } from 'solid-js';
import { masteringId } from '../../model/types';
import { activeDevice, setActiveDevice } from '../devices/openDevice';

/** Stands in the grid for the file that comes behind the chain: word, dither, and the files to write. */
export const filesPlace = 'files';
export const gridPlaces = 4;

/** A device of the chain, enough to find it a place. */
interface Link {
  readonly key: string;
  readonly deviceId: string;
}

/** Which panels the grid has, by the keys of their devices: those that were wanted, then the ones that matter most. */
export function placesOf(chain: readonly Link[], wanted: readonly string[]): string[] {
  const known = (place: string) => place === filesPlace || chain.some(({ key }) => key === place);
  const first = (deviceId: string) => chain.find((link) => link.deviceId === deviceId)?.key;
  const last = (deviceId: string) => chain.findLast((link) => link.deviceId === deviceId)?.key;
  const spare = [
    first('eq'),
    first('multiband'),
    last('limiter'),
    filesPlace,
    ...chain.map(({ key }) => key),
  ].filter((place) => place !== undefined);
  const places: string[] = [];
  for (let at = 0; at < gridPlaces; at++) {
    const own = wanted[at];
    const kept = own !== undefined && known(own) && !places.includes(own) ? own : undefined;
    const later = wanted.slice(at + 1);
    const place = kept ?? spare.find((each) => !places.includes(each) && !later.includes(each));
    if (place !== undefined) places.push(place);
  }
  return places;
}

/** The same with a device among them, in the place of the selected one. */
export function withShown(places: readonly string[], selected: string | null, shown: string): string[] {
  if (places.includes(shown)) return [...places];
  const at = selected === null ? -1 : places.indexOf(selected);
  return places.with(at >= 0 ? at : Math.min(1, places.length - 1), shown);
}

const [open, setOpen] = createSignal(false);
const [wanted, setWanted] = createSignal<readonly string[]>([]);
/** Reactive: whether the chain is shown enlarged, in place of the room's other columns. */
export const gridOpen = open;
/** Reactive: what was put into the grid by hand. */
export const gridWanted = wanted;

/** The key of the panel that the hand was in last. */
export const selectedPlace = (): string | null => {
  const active = activeDevice();
  return active?.ownerId === masteringId ? active.key : null;
};

export function showInGrid(chain: readonly Link[], place: string): void {
  setWanted(withShown(placesOf(chain, wanted()), selectedPlace(), place));
  setActiveDevice({ ownerId: masteringId, key: place });
}

export function openGrid(chain: readonly Link[], place?: string): void {
  setOpen(true);
  if (place !== undefined) showInGrid(chain, place);
}

export const closeGrid = (): boolean => setOpen(false);
