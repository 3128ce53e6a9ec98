import type { AudioSource } from '../model/types';

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

/** One message that names every file which did not come in, or not as it says it is, with the reason; null where all is well. */
export function refusedSentence(results: readonly object[]): string | null {
  const sentences = results.flatMap((result) => [textOf(result, 'error'), textOf(result, 'note')].flat());
  return sentences.length > 0 ? sentences.join(' ') : null;
}

function textOf(result: object, field: string): string[] {
  const text = (result as Record<string, unknown>)[field];
  return typeof text === 'string' && text !== '' ? [text] : [];
}

function kilohertz(rateHz: number): string {
  return `${rateHz / 1000} kHz`;
}
