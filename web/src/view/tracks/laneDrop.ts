import type { Accessor } from 'solid-js';
import type { Studio } from '../../bridge/studioTypes';
import { snapFrame } from '../../commands/snap';
import { carriesFiles, filesOfTransfer } from '../files/droppedFiles';
import { frameAtPx, snapMode } from '../state/timeline';
import { type DropShow, setDropShow } from './hand';
import { type Rows, rowAt } from './rows';

export interface LaneDropOptions {
  readonly studio: Studio;
  readonly rows: Accessor<Rows>;
  contentRect(): DOMRect;
}

/**
 * Files over the lanes: one file lands on the track under the pointer, where the pointer is; several become tracks that start together
 * at the beginning, or at the pointer with Alt.
 */
export function createLaneDrop({ studio, rows, contentRect }: LaneDropOptions) {
  const placeOf = (event: DragEvent): DropShow => {
    const rect = contentRect();
    const row = rowAt(rows(), event.clientY - rect.top);
    const count = Math.max(1, event.dataTransfer?.items.length ?? 1);
    const pointer = snapFrame(studio.project(), frameAtPx(event.clientX - rect.left), snapMode());
    if (row && count === 1) return { frame: pointer, trackId: row.trackId, count };
    return { frame: event.altKey ? pointer : 0, trackId: null, count };
  };
  const onOver = (event: DragEvent) => {
    if (!carriesFiles(event.dataTransfer)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
    setDropShow(placeOf(event));
  };
  const onLeave = () => setDropShow(null);
  const onDrop = async (event: DragEvent) => {
    if (!event.dataTransfer || !carriesFiles(event.dataTransfer)) return;
    event.preventDefault();
    event.stopPropagation();
    const { frame, trackId } = placeOf(event);
    setDropShow(null);
    const files = await filesOfTransfer(event.dataTransfer);
    // A folder counts as one thing in the hand; what was in it may be many.
    const place =
      trackId !== null && files.length === 1 ? { trackId, frame } : { frame: trackId === null ? frame : 0 };
    if (files.length > 0) await studio.files.importFiles(files, place);
  };
  return {
    /** Listens on the lanes; the result takes the listeners away. */
    attach(element: HTMLElement): () => void {
      element.addEventListener('dragover', onOver);
      element.addEventListener('dragleave', onLeave);
      element.addEventListener('drop', onDrop);
      return () => {
        element.removeEventListener('dragover', onOver);
        element.removeEventListener('dragleave', onLeave);
        element.removeEventListener('drop', onDrop);
      };
    },
  };
}
