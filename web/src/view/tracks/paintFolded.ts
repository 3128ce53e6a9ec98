import { groupsAround } from '../../commands/groups';
import { isFolded } from './folding';
import { clipBox } from './hitTest';
import type { LaneScene } from './laneScene';

const marginPx = 6;
const gapPx = 1;
const strength = 0.45;

/** In the lane of a folded group: the clips of its members as lines of their colours, one below the other. */
export function paintFolded(scene: LaneScene): void {
  const { context, project, rows, scrollTop, height, width, view, colours } = scene;
  if (!project.tracks.some(({ id }) => isFolded(id))) return;
  const around = groupsAround(project.tracks);
  for (const row of rows.rows) {
    const top = row.top - scrollTop;
    if (!isFolded(row.trackId) || row.height === 0 || top + row.height < 0 || top > height) continue;
    const members = project.tracks.filter(
      ({ id, clips }) => clips.length > 0 && around.get(id)?.some((group) => group.id === row.trackId),
    );
    const each = (row.height - 2 * marginPx) / Math.max(1, members.length);
    const thick = Math.max(1, Math.min(6, each - gapPx));
    members.forEach((track, place) => {
      const shade = track.params.mute !== 0 ? colours.muted : colours.tracks[track.colour];
      context.fillStyle = shade.wave;
      context.globalAlpha = strength;
      const y = Math.round(top + marginPx + each * place + (each - thick) / 2);
      for (const clip of track.clips) {
        const box = clipBox(clip, { top, height: row.height }, view);
        const left = Math.max(0, box.left);
        const right = Math.min(width, box.right);
        if (right > left) context.fillRect(left, y, Math.max(1, right - left - 1), thick);
      }
    });
    context.globalAlpha = 1;
  }
}
