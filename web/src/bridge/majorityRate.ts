import { sampleRatesHz } from '../model/types';

const defaultRateHz = 48000;

/** The project rate nearest to most of the files' rates; of equals the higher one. 48 kHz where nothing is known. */
export function majorityRate(rates: readonly (number | null)[]): number {
  const votes = new Map<number, number>();
  for (const rate of rates) {
    if (rate === null) continue;
    const nearest = nearestProjectRate(rate);
    votes.set(nearest, (votes.get(nearest) ?? 0) + 1);
  }
  const [winner] = [...votes].sort(([a, n], [b, m]) => m - n || b - a);
  return winner?.[0] ?? defaultRateHz;
}

/** A multiple or a fraction of a project's rate goes to its own family: 22.05 kHz to 44.1, 192 to 96. */
function nearestProjectRate(rateHz: number): number {
  const family = rateHz % 11025 === 0 ? 44100 : rateHz % 8000 === 0 ? 48000 : null;
  const inFamily = sampleRatesHz.filter((rate) => family === null || rate % family === 0);
  return inFamily.reduce((best, rate) => (Math.abs(rate - rateHz) < Math.abs(best - rateHz) ? rate : best));
}
