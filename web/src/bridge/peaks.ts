import { type Accessor, createSignal, untrack } from 'solid-js';
import { peakOne, type WaveformPeaks as StoredPeaks, valuesPerPeak } from '../engine/waveformPeaks';
import type { AudioSource, ProjectSnapshot } from '../model/types';
import type { StudioPeaks, WaveformLevel, WaveformPeaks } from './waveformTypes';

export interface PeaksReader {
  peaks(id: string, ext: string, projectRateHz: number): Promise<StoredPeaks | null>;
  samples(
    id: string,
    ext: string,
    projectRateHz: number,
    firstFrame: number,
    count: number,
  ): Promise<Float32Array[]>;
}

export interface Peaks extends StudioPeaks {
  /** A source that had no waveform may have one now. */
  retry(sourceId: string): void;
  /** Reads all that is still missing of the open project. */
  retryAll(): void;
}

interface Entry {
  readonly value: Accessor<WaveformPeaks | null>;
  set(peaks: WaveformPeaks): void;
}

const framesPerCall = 65536;

/** Waveforms of sources, read when they are first asked for and then kept. */
export function createPeaks(reader: () => PeaksReader, project: Accessor<ProjectSnapshot>): Peaks {
  const known = new Map<string, Entry>();
  const keyOf = (source: AudioSource, rateHz: number) => `${source.id} ${rateHz}`;

  const load = (entry: Entry, source: AudioSource, rateHz: number) => {
    reader()
      .peaks(source.id, source.ext, rateHz)
      .then((stored) => stored && entry.set(drawnPeaks(stored)))
      .catch(() => {});
  };
  const newEntry = (source: AudioSource, rateHz: number): Entry => {
    const [value, set] = createSignal<WaveformPeaks | null>(null);
    const entry = { value, set };
    known.set(keyOf(source, rateHz), entry);
    load(entry, source, rateHz);
    return entry;
  };

  const retry = (sourceId: string) => {
    const { sources, sampleRateHz } = untrack(project);
    const source = sources[sourceId];
    const entry = source && known.get(keyOf(source, sampleRateHz));
    if (source && entry && untrack(entry.value) === null) load(entry, source, sampleRateHz);
  };

  return {
    get(sourceId) {
      const { sources, sampleRateHz } = untrack(project);
      const source = sources[sourceId];
      if (!source) return null;
      return (known.get(keyOf(source, sampleRateHz)) ?? newEntry(source, sampleRateHz)).value();
    },
    async samples(sourceId, from, count) {
      const { sources, sampleRateHz } = untrack(project);
      const source = sources[sourceId];
      if (!source) return [];
      const first = Math.max(0, Math.round(from));
      const frames = Math.min(Math.round(from + count), source.frames) - first;
      const whole = Array.from({ length: source.channels }, () => new Float32Array(Math.max(0, frames)));
      for (let at = 0; at < frames; at += framesPerCall) {
        const part = Math.min(framesPerCall, frames - at);
        const pieces = await reader().samples(source.id, source.ext, sampleRateHz, first + at, part);
        whole.forEach((channel, index) => {
          const piece = pieces[index];
          if (piece) channel.set(piece.subarray(0, part), at);
        });
      }
      return whole;
    },
    retry,
    retryAll() {
      for (const id of Object.keys(untrack(project).sources)) retry(id);
    },
  };
}

/** In the view's terms: a byte a number. */
export function drawnPeaks(stored: StoredPeaks): WaveformPeaks {
  return {
    channels: stored.channels === 1 ? 1 : 2,
    frames: stored.frames,
    levels: stored.levels.map(drawnLevel),
  };
}

function drawnLevel({ framesPerBin, data }: StoredPeaks['levels'][number]): WaveformLevel {
  const channels: Int8Array[] = [];
  const rms: Uint8Array[] = [];
  for (const numbers of data) {
    const bins = Math.floor(numbers.length / valuesPerPeak);
    const extremes = new Int8Array(2 * bins);
    const powers = new Uint8Array(bins);
    for (let bin = 0; bin < bins; bin++) {
      extremes[2 * bin] = scaled(numbers[valuesPerPeak * bin] ?? 0, 127);
      extremes[2 * bin + 1] = scaled(numbers[valuesPerPeak * bin + 1] ?? 0, 127);
      powers[bin] = scaled(numbers[valuesPerPeak * bin + 2] ?? 0, 255);
    }
    channels.push(extremes);
    rms.push(powers);
  }
  return { framesPerPoint: framesPerBin, channels, rms };
}

function scaled(value: number, full: number): number {
  return Math.max(-full, Math.min(full, Math.round((value * full) / peakOne)));
}
