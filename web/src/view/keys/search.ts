export interface Match {
  /** Higher is better. */
  readonly score: number;
  /** Stretches of the label that were typed: [from, to). */
  readonly ranges: readonly (readonly [number, number])[];
}

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Every typed word has to be there, in any order: at the start of a word best, inside one less, in `words` least. */
export function matchText(query: string, label: string, words = ''): Match | null {
  const wanted = plain(query).split(/\s+/).filter(Boolean);
  const text = plain(label);
  const others = plain(words);
  const ranges: [number, number][] = [];
  let score = 0;
  for (const word of wanted) {
    const start = new RegExp(`(^|[^\\p{L}\\p{N}])${word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`, 'u').exec(
      text,
    );
    const inside = text.indexOf(word);
    if (start) {
      const at = start.index + (start[1]?.length ?? 0);
      score += at === 0 ? 10 : 6;
      ranges.push([at, at + word.length]);
    } else if (inside >= 0) {
      score += 2;
      ranges.push([inside, inside + word.length]);
    } else if (others.includes(word)) score += 1;
    else return null;
  }
  return { score: score - text.length / 200, ranges: merged(ranges) };
}

function merged(ranges: [number, number][]): [number, number][] {
  const sorted = [...ranges].sort((a, b) => a[0] - b[0]);
  const result: [number, number][] = [];
  for (const range of sorted) {
    const last = result.at(-1);
    if (last && range[0] <= last[1]) last[1] = Math.max(last[1], range[1]);
    else result.push([...range]);
  }
  return result;
}

export interface TextPart {
  readonly text: string;
  readonly typed: boolean;
}

/** The label cut into what was typed and what was not. */
export function textParts(label: string, ranges: Match['ranges']): TextPart[] {
  const parts: TextPart[] = [];
  let at = 0;
  for (const [from, to] of ranges) {
    if (from > at) parts.push({ text: label.slice(at, from), typed: false });
    parts.push({ text: label.slice(from, to), typed: true });
    at = to;
  }
  if (at < label.length) parts.push({ text: label.slice(at), typed: false });
  return parts;
}
