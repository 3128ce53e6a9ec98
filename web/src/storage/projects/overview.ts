import type { ProjectSnapshot, Track } from '../../model/types';
import type { OverviewLane } from './database';

const columns = 160;
const mostLanes = 6;

/** The highest absolute sample, linear, of source frames [from, to); null while it is not known. */
export type PeakOf = (sourceId: string, from: number, to: number) => number | null;

/** The small picture of a project in the list: the tracks of each colour together, as loud as they play, from top to bottom. */
export function projectOverview(project: ProjectSnapshot, peakOf: PeakOf): OverviewLane[] {
  const tracks = project.tracks.filter(({ clips, params }) => clips.length > 0 && params.mute === 0);
  const end = Math.max(1, ...tracks.flatMap(({ clips }) => clips.map((c) => c.startFrame + c.lengthFrames)));
  const colours = [...new Set(tracks.map(({ colour }) => colour))].slice(0, mostLanes);
  return colours.map((colour) => {
    const sum = new Float64Array(columns);
    for (const track of tracks) if (track.colour === colour) addTrack(sum, track, end / columns, peakOf);
    const loudest = Math.max(1e-9, ...sum);
    return { colour, levels: Uint8Array.from(sum, (level) => Math.round((255 * level) / loudest)) };
  });
}

function addTrack(sum: Float64Array, track: Track, framesPerColumn: number, peakOf: PeakOf): void {
  for (const clip of track.clips) {
    const gain = 10 ** ((clip.gainDb + track.params.volumeDb) / 20);
    const clipEnd = clip.startFrame + clip.lengthFrames;
    const first = Math.floor(clip.startFrame / framesPerColumn);
    for (let column = first; column < columns && column * framesPerColumn < clipEnd; column++) {
      const from = Math.max(clip.startFrame, Math.floor(column * framesPerColumn));
      const to = Math.min(clipEnd, Math.ceil((column + 1) * framesPerColumn));
      const inSource = clip.offsetFrames - clip.startFrame;
      const peak = to > from ? (peakOf(clip.sourceId, from + inSource, to + inSource) ?? 0) : 0;
      sum[column] = (sum[column] ?? 0) + peak * gain;
    }
  }
}
