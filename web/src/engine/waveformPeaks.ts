/** One resolution of a waveform. `data[channel]` holds min, max and RMS of each bin, one after the other. */
export interface PeakLevel {
  readonly framesPerBin: number;
  readonly bins: number;
  readonly data: readonly Int16Array[];
}

/** What a waveform is drawn from, finest level first; each next one is four times coarser. */
export interface WaveformPeaks {
  readonly channels: number;
  readonly frames: number;
  readonly levels: readonly PeakLevel[];
}

/** The value of a sample of 1.0 in a level's data. */
export const peakOne = 8192;
export const valuesPerPeak = 3;

const headerBytes = 24;
const levelHeaderBytes = 16;
const version = 1;

/** Reads what `PeaksBuilder.finish` wrote (the layout stands in dsp/meter/waveform_peaks.h). The data are views of `bytes` where these are aligned. Throws on anything else, an older or newer version too. */
export function readWaveformPeaks(bytes: Uint8Array): WaveformPeaks {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isPeaks = bytes.length >= headerBytes && view.getUint32(0) === 0x4d58504b;
  if (!isPeaks || view.getUint32(4, true) !== version) throw new Error('not a waveform of this version');
  const channels = view.getUint32(8, true);
  const levelCount = view.getUint32(12, true);
  const frames = view.getFloat64(16, true);
  const levels: PeakLevel[] = [];
  for (let level = 0; level < levelCount; level++) {
    const at = headerBytes + level * levelHeaderBytes;
    if (at + levelHeaderBytes > bytes.length) throw new Error('the waveform is cut short');
    const framesPerBin = view.getUint32(at, true);
    const bins = view.getUint32(at + 4, true);
    const offset = view.getUint32(at + 8, true);
    const channelBytes = bins * valuesPerPeak * 2;
    if (offset + channels * channelBytes > bytes.length) throw new Error('the waveform is cut short');
    const data: Int16Array[] = [];
    for (let channel = 0; channel < channels; channel++) {
      data.push(int16At(bytes, offset + channel * channelBytes, bins * valuesPerPeak));
    }
    levels.push({ framesPerBin, bins, data });
  }
  return { channels, frames, levels };
}

function int16At(bytes: Uint8Array, offset: number, count: number): Int16Array {
  const start = bytes.byteOffset + offset;
  if (start % 2 === 0) return new Int16Array(bytes.buffer, start, count);
  return new Int16Array(bytes.slice(offset, offset + 2 * count).buffer);
}
