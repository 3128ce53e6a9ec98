/**
 * Sines, logarithms and powers made of +, -, *, / alone, which every engine rounds alike. The wasm builds of Vorbis and Opus import
 * theirs from `Math`, where browsers differ in the last bit, and then so would the sound.
 */

const twoOverPi = 0.6366197723675814;
/** Pi / 2 in three parts, of which the first two have 33 bits, so that products with small whole numbers are exact. */
const halfPi1 = 1.5707963267341256;
const halfPi2 = 6.077100506303966e-11;
const halfPi3 = 2.0222662487959506e-21;

/** x less the nearest multiple of pi / 2, and which quarter that is. */
function reduced(x: number): { rest: number; quarter: number } {
  const turns = Math.floor(x * twoOverPi + 0.5);
  const rest = x - turns * halfPi1 - turns * halfPi2 - turns * halfPi3;
  return { rest, quarter: ((turns % 4) + 4) % 4 };
}

/** Taylor's series, for |x| up to pi / 4: the first term left out is under 2e-19. */
function sineNearZero(x: number): number {
  const square = x * x;
  let sum = 0;
  for (let n = 19; n >= 3; n -= 2) sum = ((1 + sum) * -square) / (n * (n - 1));
  return x + x * sum;
}

function cosineNearZero(x: number): number {
  const square = x * x;
  let sum = 0;
  for (let n = 20; n >= 2; n -= 2) sum = ((1 + sum) * -square) / (n * (n - 1));
  return 1 + sum;
}

export function sin(x: number): number {
  const { rest, quarter } = reduced(x);
  if (quarter === 0) return sineNearZero(rest);
  if (quarter === 1) return cosineNearZero(rest);
  return quarter === 2 ? -sineNearZero(rest) : -cosineNearZero(rest);
}

export function cos(x: number): number {
  const { rest, quarter } = reduced(x);
  if (quarter === 0) return cosineNearZero(rest);
  if (quarter === 1) return -sineNearZero(rest);
  return quarter === 2 ? -cosineNearZero(rest) : sineNearZero(rest);
}

const ln2High = 0.6931471803691238;
const ln2Low = 1.9082149292705877e-10;

function wholePower(base: number, exponent: number): number {
  let power = 1;
  for (let count = exponent; count > 0; count--) power *= base;
  return power;
}

export function exp(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 709.8) return Number.POSITIVE_INFINITY;
  if (x < -745.2) return 0;
  const twos = Math.floor(x / (ln2High + ln2Low) + 0.5);
  const rest = x - twos * ln2High - twos * ln2Low;
  let sum = 1;
  for (let n = 17; n >= 1; n--) sum = 1 + (rest * sum) / n;
  return twos > 1000
    ? sum * wholePower(2, twos - 1) * 2
    : sum * wholePower(twos < 0 ? 0.5 : 2, Math.abs(twos));
}

export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  let mantissa = x;
  let twos = 0;
  for (; mantissa > Math.SQRT2; mantissa /= 2) twos++;
  for (; mantissa < Math.SQRT1_2; mantissa *= 2) twos--;
  // log m = 2 artanh((m - 1) / (m + 1))
  const ratio = (mantissa - 1) / (mantissa + 1);
  const square = ratio * ratio;
  let sum = 0;
  for (let n = 23; n >= 1; n -= 2) sum = 1 / n + square * sum;
  return twos * ln2High + (twos * ln2Low + 2 * ratio * sum);
}

export function pow(base: number, exponent: number): number {
  if (exponent === 0) return 1;
  if (base === 0) return exponent > 0 ? 0 : Number.POSITIVE_INFINITY;
  if (Number.isInteger(exponent) && Math.abs(exponent) <= 64) {
    const size = wholePower(base, Math.abs(exponent));
    return exponent < 0 ? 1 / size : size;
  }
  if (base > 0) return exp(exponent * log(base));
  if (!Number.isInteger(exponent)) return Number.NaN;
  const size = exp(exponent * log(-base));
  return exponent % 2 === 0 ? size : -size;
}

const atanHalf = 0.4636476090008061;

export function atan(x: number): number {
  if (x < 0) return -atan(-x);
  if (x > 1) return halfPi1 + halfPi2 - atan(1 / x);
  // atan x = atan 1/2 + atan((x - 1/2) / (1 + x / 2)), which leaves at most 1/2 for the series.
  const near = x > 0.25;
  const rest = near ? (x - 0.5) / (1 + 0.5 * x) : x;
  const square = rest * rest;
  let sum = 0;
  for (let n = 29; n >= 1; n -= 2) sum = 1 / n - square * sum;
  return (near ? atanHalf : 0) + rest * sum;
}

/**
 * Runs `make`, in which a decoder picks up its functions from `Math`, with ours in their place. `make` must be synchronous.
 */
export function withExactMath<T>(make: () => T): T {
  const ours = { sin, cos, exp, log, pow, atan };
  const theirs = { ...pick(Math) };
  Object.assign(Math, ours);
  try {
    return make();
  } finally {
    Object.assign(Math, theirs);
  }
}

function pick({ sin, cos, exp, log, pow, atan }: typeof Math) {
  return { sin, cos, exp, log, pow, atan };
}
