import type { AudioSource } from '../model/types';

const mostAtOnce = 4;

/** "2 stems are at 44.1 kHz: converted to 48 kHz." Null where nothing was converted. */
export function convertedSentence(sources: readonly AudioSource[], projectRateHz: number): string | null {
  const counts = new Map<number, number>();
  for (const { originalSampleRateHz: rate } of sources) {
    if (rate !== projectRateHz) counts.set(rate, (counts.get(rate) ?? 0) + 1);
  }
  if (counts.size === 0) return null;
  const parts = [...counts]
    .sort(([a], [b]) => a - b)
    .map(([rate, count]) => `${count} ${count === 1 ? 'file is' : 'files are'} at ${kilohertz(rate)}`);
  return `${parts.join(', ')}: converted to ${kilohertz(projectRateHz)}.`;
}

/** One sentence a file that did not come in; many at once are drawn together. */
export function refusedSentences(results: readonly object[]): string[] {
  const errors = results.flatMap((result) =>
    'error' in result && typeof result.error === 'string' ? [result.error] : [],
  );
  if (errors.length <= mostAtOnce) return errors;
  const rest = errors.length - (mostAtOnce - 1);
  return [...errors.slice(0, mostAtOnce - 1), `${rest} more files could not be imported.`];
}

function kilohertz(rateHz: number): string {
  return `${rateHz / 1000} kHz`;
}
