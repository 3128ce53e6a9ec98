import { numbers } from '../../support/synth';

/**
 * The sound in the fixtures: plucks of two resonators, after a short silence. Only sums and products, so that every machine
 * makes the same whole numbers of `bits`.
 */
export function origin(seed: number, frames: number, bits: number): Int32Array {
  const next = numbers(seed);
  const full = 2 ** (bits - 1);
  const samples = new Int32Array(frames);
  const state = [0, 0, 0, 0];
  for (let frame = silentFrames; frame < frames; frame++) {
    const isPlucked = (frame - silentFrames) % pluckFrames < 40;
    const pluck = isPlucked ? next() / 2 ** 31 - 1 : 0;
    const [low1 = 0, low2 = 0, high1 = 0, high2 = 0] = state;
    const low = 1.9949 * low1 - 0.9996 * low2 + pluck;
    const high = 1.9629 * high1 - 0.9988 * high2 + pluck;
    state.splice(0, 4, low, low1, high, high1);
    samples[frame] = Math.floor((0.005 * low + 0.0075 * high) * full);
  }
  return samples.map((sample) => Math.max(-full, Math.min(full - 1, sample)));
}

const silentFrames = 700;
const pluckFrames = 6000;

/** The same, at full scale 1. */
export function originFloats(seed: number, frames: number, bits: number): Float32Array {
  return Float32Array.from(origin(seed, frames, bits), (sample) => sample / 2 ** (bits - 1));
}

/** What each fixture holds; the channels are made with the seeds 1 and 2. */
export const sounds = {
  stereo44: { rateHz: 44100, channels: 2, bits: 16, frames: 33077 },
  mono48: { rateHz: 48000, channels: 1, bits: 24, frames: 20011 },
  short44: { rateHz: 44100, channels: 2, bits: 16, frames: 9001 },
  short48: { rateHz: 48000, channels: 1, bits: 24, frames: 8011 },
  stereo22: { rateHz: 22050, channels: 2, bits: 16, frames: 12345 },
} as const;
