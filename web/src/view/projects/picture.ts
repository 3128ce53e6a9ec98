import type { WaveformPeaks } from '../../bridge/studioTypes';
import { songEndFrame } from '../../commands/find';
import type { Clip, ProjectSnapshot, Track, TrackColour } from '../../model/types';

/** Columns of a picture, over the length of the song. */
export const pictureColumns = 120;
const mostLanes = 6;

export interface PictureLane {
  readonly colour: TrackColour;
  /** Peak of each column, 0 to 100; -1 where there is no clip. */
  readonly peaks: readonly number[];
}

/** What a project looks like from far away. */
export interface ProjectPictureData {
  readonly lanes: readonly PictureLane[];
}

export type PeaksOf = (sourceId: string) => WaveformPeaks | null;

/** Highest sample of a stretch of a source, 0 to 1, by the coarsest level that still resolves it. */
function peakBetween(peaks: WaveformPeaks, from: number, to: number): number {
  const span = to - from;
  const level = peaks.levels.findLast((each) => each.framesPerPoint <= span) ?? peaks.levels[0];
  if (!level) return 0;
  let highest = 0;
  for (const channel of level.channels) {
    const first = Math.max(0, Math.floor(from / level.framesPerPoint));
    const last = Math.min(channel.length / 2, Math.ceil(to / level.framesPerPoint));
    for (let point = first; point < last; point++) {
      highest = Math.max(highest, -(channel[2 * point] ?? 0), channel[2 * point + 1] ?? 0);
    }
  }
  return highest / 127;
}

interface Columns {
  readonly startFrame: number;
  readonly endFrame: number;
  readonly count: number;
}

/** Calls back with the peak of a clip in each column it touches, linear; 0 while its waveform is being read. */
function eachColumn(
  clip: Clip,
  peaks: WaveformPeaks | null,
  columns: Columns,
  use: (column: number, peak: number) => void,
): void {
  const width = (columns.endFrame - columns.startFrame) / columns.count;
  const clipEnd = clip.startFrame + clip.lengthFrames;
  const gain = 10 ** (clip.gainDb / 20);
  const shift = clip.offsetFrames - clip.startFrame;
  const first = Math.max(0, Math.floor((clip.startFrame - columns.startFrame) / width));
  for (let column = first; column < columns.count; column++) {
    const from = Math.max(clip.startFrame, columns.startFrame + column * width);
    const to = Math.min(clipEnd, columns.startFrame + (column + 1) * width);
    if (to <= from) {
      if (from >= clipEnd) return;
      continue;
    }
    use(column, peaks ? peakBetween(peaks, from + shift, to + shift) * gain : 0);
  }
}

/** Peaks of a track over the song, one a column, linear; null where no clip is. */
export function trackPeaks(
  track: Track,
  peaksOf: PeaksOf,
  endFrame: number,
  count: number,
): readonly (number | null)[] {
  const highest: (number | null)[] = Array.from({ length: count }, () => null);
  for (const clip of track.clips) {
    eachColumn(clip, peaksOf(clip.sourceId), { startFrame: 0, endFrame, count }, (column, peak) => {
      highest[column] = Math.max(highest[column] ?? 0, peak);
    });
  }
  return highest;
}

/** At most six lanes, spread over the tracks that have clips. */
export function drawProject(project: ProjectSnapshot, peaksOf: PeaksOf): ProjectPictureData {
  const filled = project.tracks.filter((track) => track.clips.length > 0);
  const count = Math.min(mostLanes, filled.length);
  const end = songEndFrame(project);
  const lanes = Array.from({ length: count }, (_, index) => {
    const track = filled[Math.floor((index * filled.length) / count)] as Track;
    const peaks = trackPeaks(track, peaksOf, end, pictureColumns).map((peak) =>
      peak === null ? -1 : Math.round(Math.min(1, peak) * 100),
    );
    return { colour: track.colour, peaks };
  });
  return { lanes };
}

const audible = (project: ProjectSnapshot): readonly Track[] => {
  const soloed = project.tracks.some((track) => track.params.solo > 0);
  return project.tracks.filter(
    ({ params }) =>
      params.mute === 0 && params.volumeDb > -90 && (!soloed || params.solo > 0 || params.soloSafe > 0),
  );
};

/**
 * The outline of a stretch of the mix, 0 to 1 a column: the strips' peaks added in power, which is near what uncorrelated tracks
 * sum to. For the eye; the export measures.
 */
export function mixOutline(
  project: ProjectSnapshot,
  peaksOf: PeaksOf,
  range: { startFrame: number; endFrame: number },
  columns: number,
): readonly number[] {
  const power = new Float64Array(columns);
  if (!(range.endFrame > range.startFrame)) return [...power];
  for (const track of audible(project)) {
    const gain = 10 ** ((track.params.volumeDb + track.params.trimDb + project.master.params.volumeDb) / 20);
    for (const clip of track.clips) {
      eachColumn(clip, peaksOf(clip.sourceId), { ...range, count: columns }, (column, peak) => {
        power[column] = (power[column] as number) + (peak * gain) ** 2;
      });
    }
  }
  return Array.from(power, (sum) => Math.min(1, Math.sqrt(sum)));
}
