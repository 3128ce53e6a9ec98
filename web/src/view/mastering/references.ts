import type { Studio } from '../../bridge/studioTypes';
import type { Id } from '../../model/types';
import { chooseFilesFor } from '../files/AudioFilesInput';
import { carriesFiles, filesOfTransfer } from '../files/droppedFiles';
import type { MenuEntries } from '../kit/Menu';

export function chooseReferences(studio: Studio): void {
  chooseFilesFor((files) => void addReferences(studio, files));
}

/** One after the other, in the order they came. */
export async function addReferences({ mastering }: Studio, files: readonly File[]): Promise<void> {
  for (const file of files) await mastering.addReference(file);
}

/** Songs that are dropped on an element become references; `setOver` says whether they hang above it. */
export function referenceDrop(studio: Studio, setOver: (over: boolean) => void) {
  return {
    over(event: DragEvent) {
      if (!carriesFiles(event.dataTransfer)) return;
      event.preventDefault();
      setOver(true);
    },
    leave: () => setOver(false),
    drop(event: DragEvent) {
      setOver(false);
      if (!event.dataTransfer || !carriesFiles(event.dataTransfer)) return;
      event.preventDefault();
      void filesOfTransfer(event.dataTransfer).then((files) => addReferences(studio, files));
    },
  };
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
