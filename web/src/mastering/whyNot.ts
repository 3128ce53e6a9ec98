import type { Programme } from './measures';

/** Less of a channel's size than this that moves is rounding. */
const stillPart = 1e-3;

/** Why a programme can't be brought to a loudness, as a sentence without its name; null where it can. */
export function whyNotMastered({ channels, frames, sampleRateHz, integratedLufs }: Programme): string | null {
  if (channels.every(({ samplePeak }) => samplePeak === 0)) {
    return 'it is silent';
  }
  if (channels.every(({ rms, dc }) => rms ** 2 - dc ** 2 <= (stillPart * rms) ** 2)) {
    return 'it holds no sound, only an offset (DC)';
  }
  if (frames < 0.4 * sampleRateHz) {
    return `it is ${(frames / sampleRateHz).toFixed(2)} s long, and loudness is measured over at least 0.4 s`;
  }
  if (integratedLufs === Number.NEGATIVE_INFINITY) {
    return 'it is softer than −70 LUFS throughout, which counts as silence';
  }
  return null;
}
