/** Sound for tests, the same on every machine, and WAV files of it made without the code under test. */

/** Whole numbers from 0 to 2^32 - 1, seeded (Steele, Lea, Flood 2014, with the finaliser of Murmur 3). */
export function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return (mixed ^ (mixed >>> 16)) >>> 0;
  };
}

/** White noise up to `level`. */
export function noise(seed: number, frames: number, level = 0.5): Float32Array {
  const next = numbers(seed);
  return Float32Array.from({ length: frames }, () => level * (next() / 2 ** 31 - 1));
}

export function sine(hz: number, sampleRateHz: number, frames: number, level = 0.5): Float32Array {
  return Float32Array.from(
    { length: frames },
    (_, frame) => level * Math.sin((2 * Math.PI * hz * frame) / sampleRateHz),
  );
}

export type WavBits = 16 | 24 | '32f';

/** A plain WAV file of one or more channels. */
export function wavFile(
  channels: readonly Float32Array[],
  sampleRateHz: number,
  bits: WavBits = 24,
): Uint8Array<ArrayBuffer> {
  const bytesPerSample = bits === '32f' ? 4 : bits / 8;
  const frames = channels[0]?.length ?? 0;
  const frameBytes = bytesPerSample * channels.length;
  const bytes = new Uint8Array(44 + frames * frameBytes);
  const view = new DataView(bytes.buffer);
  const text = (at: number, letters: string) => {
    for (let index = 0; index < letters.length; index++) bytes[at + index] = letters.charCodeAt(index);
  };
  text(0, 'RIFF');
  view.setUint32(4, bytes.length - 8, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, bits === '32f' ? 3 : 1, true);
  view.setUint16(22, channels.length, true);
  view.setUint32(24, sampleRateHz, true);
  view.setUint32(28, sampleRateHz * frameBytes, true);
  view.setUint16(32, frameBytes, true);
  view.setUint16(34, 8 * bytesPerSample, true);
  text(36, 'data');
  view.setUint32(40, frames * frameBytes, true);
  let at = 44;
  for (let frame = 0; frame < frames; frame++) {
    for (const channel of channels) {
      writeSample(view, at, channel[frame] ?? 0, bits);
      at += bytesPerSample;
    }
  }
  return bytes;
}

function writeSample(view: DataView, at: number, sample: number, bits: WavBits): void {
  if (bits === '32f') {
    view.setFloat32(at, sample, true);
    return;
  }
  const full = 2 ** (bits - 1);
  const whole = Math.max(-full, Math.min(full - 1, Math.round(sample * full)));
  view.setInt16(at + bits / 8 - 2, whole >> (bits - 16), true);
  if (bits === 24) view.setUint8(at, whole & 0xff);
}
