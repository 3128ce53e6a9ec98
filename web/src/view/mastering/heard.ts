import { type Accessor, createEffect, createMemo, onCleanup } from 'solid-js';
import { referenceTrackId } from '../../bridge/compileMastering';
import type { ListenChoice } from '../../bridge/masteringTypes';
import type { MeteredBus } from '../../bridge/meterTypes';
import type { Studio } from '../../bridge/studioTypes';
import { type Measures, measuresOf, type Programme } from '../../mastering/measures';

export type HeardKind = 'master' | 'original' | 'reference';

/** What is listened to, and what is known of it: pictures and figures of the room are of this sound. */
export interface Heard {
  readonly choice: ListenChoice;
  readonly kind: HeardKind;
  /** "Master", "Original", a reference's own name. */
  readonly name: string;
  /** Where its live figures are read. */
  readonly bus: MeteredBus;
  /** As it was measured as a whole; null before. */
  readonly programme: Programme | null;
  readonly measures: Measures | null;
}

/** Reactive. */
export function heardNow({ mastering, project }: Studio): Accessor<Heard> {
  return createMemo((): Heard => {
    const choice = mastering.listening();
    const analysis = mastering.song.analysis();
    const reference = project().mastering.references.find(({ id }) => id === choice);
    if (reference) {
      const programme = mastering.song.references().get(reference.id) ?? null;
      const measures = programme && measuresOf(programme);
      return { choice, kind: 'reference', name: reference.name, bus: 'track', programme, measures };
    }
    if (choice === 'original') {
      const [programme, measures] = [analysis?.original ?? null, analysis?.before ?? null];
      return { choice, kind: 'original', name: 'Original', bus: 'original', programme, measures };
    }
    const [programme, measures] = [analysis?.master ?? null, analysis?.after ?? null];
    return { choice, kind: 'master', name: 'Master', bus: 'tap', programme, measures };
  });
}

/** While the room is open, the meter that can be lent to any track is on the reference that is heard. */
export function meterReference(studio: Studio): void {
  const heard = heardNow(studio);
  createEffect(() => {
    const { kind, choice } = heard();
    studio.mastering.meterTrack(kind === 'reference' ? referenceTrackId(choice) : null);
  });
  onCleanup(() => studio.mastering.meterTrack(null));
}
