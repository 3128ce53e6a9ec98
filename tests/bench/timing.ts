/** Times of one engine for a quantum of 128 frames, in microseconds. */
export interface Timing {
  readonly median: number;
  readonly p999: number;
}

export function timingOf(microseconds: readonly number[]): Timing {
  const sorted = [...microseconds].sort((a, b) => a - b);
  const at = (part: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN;
  return { median: at(0.5), p999: at(0.999) };
}

/** Noise at -20 dBFS RMS or so, the same for every engine. */
export function noise(frames: number, seed: number): Float32Array {
  let state = (seed * 2654435761 + 1) >>> 0;
  return Float32Array.from({ length: frames }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state / 2 ** 32 - 0.5) * 0.35;
  });
}
