/** Curves of the saturator, in the order of the choices of `curve`. */
export const shapes = ['tube', 'tape', 'soft', 'hard', 'fold'] as const;
export type Shape = (typeof shapes)[number];

const bent: Readonly<Record<Shape, (x: number) => number>> = {
  tube: Math.tanh,
  tape: (x) => x / Math.sqrt(1 + x * x),
  soft: Math.tanh,
  hard: (x) => Math.min(1, Math.max(-1, x)),
  fold: Math.sin,
};

/** How far the tube leans by itself, and a bias of 100 %, in units of the curve. */
const tubeLean = 0.35;
const fullBias = 0.9;
const mostGain = 16;
/** The level, in dBFS RMS, of the noise that keeps its loudness whatever the drive. */
const noiseDbfs = -15;

/** Gain after the curve, so that noise comes out as loud as it went in. */
function loudnessGain(curve: (x: number) => number, drive: number, lean: number): number {
  const rms = 10 ** (noiseDbfs / 20);
  let weights = 0;
  let mean = 0;
  let square = 0;
  for (let z = -4; z <= 4; z += 0.125) {
    const weight = Math.exp(-0.5 * z * z);
    const level = curve(rms * z * drive + lean);
    weights += weight;
    mean += weight * level;
    square += weight * level * level;
  }
  mean /= weights;
  const left = square / weights - mean * mean;
  return left > 1e-12 ? Math.min(mostGain / drive, rms / Math.sqrt(left)) : mostGain / drive;
}

/** The static curve of the saturator: output for input, both linear, without tone and output gain. `bias` from -1 to 1. */
export function transferOf(shape: Shape, driveDb: number, bias: number): (x: number) => number {
  const drive = 10 ** (driveDb / 20) - 1;
  if (drive < 1e-5) return (x) => x;
  const curve = bent[shape];
  const lean = ((shape === 'tube' ? tubeLean : 0) + bias * fullBias) * (drive / (1 + drive));
  const rest = curve(lean);
  const gain = loudnessGain(curve, drive, lean);
  return (x) => (curve(drive * x + lean) - rest) * gain;
}

const points = 512;

/**
 * Overtones 1 to `count` that a transfer curve makes of a sine of that peak level, in dB below the first, by a Fourier sum over one
 * period.
 */
export function overtonesDb(transfer: (x: number) => number, peak: number, count: number): number[] {
  const output = Array.from({ length: points }, (_, i) =>
    transfer(peak * Math.sin((2 * Math.PI * i) / points)),
  );
  const levels: number[] = [];
  for (let order = 1; order <= count; order++) {
    let sine = 0;
    let cosine = 0;
    for (let i = 0; i < points; i++) {
      const angle = (2 * Math.PI * order * i) / points;
      sine += (output[i] as number) * Math.sin(angle);
      cosine += (output[i] as number) * Math.cos(angle);
    }
    levels.push(Math.hypot(sine, cosine));
  }
  const first = Math.max(1e-12, levels[0] ?? 0);
  return levels.map((level) => 20 * Math.log10(level / first + 1e-9));
}

/** All overtones above the first together, in per cent of the first. */
export const distortionPercent = (overtones: readonly number[]): number =>
  100 * Math.sqrt(overtones.slice(1).reduce((sum, db) => sum + 10 ** (db / 10), 0));
