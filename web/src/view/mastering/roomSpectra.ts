import { type Accessor, createEffect, createMemo, createSignal, on } from 'solid-js';
import type { Studio } from '../../bridge/studioTypes';
import type { BandPower, Programme } from '../../mastering/measures';
import { type Averaging, Spectrum, usualAveraging, usualSlopeDb } from '../devices/graphs/live/spectrum';
import { averageLevels, levelBetween } from './averageSpectrum';
import type { ChainSound } from './chainSound';
import { type Heard, type HeardKind, heardNow } from './heard';
import type { MatchedReference } from './match';

const lowestDb = -160;

export const slopes = [0, 3, usualSlopeDb];
export const averagings: readonly { readonly name: string; readonly averaging: Averaging }[] = [
  { name: 'Fast', averaging: usualAveraging },
  { name: 'Slow', averaging: { riseMs: 600, fallMs: 1500 } },
  { name: 'Very slow', averaging: { riseMs: 4000, fallMs: 4000 } },
];
export const [slopeDb, setSlopeDb] = createSignal(usualSlopeDb);
export const [averagingName, setAveragingName] = createSignal('Fast');

interface Average {
  readonly bands: readonly BandPower[];
  readonly levels: Float64Array;
}

const averageOf = (programme: Programme | null | undefined): Average | null =>
  programme
    ? { bands: programme.bands, levels: averageLevels(programme.bands, programme.sampleRateHz) }
    : null;

export interface RoomSpectra {
  readonly heard: Accessor<Heard>;
  /** The reference that is listened to, else the first that is measured. */
  readonly reference: Accessor<MatchedReference | null>;
  /** What can be drawn of each now; null where nothing is known. Reactive but for what sounds. */
  levelOf(kind: HeardKind): ((hz: number) => number) | null;
  /** Whether the level is of this moment, and not of the whole song. */
  isLive(kind: HeardKind): boolean;
}

/** Master, original and reference over frequency: live as far as they sound, else the whole song's average. */
export function createRoomSpectra(studio: Studio, sound: ChainSound, onMoved: () => void): RoomSpectra {
  const { transport, mastering, project } = studio;
  const heard = heardNow(studio);
  const live: Record<HeardKind, Spectrum> = {
    master: new Spectrum(),
    original: new Spectrum(),
    reference: new Spectrum(),
  };
  const references = () => project().mastering.references;
  const reference = createMemo((): MatchedReference | null => {
    const known = references().filter(({ id }) => mastering.song.references().has(id));
    const chosen = known.find(({ id }) => id === heard().choice) ?? known[0];
    const programme = chosen && mastering.song.references().get(chosen.id);
    return programme ? { name: chosen.name, programme } : null;
  });
  const averages: Record<HeardKind, Accessor<Average | null>> = {
    master: createMemo(() => averageOf(mastering.song.analysis()?.master)),
    original: createMemo(() => averageOf(mastering.song.analysis()?.original)),
    reference: createMemo(() => averageOf(reference()?.programme)),
  };
  /** A reference is drawn as loud as the master. */
  const shiftDb = createMemo(() => {
    const lufs = mastering.song.analysis()?.master.integratedLufs;
    const own = reference()?.programme.integratedLufs;
    const shift = lufs === undefined || own === undefined ? 0 : lufs - own;
    return Number.isFinite(shift) ? shift : 0;
  });
  createEffect(() => {
    const chosen = averagings.find(({ name }) => name === averagingName());
    for (const spectrum of Object.values(live)) {
      spectrum.slopeDb = slopeDb();
      spectrum.averaging = chosen?.averaging ?? usualAveraging;
    }
  });
  createEffect(
    on(
      () => heard().choice,
      () => live.reference.clear(),
    ),
  );
  sound.hear((now, elapsedMs) => {
    const take = (kind: HeardKind, sides: typeof now.master) =>
      sides !== null && live[kind].update(sides.left, sides.right, elapsedMs);
    const moved =
      heard().kind === 'reference'
        ? [take('reference', now.heard)]
        : [take('master', now.master), take('original', now.original)];
    if (moved.some(Boolean)) onMoved();
  });
  const isLive = (kind: HeardKind): boolean =>
    transport.playing() && (kind === 'reference') === (heard().kind === 'reference');
  return {
    heard,
    reference,
    isLive,
    levelOf(kind) {
      const addDb = kind === 'reference' ? shiftDb() : 0;
      if (isLive(kind)) {
        const rateHz = project().sampleRateHz;
        return (hz) => live[kind].levelDb(hz, rateHz) + addDb;
      }
      const average = averages[kind]();
      if (!average) return null;
      const { bands, levels } = average;
      const tilt = slopeDb() - usualSlopeDb;
      return (hz) =>
        Math.max(lowestDb, levelBetween(bands, levels, hz) + addDb + tilt * Math.log2(hz / 1000));
    },
  };
}
