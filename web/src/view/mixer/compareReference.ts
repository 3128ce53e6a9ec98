import type { Studio } from '../../bridge/studioTypes';
import type { Reference } from '../../model/types';
import type { Action } from '../keys/actions';
import type { MenuEntries } from '../kit/Menu';
import { chooseReferences, referenceEntries } from '../mastering/references';
import { room } from '../state/room';

/** The reference that is heard in place of the song. */
export function heardReference({ mastering, project }: Studio): Reference | null {
  return project().mastering.references.find(({ id }) => id === mastering.listening()) ?? null;
}

/** From the song to its first reference, on to the next, and back to the song. */
export function compareNext(studio: Studio): void {
  const { mastering, project } = studio;
  const { references } = project().mastering;
  const at = references.findIndex(({ id }) => id === mastering.listening());
  mastering.listen(references[at + 1]?.id ?? 'master');
  measureOnce(studio);
}

/** What is compared is matched in level, which takes its loudness. */
function measureOnce({ mastering, project }: Studio): void {
  const { song, loudnessOf } = mastering;
  const unknown = project().mastering.references.some(({ id }) => loudnessOf(id) === null);
  if (song.work() === null && (unknown || loudnessOf('original') === null)) void song.analyse();
}

export function compareEntries(studio: Studio): MenuEntries {
  return [
    ...studio
      .project()
      .mastering.references.flatMap(({ id }) => [...referenceEntries(studio, id), { kind: 'line' as const }]),
    { label: 'Add a reference…', icon: 'plus', run: () => chooseReferences(studio) },
  ];
}

/** The Master room has keys of its own for it. */
export function compareActions(studio: Studio): Action[] {
  const references = () => studio.project().mastering.references;
  return [
    {
      id: 'listen.compare',
      group: 'Listening',
      label: 'Compare with a reference',
      keys: ['C'],
      icon: 'headphones',
      words: 'a/b reference song level match',
      hint: () => heardReference(studio)?.name ?? '',
      enabled: () => room() !== 'master' && references().length > 0,
      run: () => compareNext(studio),
    },
    {
      id: 'listen.addReference',
      group: 'Listening',
      label: 'Add a reference song…',
      icon: 'file-music',
      enabled: () => studio.project().tracks.length > 0,
      run: () => chooseReferences(studio),
    },
  ];
}
