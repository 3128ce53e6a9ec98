/** Decibels of an amplitude or of a power; -Infinity for nothing. */
export const amplitudeDb = (amplitude: number): number => 20 * Math.log10(amplitude);
export const powerDb = (power: number): number => 10 * Math.log10(power);

export const clamp = (value: number, low: number, high: number): number =>
  Math.min(high, Math.max(low, value));

/** For sentences: "+1.2", "−1.2", "0.0"; with one digit unless told. */
export function signed(value: number, digits = 1): string {
  const text = Math.abs(value).toFixed(digits);
  if (Number(text) === 0) return text;
  return `${value < 0 ? '−' : '+'}${text}`;
}

/** "−14.0", "3.5". */
export function plain(value: number, digits = 1): string {
  return signed(value, digits).replace('+', '');
}
