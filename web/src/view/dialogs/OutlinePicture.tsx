import type { ExportRange } from '../../bridge/exportTypes';
import { songEndFrame } from '../../commands/find';
import { createSurface } from '../kit/canvas';
import { palette } from '../kit/palette';
import { paintOutline } from '../projects/paintOutline';
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
    (area) => {
      const columns = Math.floor(area.width);
      const outline = mixOutline(studio.project(), (id) => studio.peaks.get(id), frames(), columns);
      area.context.clearRect(0, 0, area.width, area.height);
      paintOutline(area, outline, palette().accent);
    },
    () => [frames(), ...Object.keys(studio.project().sources).map((id) => studio.peaks.get(id))],
  );
  return <canvas class="export-outline" ref={surface.ref} aria-hidden="true" />;
}
