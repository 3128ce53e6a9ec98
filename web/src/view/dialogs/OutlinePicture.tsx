import type { ExportRange } from '../../bridge/studioTypes';
import { songEndFrame } from '../../commands/find';
import { createSurface } from '../kit/canvas';
import { palette } from '../kit/palette';
import { mixOutline } from '../projects/picture';
import { useStudio } from '../state/studio';

/** The outline of what will be written. */
export function OutlinePicture(props: { range: ExportRange }) {
  const studio = useStudio();
  const frames = () => {
    const project = studio.project();
    return props.range === 'loop' ? project.loop : { startFrame: 0, endFrame: songEndFrame(project) };
  };
  const surface = createSurface(
    ({ context, width, height }) => {
      const columns = Math.floor(width);
      const outline = mixOutline(studio.project(), (id) => studio.peaks.get(id), frames(), columns);
      context.clearRect(0, 0, width, height);
      context.fillStyle = palette().accent;
      context.globalAlpha = 0.85;
      outline.forEach((level, x) => {
        const size = Math.max(1, level * height);
        context.fillRect(x, (height - size) / 2, 1, size);
      });
      context.globalAlpha = 1;
    },
    () => [frames(), ...Object.keys(studio.project().sources).map((id) => studio.peaks.get(id))],
  );
  return <canvas class="export-outline" ref={surface.ref} aria-hidden="true" />;
}
