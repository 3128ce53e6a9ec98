import type { WaveformPeaks } from '../../bridge/waveformTypes';
import type { Clip } from '../../model/types';
import type { Surface } from '../kit/canvas';
import type { ClipColours } from '../kit/palette';
import { columnsFromPeaks, WaveColumns } from '../tracks/waveColumns';

interface StemPicture {
  readonly clips: readonly Clip[];
  readonly lengthFrames: number;
  readonly muted: boolean;
  peaks(sourceId: string): WaveformPeaks | null;
}

const columns = new WaveColumns();
/** Silence is still a line. */
const leastHalfPx = 0.5;

/** A track's sound from the song's beginning to its end. */
export function paintStem(
  { context, width, height }: Surface,
  colours: ClipColours,
  stem: StemPicture,
): void {
  const framesPerPx = stem.lengthFrames / width;
  const middle = height / 2;
  const half = middle - 1;
  context.clearRect(0, 0, width, height);
  context.fillStyle = colours.ground;
  context.beginPath();
  context.roundRect(0, 0, width, height, 3);
  context.fill();
  context.fillStyle = colours.wave;
  context.globalAlpha = stem.muted ? 0.3 : 0.55;
  context.fillRect(0, middle - leastHalfPx, width, 2 * leastHalfPx);
  for (const { sourceId, startFrame, offsetFrames, lengthFrames, gainDb } of stem.clips) {
    const peaks = stem.peaks(sourceId);
    const count = Math.ceil(Math.min(lengthFrames, stem.lengthFrames - startFrame) / framesPerPx);
    if (!peaks || count <= 0) continue;
    const left = startFrame / framesPerPx;
    const gain = 10 ** (gainDb / 20);
    columnsFromPeaks(columns, peaks, offsetFrames, framesPerPx, count);
    for (let at = 0; at < count; at++) {
      const reach = (level: number) => Math.max(leastHalfPx, Math.min(1, (level * gain) ** 0.8) * half);
      const up = reach(columns.high[at] as number);
      const down = reach(-(columns.low[at] as number));
      const rms = Math.min(up, down, reach(columns.rms[at] as number));
      context.globalAlpha = stem.muted ? 0.3 : 0.55;
      context.fillRect(left + at, middle - up, 1, up + down);
      context.globalAlpha = stem.muted ? 0.35 : 0.8;
      context.fillRect(left + at, middle - rms, 1, 2 * rms);
    }
  }
  context.globalAlpha = 1;
}
