const minus = '\u2212';
const infinity = '\u221e';

/** The same text with a real minus sign: for the eye, not for screen readers and typing. */
export const typographic = (text: string): string => text.replaceAll('-', minus);

/** Fixed decimals, never "-0.0". */
export function fixed(value: number, decimals: number): string {
  const text = value.toFixed(decimals);
  return /^-0(\.0*)?$/.test(text) ? text.slice(1) : text;
}

/** "-3.0", "0.0", "-∞": a level as scales and strips show it, without unit. */
export const levelText = (db: number, decimals = 1): string =>
  typographic(db < -60 ? `-${infinity}` : fixed(db, decimals));

/** "+1.5 dB", "-3.0 dB": a change of level. */
export const gainText = (db: number): string => `${db > 0.0499 ? '+' : ''}${typographic(fixed(db, 1))} dB`;

/** "C", "L20", "R35" of a pan from -100 to 100. */
export function panText(pan: number): string {
  const amount = Math.round(Math.abs(pan));
  return amount === 0 ? 'C' : `${pan < 0 ? 'L' : 'R'}${amount}`;
}

/** "980 Hz", "3.20 kHz". */
export function frequencyText(hz: number): string {
  if (hz >= 999.5) return `${fixed(hz / 1000, hz >= 9995 ? 1 : 2)} kHz`;
  return `${fixed(hz, hz < 100 ? 1 : 0)} Hz`;
}

const multipliers: Readonly<Record<string, number>> = { k: 1000, m: 0.001 };

/**
 * The number a hand typed: "-3", "-3 dB", "+1,5", "1k", "1.2 kHz", a real minus sign. The unit may be left out; another
 * unit than `unit` is refused. Null where it is no number.
 */
export function parseNumber(text: string, unit = ''): number | null {
  const plain = text
    .trim()
    .replaceAll(minus, '-')
    .replace(/(\d),(\d)/, '$1.$2')
    .toLowerCase();
  const match = /^([+-]?(?:\d+\.?\d*|\.\d+))\s*([a-z%°]*)$/.exec(plain);
  if (!match) return null;
  const value = Number(match[1]);
  const suffix = match[2] ?? '';
  const expected = unit.toLowerCase();
  if (suffix === '' || suffix === expected) return value;
  if (suffix === 'k' && expected !== 'hz' && expected !== '') return null;
  if (suffix.endsWith(expected)) {
    const scale = multipliers[suffix.slice(0, suffix.length - expected.length)];
    if (scale !== undefined) return value * scale;
  }
  if (expected === 'ms' && suffix === 's') return value * 1000;
  return suffix === 'k' ? value * 1000 : null;
}

/** A level: a number with or without "dB", or "off", "-inf", "-∞" for silence (minus infinity). */
export function parseLevel(text: string): number | null {
  const plain = text.trim().replaceAll(minus, '-').toLowerCase();
  if (/^(off|-\s*(inf(inity)?|oo|∞)(\s*db)?)$/.test(plain)) return Number.NEGATIVE_INFINITY;
  return parseNumber(text, 'dB');
}

/** A pan: "C", "L20", "20 R", "-20", "R". */
export function parsePan(text: string): number | null {
  const plain = text.trim().replaceAll(minus, '-').toLowerCase();
  if (/^(c|centre|center|mid)$/.test(plain)) return 0;
  const match = /^(l|left|r|right)?\s*([+-]?\d+(?:[.,]\d+)?)?\s*%?\s*(l|left|r|right)?$/.exec(plain);
  if (!match || plain === '') return null;
  const side = match[1] ?? match[3];
  if (match[1] && match[3]) return null;
  const amount = match[2] === undefined ? 100 : Number(match[2].replace(',', '.'));
  if (side === undefined) return match[2] === undefined ? null : amount;
  return (side.startsWith('l') ? -1 : 1) * Math.abs(amount);
}
