import { createSurface } from '../kit/canvas';
import { onFrame } from '../kit/frameLoop';
import { palette } from '../kit/palette';
import { mixOutline } from '../projects/picture';
import { useStudio } from '../state/studio';

/** The outline of the song with the playhead; a click or a drag puts the playhead there. */
export function OutlineView() {
  const studio = useStudio();
  let line: HTMLElement | undefined;
  const endFrame = () => studio.transport.songEndFrame();
  const surface = createSurface(
    ({ context, width, height }) => {
      const colours = palette();
      const range = { startFrame: 0, endFrame: endFrame() };
      const outline = mixOutline(studio.project(), (id) => studio.peaks.get(id), range, Math.floor(width));
      context.clearRect(0, 0, width, height);
      context.fillStyle = colours.line;
      context.fillRect(0, height / 2, width, 1);
      context.fillStyle = colours.signal;
      outline.forEach((level, x) => {
        const size = Math.max(1, level * height);
        context.fillRect(x, (height - size) / 2, 1, size);
      });
    },
    () => [studio.project(), ...Object.keys(studio.project().sources).map((id) => studio.peaks.get(id))],
  );
  onFrame(() => {
    const end = endFrame();
    const share = end > 0 ? Math.min(1, studio.transport.positionFrames() / end) : 0;
    if (line) line.style.left = `${share * 100}%`;
  });
  const seek = (event: PointerEvent) => {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
    studio.transport.seek(Math.round(share * endFrame()));
  };
  return (
    <div
      class="outline-view"
      data-tip="Click to go there"
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        seek(event);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) seek(event);
      }}
    >
      <canvas ref={surface.ref} aria-hidden="true" />
      <i ref={line} aria-hidden="true" />
    </div>
  );
}
