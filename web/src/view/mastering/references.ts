import type { Studio } from '../../bridge/studioTypes';
import type { Id } from '../../model/types';
import { chooseFilesFor } from '../files/AudioFilesInput';
import type { MenuEntries } from '../kit/Menu';

export function chooseReferences(studio: Studio): void {
  chooseFilesFor((files) => void addReferences(studio, files));
}

/** One after the other, in the order they came. */
export async function addReferences({ mastering }: Studio, files: readonly File[]): Promise<void> {
  for (const file of files) await mastering.addReference(file);
}

/** What can be done with one reference. */
export function referenceEntries(studio: Studio, referenceId: Id): MenuEntries {
  const name = studio.project().mastering.references.find(({ id }) => id === referenceId)?.name ?? '';
  return [
    {
      label: `Listen to ${name}`,
      icon: 'headphones',
      run: () => studio.mastering.listen(referenceId),
    },
    {
      label: `Remove ${name}`,
      icon: 'trash',
      danger: true,
      run: () => studio.doc.commit('Remove reference', [{ op: 'reference.remove', referenceId }]),
    },
  ];
}
