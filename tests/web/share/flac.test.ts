import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { openAudioInput } from '../../../web/src/engine/audioInput';
import { MemoryReader } from '../../../web/src/engine/byteReader';
import { MemorySink } from '../../../web/src/engine/byteSink';
import { type FlacLibrary, NotForFlac } from '../../../web/src/engine/flacLibrary';
import type { MixwellModule } from '../../../web/src/engine/mixwellModule';
import { encodeFlac, flacBits } from '../../../web/src/workers/share/flac';
import { nodeEngine } from '../../support/nodeEngine';
import { nodeFlac } from '../../support/nodeFlac';
import { numbers } from '../../support/synth';
import { decode } from '../decoders/decode';

let module: MixwellModule;
let flac: FlacLibrary;

beforeAll(async () => {
  module = await nodeEngine();
  flac = await nodeFlac();
});

/** Interleaved whole numbers as they lie in a WAV file: 8 bits without a sign, the others with it. */
function pcmBytes(samples: readonly number[], bits: number): Uint8Array {
  const bytes = new Uint8Array((samples.length * bits) / 8);
  samples.forEach((sample, index) => {
    const raw = bits === 8 ? sample + 128 : sample;
    for (let place = 0; place < bits / 8; place++) bytes[(index * bits) / 8 + place] = raw >> (8 * place);
  });
  return bytes;
}

function wavOf(data: Uint8Array, channels: number, bits: number, float = false): Uint8Array {
  const bytes = new Uint8Array(44 + data.length + (data.length % 2));
  const view = new DataView(bytes.buffer);
  const text = (at: number, word: string) => bytes.set(new TextEncoder().encode(word), at);
  text(0, 'RIFF');
  view.setUint32(4, bytes.length - 8, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, float ? 3 : 1, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, 44_100, true);
  view.setUint32(28, (44_100 * channels * bits) / 8, true);
  view.setUint16(32, (channels * bits) / 8, true);
  view.setUint16(34, bits, true);
  text(36, 'data');
  view.setUint32(40, data.length, true);
  bytes.set(data, 44);
  return bytes;
}

/** A wave with noise on it, and both ends of the scale. */
function soundOf(frames: number, channels: number, bits: number): number[] {
  const next = numbers(frames * 10 + channels + bits);
  const full = 2 ** (bits - 1);
  return Array.from({ length: frames * channels }, (_, index) => {
    if (index % 997 === 5) return full - 1;
    if (index % 997 === 6) return -full;
    const wave = 0.5 * Math.sin(index / 40) + 0.1 * (next() / 2 ** 31 - 1);
    return Math.round(wave * (full - 1));
  });
}

async function encode(wav: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const input = await openAudioInput(new MemoryReader(wav), 'Test.wav', module);
  const sink = new MemorySink();
  try {
    await encodeFlac(input, module, flac, sink);
    return sink.bytes;
  } finally {
    input.close();
  }
}

const cases = [8, 16, 24].flatMap((bits) =>
  [1, 2].flatMap((channels) => [1, 17, 4096, 10_001].map((frames) => ({ bits, channels, frames }))),
);

describe('integer PCM as FLAC', () => {
  it.each(cases)('$bits bits, $channels channels, $frames frames come back bit for bit', async (made) => {
    const { bits, channels, frames } = made;
    const samples = soundOf(frames, channels, bits);
    const bytes = await encode(wavOf(pcmBytes(samples, bits), channels, bits));
    const decoded = await decode(bytes);
    expect(decoded.truncated).toBe(false);
    expect(decoded.facts).toMatchObject({ frames, channels, sampleRateHz: 44_100 });
    expect(decoded.facts.format).toBe(`FLAC, ${bits} bit`);
    const scale = 2 ** (bits - 1);
    const back = Int32Array.from(samples, (_, i) => {
      return (decoded.channels[i % channels]?.[Math.floor(i / channels)] ?? 0) * scale;
    });
    expect(Buffer.from(back.buffer).equals(Buffer.from(Int32Array.from(samples).buffer))).toBe(true);
    // STREAMINFO: the MD5 is that of the samples with a sign, little-endian (RFC 9639, 8.2).
    const signed = bits === 8 ? Uint8Array.from(samples) : pcmBytes(samples, bits);
    expect(Buffer.from(bytes.subarray(26, 42)).toString('hex')).toBe(
      createHash('md5').update(signed).digest('hex'),
    );
  });

  it('is the same file each time', async () => {
    const wav = wavOf(pcmBytes(soundOf(30_000, 2, 24), 24), 2, 24);
    expect(Buffer.from(await encode(wav)).equals(await encode(wav))).toBe(true);
  });

  it('leaves float and 32 bits as they are', async () => {
    for (const [bits, float] of [
      [32, true],
      [32, false],
    ] as const) {
      const wav = wavOf(new Uint8Array(4 * 100), 1, bits, float);
      const input = await openAudioInput(new MemoryReader(wav), 'Test.wav', module);
      expect(flacBits(input)).toBeNull();
      await expect(encodeFlac(input, module, flac, new MemorySink())).rejects.toBeInstanceOf(NotForFlac);
      input.close();
    }
  });
});
