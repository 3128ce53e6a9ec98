import type { WaveformLevel, WaveformPeaks } from '../../bridge/waveformTypes';
import { chunkFrames, groupFrames, type SampleChunk } from './sampleCache';

/** The outline of a stretch of a waveform: one entry a column, full scale is 1. Reused from paint to paint. */
export class WaveColumns {
  count = 0;
  high = new Float32Array(2048);
  low = new Float32Array(2048);
  rms = new Float32Array(2048);

  resize(count: number): void {
    this.count = count;
    if (count <= this.high.length) return;
    const size = 2 ** Math.ceil(Math.log2(count));
    this.high = new Float32Array(size);
    this.low = new Float32Array(size);
    this.rms = new Float32Array(size);
  }
}

/** The coarsest level that still has a point for every column; the finest where none has. */
function levelFor(peaks: WaveformPeaks, framesPerPx: number): WaveformLevel | undefined {
  let best = peaks.levels[0];
  for (const level of peaks.levels) {
    if (level.framesPerPoint <= framesPerPx && level.framesPerPoint > (best?.framesPerPoint ?? 0))
      best = level;
  }
  return best;
}

// A sine of amplitude a has an RMS of a / sqrt(2); music is denser at its peaks than that, so the estimate stays below it.
const rmsOfPeak = 0.52;

/**
 * Columns from the pyramid: column i spans `framesPerPx` source frames from `firstFrame + i * framesPerPx` on. Channels are laid
 * over one another. Outside the source it is silent.
 */
export function columnsFromPeaks(
  into: WaveColumns,
  peaks: WaveformPeaks,
  firstFrame: number,
  framesPerPx: number,
  count: number,
): void {
  into.resize(count);
  const level = levelFor(peaks, framesPerPx);
  if (!level) {
    into.high.fill(0, 0, count);
    into.low.fill(0, 0, count);
    into.rms.fill(0, 0, count);
    return;
  }
  const { framesPerPoint, channels, rms } = level;
  const points = (channels[0]?.length ?? 0) / 2;
  for (let column = 0; column < count; column++) {
    const from = Math.max(0, Math.floor((firstFrame + column * framesPerPx) / framesPerPoint));
    const to = Math.min(
      points,
      Math.max(from + 1, Math.ceil((firstFrame + (column + 1) * framesPerPx) / framesPerPoint)),
    );
    let high = 0;
    let low = 0;
    let sum = 0;
    let squares = 0;
    for (let channel = 0; channel < channels.length; channel++) {
      const pairs = channels[channel] as Int8Array;
      const means = rms?.[channel];
      for (let point = from; point < to; point++) {
        const min = pairs[2 * point] as number;
        const max = pairs[2 * point + 1] as number;
        if (max > high) high = max;
        if (min < low) low = min;
        if (means) squares += (means[point] as number) ** 2;
        else sum += max - min;
      }
    }
    const seen = Math.max(1, (to - from) * channels.length);
    into.high[column] = high / 127;
    into.low[column] = low / 127;
    into.rms[column] = rms ? Math.sqrt(squares / seen) / 255 : (sum / seen / 254) * rmsOfPeak;
  }
}

/** From this many frames a column on, the chunks' own extremes are fine enough. */
const groupsFrom = groupFrames * 2;

/** Columns from samples, where there are more than one to a pixel. `chunks` begin with chunk number `first`. */
export function columnsFromChunks(
  into: WaveColumns,
  chunks: readonly SampleChunk[],
  first: number,
  firstFrame: number,
  framesPerPx: number,
  count: number,
): void {
  into.resize(count);
  const unit = framesPerPx >= groupsFrom ? groupFrames : 1;
  const perChunk = chunkFrames / unit;
  const origin = first * chunkFrames;
  for (let column = 0; column < count; column++) {
    const start = (firstFrame + column * framesPerPx - origin) / unit;
    const from = Math.max(0, Math.floor(start));
    const to = Math.max(from + 1, Math.ceil(start + framesPerPx / unit));
    let high = 0;
    let low = 0;
    let squares = 0;
    let seen = 0;
    for (let index = Math.floor(from / perChunk); index * perChunk < to; index++) {
      for (const channel of chunks[index] ?? []) {
        const highs = unit === 1 ? channel.samples : channel.high;
        const lows = unit === 1 ? channel.samples : channel.low;
        const end = Math.min(highs.length, to - index * perChunk);
        for (let at = Math.max(0, from - index * perChunk); at < end; at++) {
          const max = highs[at] as number;
          const min = lows[at] as number;
          if (max > high) high = max;
          if (min < low) low = min;
          squares += unit === 1 ? max * max : (channel.square[at] as number);
          seen++;
        }
      }
    }
    into.high[column] = high;
    into.low[column] = low;
    into.rms[column] = Math.sqrt(squares / Math.max(1, seen));
  }
}
