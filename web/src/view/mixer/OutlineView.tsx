import { createSurface } from '../kit/canvas';
import { onFrame } from '../kit/frameLoop';
import { palette } from '../kit/palette';
import { paintOutline } from '../projects/paintOutline';
import { mixOutline } from '../projects/picture';
import { useStudio } from '../state/studio';

/** The outline of the song with the playhead; a click or a drag puts the playhead there. */
export function OutlineView() {
  const studio = useStudio();
  let line: HTMLElement | undefined;
  const endFrame = () => studio.transport.songEndFrame();
  const surface = createSurface(
    (area) => {
      const colours = palette();
      const range = { startFrame: 0, endFrame: endFrame() };
      const columns = Math.floor(area.width);
      const outline = mixOutline(studio.project(), (id) => studio.peaks.get(id), range, columns);
      area.context.clearRect(0, 0, area.width, area.height);
      paintOutline(area, outline, colours.signal);
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
