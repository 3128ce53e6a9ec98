/** Types of a band, in the order of the choices of `bandN.type`. */
export const bandTypes = ['bell', 'lowshelf', 'highshelf', 'lowcut', 'highcut', 'notch', 'tilt'] as const;
export type BandType = (typeof bandTypes)[number];

export interface Band {
  readonly type: BandType;
  readonly freqHz: number;
  readonly gainDb: number;
  readonly q: number;
  /** Of a cut, in dB per octave: 6 to 48. */
  readonly slopeDb: number;
}

export const hasGain = (type: BandType): boolean =>
  type === 'bell' || type === 'lowshelf' || type === 'highshelf' || type === 'tilt';
export const isCut = (type: BandType): boolean => type === 'lowcut' || type === 'highcut';

/** Power of (a - b·w² + j·c·w), coefficients of s^0, s^2 and s^1. */
const power = (a: number, b: number, c: number, w: number): number => (a - b * w * w) ** 2 + (c * w) ** 2;

/** Gain of one resonant low-pass section of second order with its corner at 1. */
const sectionPower = (w: number, q: number): number => 1 / ((1 - w * w) ** 2 + (w / q) ** 2);

/** The value of `q` at which a cut is Butterworth: the default of the table. */
const butterworthQ = 0.71;

/** A Butterworth low-pass; the section next to the corner is raised with `q`. */
function cutPower(w: number, slopeDb: number, q: number): number {
  const order = Math.round(slopeDb / 6);
  let gain = order % 2 === 1 ? 1 / (1 + w * w) : 1;
  const pairs = Math.floor(order / 2);
  for (let pair = 0; pair < pairs; pair++) {
    const angle = (Math.PI * (2 * pair + 1)) / (2 * order);
    const butterworth =
      1 / (2 * (order % 2 === 1 ? Math.cos(angle + Math.PI / (2 * order)) : Math.cos(angle)));
    const sharpest = pair === pairs - 1;
    gain *= sectionPower(w, sharpest ? butterworth * (q / butterworthQ) : butterworth);
  }
  return gain;
}

function bandPower(band: Band, hz: number): number {
  const w = hz / band.freqHz;
  const amount = 10 ** (band.gainDb / 40);
  const { q } = band;
  // Robert Bristow-Johnson, "Cookbook formulae for audio EQ biquad filter coefficients": the prototypes in s.
  switch (band.type) {
    case 'bell':
      return power(1, 1, amount / q, w) / power(1, 1, 1 / (amount * q), w);
    case 'lowshelf': {
      const slope = Math.sqrt(amount) / q;
      return (amount ** 2 * power(amount, 1, slope, w)) / power(1, amount, slope, w);
    }
    case 'highshelf': {
      const slope = Math.sqrt(amount) / q;
      return (amount ** 2 * power(1, amount, slope, w)) / power(amount, 1, slope, w);
    }
    case 'notch':
      return power(1, 1, 0, w) / power(1, 1, 1 / q, w);
    case 'tilt': {
      const slope = Math.sqrt(amount) / q;
      return power(1, amount, slope, w) / power(amount, 1, slope, w);
    }
    case 'lowcut':
      return cutPower(1 / w, band.slopeDb, q);
    default:
      return cutPower(w, band.slopeDb, q);
  }
}

/** Gain of a band in dB: its analogue prototype, which the engine's filters follow to within 0.4 dB up to 20 kHz. */
export const bandGainDb = (band: Band, hz: number): number => 10 * Math.log10(bandPower(band, hz) + 1e-30);

export const curveGainDb = (bands: readonly Band[], hz: number): number => {
  let sum = 0;
  for (const band of bands) sum += bandGainDb(band, hz);
  return sum;
};
