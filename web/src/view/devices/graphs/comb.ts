/** Levels below this are not told apart: a notch has a foot. */
const floor = 5e-4;

/** Gain in dB of dry and wet sound, the wet one with feedback round it; `re` and `im` are what the wet path does in one round. */
function mixedDb(re: number, im: number, feedback: number, mix: number): number {
  const a = 1 - feedback * re;
  const b = -feedback * im;
  const power = Math.max(1e-6, a * a + b * b);
  const wetRe = (re * a + im * b) / power;
  const wetIm = (im * a - re * b) / power;
  const outRe = 1 - mix + mix * wetRe;
  const outIm = mix * wetIm;
  return 10 * Math.log10(outRe * outRe + outIm * outIm + floor);
}

/** A flanger's comb: a delay mixed with the sound itself. `feedback` from -1 to 1, `mix` from 0 to 1. */
export function combDb(hz: number, delayMs: number, feedback: number, mix: number): number {
  const angle = (2 * Math.PI * hz * delayMs) / 1000;
  return mixedDb(Math.cos(angle), -Math.sin(angle), feedback, mix);
}

/** A phaser's notches: `stages` all-passes of first order at the corner `cornerHz`. */
export function phaserDb(
  hz: number,
  cornerHz: number,
  stages: number,
  feedback: number,
  mix: number,
): number {
  const angle = 2 * Math.atan(hz / cornerHz) * stages;
  return mixedDb(Math.cos(angle), -Math.sin(angle), feedback, mix);
}
