import type { Id } from '../../model/types';
import { createSurface } from '../kit/canvas';
import { palette } from '../kit/palette';
import { overallPeaks, pictureColumns } from './picture';
import { pictureOf } from './pictureStore';

/** A project from far away: its lanes in their colours, or one grey outline. */
export function ProjectPicture(props: { id: Id; lanes?: boolean }) {
  const surface = createSurface(
    ({ context, width, height }) => {
      const colours = palette();
      const picture = pictureOf(props.id);
      context.clearRect(0, 0, width, height);
      if (!picture || picture.lanes.length === 0) {
        context.fillStyle = colours.line;
        context.fillRect(0, height / 2, width, 1);
        return;
      }
      const lanes = props.lanes ? picture.lanes : [{ colour: null, peaks: overallPeaks(picture) }];
      const pitch = (height + 1) / lanes.length;
      const column = width / pictureColumns;
      lanes.forEach(({ colour, peaks }, index) => {
        const top = index * pitch;
        const laneHeight = pitch - 1;
        const tones = colour === null ? null : colours.tracks[colour];
        peaks.forEach((peak, x) => {
          if (peak < 0) return;
          if (tones) {
            context.fillStyle = tones.ground;
            context.fillRect(x * column, top, column + 0.3, laneHeight);
          }
          context.fillStyle = tones?.wave ?? colours.text2;
          const size = Math.max(1, (peak / 100) * laneHeight);
          context.globalAlpha = 0.85;
          context.fillRect(x * column, top + (laneHeight - size) / 2, column, size);
          context.globalAlpha = 1;
        });
      });
    },
    () => [pictureOf(props.id), props.lanes],
  );
  return <canvas class="project-picture" ref={surface.ref} aria-hidden="true" />;
}
