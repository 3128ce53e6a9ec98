import type { WaveformPeaks } from '../../bridge/waveformTypes';
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

/** Of a stretch of sound, linear: its highest sample and its RMS. */
interface Loudness {
  readonly peak: number;
  readonly rms: number;
}

const silence: Loudness = { peak: 0, rms: 0 };

/** A stretch of a source by the coarsest level that still resolves it; the louder channel. */
function loudnessBetween(peaks: WaveformPeaks, from: number, to: number): Loudness {
  const span = to - from;
  const level = peaks.levels.findLast((each) => each.framesPerPoint <= span) ?? peaks.levels[0];
  if (!level) return silence;
  let peak = 0;
  let rms = 0;
  level.channels.forEach((channel, index) => {
    const first = Math.max(0, Math.floor(from / level.framesPerPoint));
    const last = Math.min(channel.length / 2, Math.ceil(to / level.framesPerPoint));
    let power = 0;
    for (let point = first; point < last; point++) {
      const highest = Math.max(-(channel[2 * point] ?? 0), channel[2 * point + 1] ?? 0) / 127;
      peak = Math.max(peak, highest);
      power += (level.rms ? (level.rms[index]?.[point] ?? 0) / 255 : highest / 2) ** 2;
    }
    rms = Math.max(rms, Math.sqrt(power / Math.max(1, last - first)));
  });
  return { peak, rms };
}

interface Columns {
  readonly startFrame: number;
  readonly endFrame: number;
  readonly count: number;
}

/** Calls back with a clip's loudness in each column it touches; silence while its waveform is being read. */
function eachColumn(
  clip: Clip,
  peaks: WaveformPeaks | null,
  columns: Columns,
  use: (column: number, loudness: Loudness) => void,
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
    const { peak, rms } = peaks ? loudnessBetween(peaks, from + shift, to + shift) : silence;
    use(column, { peak: peak * gain, rms: rms * gain });
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
    eachColumn(clip, peaksOf(clip.sourceId), { startFrame: 0, endFrame, count }, (column, { peak }) => {
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

/** One number a column, 0 to 1. */
export interface MixOutline {
  readonly peaks: readonly number[];
  readonly rms: readonly number[];
}

/**
 * The outline of a stretch of the mix: the strips added in power, which is near what uncorrelated tracks sum to. For the
 * eye; the export measures.
 */
export function mixOutline(
  project: ProjectSnapshot,
  peaksOf: PeaksOf,
  range: { startFrame: number; endFrame: number },
  columns: number,
): MixOutline {
  const peakPower = new Float64Array(columns);
  const meanPower = new Float64Array(columns);
  const tracks = range.endFrame > range.startFrame ? audible(project) : [];
  for (const track of tracks) {
    const gain = 10 ** ((track.params.volumeDb + track.params.trimDb + project.master.params.volumeDb) / 20);
    for (const clip of track.clips) {
      eachColumn(clip, peaksOf(clip.sourceId), { ...range, count: columns }, (column, { peak, rms }) => {
        peakPower[column] = (peakPower[column] as number) + (peak * gain) ** 2;
        meanPower[column] = (meanPower[column] as number) + (rms * gain) ** 2;
      });
    }
  }
  const levels = (power: Float64Array) => Array.from(power, (sum) => Math.min(1, Math.sqrt(sum)));
  return { peaks: levels(peakPower), rms: levels(meanPower) };
}

/** The lanes of a picture as one: their power, so that a quiet part looks quiet. */
export const overallPeaks = ({ lanes }: ProjectPictureData): readonly number[] =>
  Array.from({ length: pictureColumns }, (_, column) => {
    const sum = lanes.reduce((power, lane) => power + Math.max(0, lane.peaks[column] ?? 0) ** 2, 0);
    return Math.sqrt(sum / Math.max(1, lanes.length));
  });
