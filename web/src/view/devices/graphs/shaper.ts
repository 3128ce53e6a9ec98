/** Curves of the saturator, in the order of the choices of `curve`. */
export const shapes = ['tube', 'tape', 'soft', 'hard', 'fold'] as const;
export type Shape = (typeof shapes)[number];

const bent: Readonly<Record<Shape, (x: number) => number>> = {
  // Leans to one side: the lower half bends earlier.
  tube: (x) => (x >= 0 ? Math.tanh(x) : Math.tanh(1.4 * x) / 1.4),
  tape: (x) => x / Math.sqrt(1 + x * x),
  soft: Math.tanh,
  hard: (x) => Math.min(1, Math.max(-1, x)),
  fold: (x) => Math.sin(x),
};

/** The static curve of the saturator: output for input, both linear, without tone and output gain. */
export function transferOf(shape: Shape, driveDb: number, bias: number): (x: number) => number {
  const gain = 10 ** (driveDb / 20);
  const curve = bent[shape];
  const offset = bias * 0.5 * gain;
  const rest = curve(offset);
  const full = Math.max(1e-3, Math.abs(curve(gain)));
  return (x) => (curve(gain * x + offset) - rest) / Math.max(full, driveDb <= 0 ? 1 : full);
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
