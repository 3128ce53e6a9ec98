/** What setInputFiles takes. */
export interface MadeFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** A 16-bit mono WAV with a sine at -12 dBFS in it. */
export function sineWav(name: string, hz: number, seconds = 2, rateHz = 48000): MadeFile {
  const frames = Math.round(seconds * rateHz);
  const buffer = Buffer.alloc(44 + frames * 2);
  buffer.write('RIFF', 0);
  buffer.writeUInt32LE(36 + frames * 2, 4);
  buffer.write('WAVEfmt ', 8);
  buffer.writeUInt32LE(16, 16);
  buffer.writeUInt16LE(1, 20);
  buffer.writeUInt16LE(1, 22);
  buffer.writeUInt32LE(rateHz, 24);
  buffer.writeUInt32LE(rateHz * 2, 28);
  buffer.writeUInt16LE(2, 32);
  buffer.writeUInt16LE(16, 34);
  buffer.write('data', 36);
  buffer.writeUInt32LE(frames * 2, 40);
  for (let frame = 0; frame < frames; frame++) {
    const value = 0.25 * Math.sin((2 * Math.PI * hz * frame) / rateHz);
    buffer.writeInt16LE(Math.round(value * 32767), 44 + frame * 2);
  }
  return { name, mimeType: 'audio/wav', buffer };
}
