import { createEffect, createSignal, on, onCleanup } from 'solid-js';
import type { ListenChoice } from '../../bridge/masteringTypes';
import type { Studio } from '../../bridge/studioTypes';
import { registerActions } from '../keys/actions';
import { meterReference } from './heard';

const idleMs = 1200;
/** A longer song is measured when it is asked for. */
const longestSeconds = 900;
/** After edits the song is measured by itself only where that took no longer. */
const longestWorkMs = 6000;

/** What the Master room does while it is open: the chain is heard, the song is measured, keys choose what is heard. */
export function openMasterRoom(studio: Studio): void {
  const { mastering, transport, project } = studio;
  const { song } = mastering;
  mastering.setRoom(true);
  onCleanup(() => mastering.setRoom(false));
  meterReference(studio);
  createEffect(
    on(
      () => project().id,
      () => void song.setUp(),
    ),
  );
  measureWhenIdle(studio);
  const references = () => project().mastering.references;
  const listen = (choice: ListenChoice | undefined) => choice !== undefined && mastering.listen(choice);
  const nextReference = () => {
    const at = references().findIndex(({ id }) => id === mastering.listening());
    return references()[(at + 1) % references().length]?.id;
  };
  onCleanup(
    registerActions([
      {
        id: 'master.original',
        group: 'Listening',
        label: 'Listen to the original',
        keys: ['A'],
        run: () => listen('original'),
      },
      {
        id: 'master.master',
        group: 'Listening',
        label: 'Listen to the master',
        keys: ['B'],
        run: () => listen('master'),
      },
      {
        id: 'master.reference',
        group: 'Listening',
        label: 'Listen to the next reference',
        keys: ['C'],
        enabled: () => references().length > 0,
        run: () => listen(nextReference()),
      },
      {
        id: 'master.reach',
        group: 'Listening',
        label: 'Reach the target',
        icon: 'target',
        enabled: () => song.work() === null && transport.canPlay(),
        run: () => void song.reach(),
      },
    ]),
  );
}

/** Once a song rests, and again after edits where it is cheap; what was called off is left alone until the next edit. */
function measureWhenIdle({ mastering: { song }, transport, project, files }: Studio): void {
  let tried: unknown = null;
  const [tookMs, setTookMs] = createSignal(0);
  const seconds = () => transport.songEndFrame() / project().sampleRateHz;
  const idle = () => song.work() === null && !transport.playing() && files.imports().length === 0;
  const due = () => {
    const wanted = song.analysis() === null || (song.stale() && tookMs() < longestWorkMs);
    return wanted && transport.canPlay() && seconds() < longestSeconds;
  };
  const measure = async () => {
    tried = project();
    const startedAt = performance.now();
    await song.analyse();
    setTookMs(performance.now() - startedAt);
  };
  const triedReferences = new Set<string>();
  const unknownReference = () =>
    project().mastering.references.find(({ id }) => !song.references().has(id) && !triedReferences.has(id));
  createEffect(() => {
    if (!idle()) return;
    const reference = unknownReference();
    if (!reference && (!due() || project() === tried)) return;
    const timer = setTimeout(() => {
      for (const { id } of project().mastering.references) triedReferences.add(id);
      void measure();
    }, idleMs);
    onCleanup(() => clearTimeout(timer));
  });
}
