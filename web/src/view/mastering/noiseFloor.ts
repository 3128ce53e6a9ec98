import { Fft } from '../devices/graphs/live/fft';

/** A spectrum of so many points, as the noise is drawn with. */
export const noisePoints = 2048;
const windows = 96;
/** So many samples make a smooth line. */
export const noiseFrames = noisePoints * windows;

/** Mean level of each bin from 0 to half the points, in dB; a full-scale sine would read 0 at its bin. */
export function noiseLevelsDb(samples: Float64Array): Float64Array {
  const fft = new Fft(noisePoints);
  const [re, im] = [new Float64Array(noisePoints), new Float64Array(noisePoints)];
  const power = new Float64Array(noisePoints / 2);
  const count = Math.floor(samples.length / noisePoints);
  for (let window = 0; window < count; window++) {
    for (let i = 0; i < noisePoints; i++) {
      const hann = (1 - Math.cos((2 * Math.PI * i) / noisePoints)) * (2 / noisePoints);
      re[i] = (samples[window * noisePoints + i] as number) * hann;
    }
    im.fill(0);
    fft.transform(re, im);
    for (let bin = 0; bin < power.length; bin++)
      power[bin] = (power[bin] as number) + ((re[bin] as number) ** 2 + (im[bin] as number) ** 2) / count;
  }
  return power.map((mean) => 10 * Math.log10(mean + 1e-30));
}

/** The level at a frequency: the mean power over a twelfth of an octave, or between two bins where these are further apart. */
export function noiseAt(levelsDb: Float64Array, sampleRateHz: number, hz: number): number {
  const bin = (hz * noisePoints) / sampleRateHz;
  const half = bin * (2 ** (1 / 24) - 1);
  if (half < 1) {
    const at = Math.min(levelsDb.length - 2, Math.max(0, Math.floor(bin)));
    const share = Math.min(1, Math.max(0, bin - at));
    return (levelsDb[at] as number) * (1 - share) + (levelsDb[at + 1] as number) * share;
  }
  const first = Math.max(0, Math.floor(bin - half));
  const end = Math.min(levelsDb.length, Math.ceil(bin + half));
  let sum = 0;
  for (let at = first; at < end; at++) sum += 10 ** ((levelsDb[at] as number) / 10);
  return end > first ? 10 * Math.log10(sum / (end - first)) : (levelsDb.at(-1) as number);
}

/** How loud a song is played, at its loudest: full scale in dB SPL. */
const fullScaleSpl = 112;

/**
 * The softest tone that is heard, in dB below full scale: the threshold in quiet by E. Terhardt, "Calculating virtual pitch",
 * Hearing Research 1 (1979), equation 1.
 */
export function hearingDb(hz: number): number {
  const k = hz / 1000;
  return 3.64 * k ** -0.8 - 6.5 * Math.exp(-0.6 * (k - 3.3) ** 2) + 0.001 * k ** 4 - fullScaleSpl;
}
