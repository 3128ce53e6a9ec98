import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ByteSink, MemorySink } from '../../../web/src/engine/byteSink';
import { type DitherKind, PlanarBuffer } from '../../../web/src/engine/codec';
import { type FlacLibrary, NotForFlac, whyNotFlac } from '../../../web/src/engine/flacLibrary';
import { FlacStream } from '../../../web/src/engine/flacStream';
import type { MixwellModule } from '../../../web/src/engine/mixwellModule';
import { openWriter } from '../../../web/src/engine/openWriter';
import { SoundOutput } from '../../../web/src/engine/soundOutput';
import type { FileFormat } from '../../../web/src/engine/soundWriter';
import { nodeEngine } from '../../support/nodeEngine';
import { nodeFlac } from '../../support/nodeFlac';
import { noise, sine } from '../../support/synth';
import { decode } from '../decoders/decode';

let module: MixwellModule;
let flac: FlacLibrary;

beforeAll(async () => {
  module = await nodeEngine();
  flac = await nodeFlac();
});

const blockFrames = 4096;

interface Written {
  readonly sampleRateHz: number;
  readonly channels: 1 | 2;
  readonly bits: '16' | '24';
  readonly dither: DitherKind;
  readonly title?: string;
}

/** A tone under noise that goes over full scale at its peaks. */
function soundOf({ sampleRateHz, channels }: Written, frames: number): Float32Array[] {
  return Array.from({ length: channels }, (_, channel) => {
    const tone = sine(440 * (channel + 1), sampleRateHz, frames, 0.9);
    const hiss = noise(channel + 1, frames, 0.15);
    return tone.map((value, frame) => value + (hiss[frame] as number));
  });
}

async function open(file: FileFormat, written: Written, sink: ByteSink): Promise<SoundOutput> {
  const format = { ...written, file, sourceRateHz: written.sampleRateHz, measured: 'levels' } as const;
  return SoundOutput.open(module, format, await openWriter(module, format, sink, async () => flac));
}

async function fill(output: SoundOutput, sound: readonly Float32Array[], onBlock = () => {}): Promise<void> {
  const frames = sound[0]?.length ?? 0;
  const buffer = new PlanarBuffer(module, sound.length, blockFrames);
  for (let at = 0; at < frames; at += blockFrames) {
    const count = Math.min(blockFrames, frames - at);
    sound.forEach((samples, channel) => {
      buffer.channels[channel]?.set(samples.subarray(at, at + count));
    });
    await output.add(buffer.block(count));
    onBlock();
  }
  buffer.delete();
}

async function write(file: FileFormat, written: Written, sound: readonly Float32Array[]) {
  const sink = new MemorySink();
  const output = await open(file, written, sink);
  await fill(output, sound);
  const report = await output.finish();
  output.delete();
  return { report, bytes: sink.bytes };
}

/** The sound data of a WAV file of ours. */
function dataOf(wav: Uint8Array): Buffer {
  const bytes = Buffer.from(wav);
  const at = bytes.indexOf('data') + 8;
  return bytes.subarray(at, at + bytes.readUInt32LE(at - 4));
}

/** Decoded samples as a WAV file has them. */
function pcmOf(channels: readonly Float32Array[], bits: number): Buffer {
  const frames = channels[0]?.length ?? 0;
  const width = bits / 8;
  const pcm = Buffer.alloc(frames * channels.length * width);
  for (let frame = 0; frame < frames; frame++) {
    channels.forEach((samples, channel) => {
      const value = (samples[frame] as number) * 2 ** (bits - 1);
      pcm.writeIntLE(value, (frame * channels.length + channel) * width, width);
    });
  }
  return pcm;
}

const cases: readonly (Written & { readonly frames: number })[] = [
  { sampleRateHz: 44_100, channels: 2, bits: '16', dither: 'tpdf', frames: 30_001 },
  { sampleRateHz: 48_000, channels: 2, bits: '24', dither: 'none', frames: 30_001 },
  { sampleRateHz: 48_000, channels: 1, bits: '16', dither: 'shaped', frames: 4096 },
  { sampleRateHz: 88_200, channels: 2, bits: '24', dither: 'shaped', frames: 9000 },
  { sampleRateHz: 96_000, channels: 2, bits: '24', dither: 'none', frames: 9000 },
  { sampleRateHz: 192_000, channels: 2, bits: '24', dither: 'none', frames: 9000 },
  { sampleRateHz: 48_000, channels: 2, bits: '24', dither: 'none', frames: 1 },
];

describe('a FLAC file', () => {
  it.each(cases)(
    'has the bits of the WAV file: $sampleRateHz Hz, $channels channels, $bits bits, $dither',
    async ({ frames, ...written }) => {
      const sound = soundOf(written, frames);
      const wav = await write('wav', written, sound);
      const { report, bytes } = await write('flac', written, sound);
      const data = dataOf(wav.bytes);
      const decoded = await decode(bytes);
      expect(decoded.truncated).toBe(false);
      const { sampleRateHz, channels, bits } = written;
      expect(decoded.facts).toMatchObject({ sampleRateHz, channels, frames, format: `FLAC, ${bits} bit` });
      expect(pcmOf(decoded.channels, Number(bits)).equals(data)).toBe(true);
      // STREAMINFO (RFC 9639, section 8.2): the number of samples, and the MD5 of what they are.
      expect(Buffer.from(bytes).readUInt32BE(22)).toBe(frames);
      expect(Buffer.from(bytes.subarray(26, 42)).toString('hex')).toBe(
        createHash('md5').update(data).digest('hex'),
      );
      expect(report).toEqual({ ...wav.report, bytes: bytes.length });
      expect(report.sha256).toBe(createHash('sha256').update(data).digest('hex'));
    },
  );

  it('says its title in a comment, and nothing where there is none', async () => {
    const written = { sampleRateHz: 48_000, channels: 2, bits: '24', dither: 'none' } as const;
    const sound = soundOf(written, 5000);
    const named = await write('flac', { ...written, title: 'Überfahrt, 日本' }, sound);
    const plain = await write('flac', written, sound);
    const block = Buffer.from(named.bytes.subarray(42));
    const length = block.readUIntBE(1, 3);
    // The last block of metadata, of kind 4; then the first frame's sync code (RFC 9639, sections 8.1, 8.6 and 9.1).
    expect(block[0]).toBe(0x84);
    expect(block.readUInt16BE(4 + length) >> 2).toBe(0x3ffe);
    const vendor = block.readUInt32LE(4);
    expect(block.readUInt32LE(8 + vendor)).toBe(1);
    expect(block.readUInt32LE(12 + vendor)).toBe(length - 12 - vendor);
    expect(block.subarray(16 + vendor, 4 + length).toString('utf8')).toBe('TITLE=Überfahrt, 日本');
    expect(await decode(named.bytes)).toEqual(await decode(plain.bytes));
    expect(Buffer.from(plain.bytes).includes('TITLE')).toBe(false);
  });

  it('goes to the disk as it comes', async () => {
    const written = { sampleRateHz: 48_000, channels: 2, bits: '24', dither: 'none' } as const;
    const sizes: number[] = [];
    const sink = { write: async (_: number, { length }: Uint8Array) => void sizes.push(length) };
    const none = async () => {};
    const output = await open('flac', written, { ...sink, close: none, abort: none });
    let blocks = 0;
    await fill(output, soundOf(written, 40 * blockFrames), () => {
      blocks++;
      // The encoder holds back a block or two.
      expect(sizes.length).toBeGreaterThanOrEqual(blocks - 2);
    });
    await output.finish();
    output.delete();
    expect(Math.max(...sizes)).toBeLessThan(2 * blockFrames * 6);
  });

  it('leaves nothing where it is given up', async () => {
    const written = { sampleRateHz: 48_000, channels: 2, bits: '16', dither: 'tpdf' } as const;
    const sink = new MemorySink();
    const output = await open('flac', written, sink);
    await fill(output, soundOf(written, 5 * blockFrames));
    expect(sink.bytes.length).toBeGreaterThan(blockFrames);
    await output.abort();
    output.delete();
    expect(sink.bytes.length).toBe(0);
  });

  it('counts more samples than 32 bits hold', async () => {
    const sink = new MemorySink();
    const taking = { ...flac, FLAC__stream_encoder_process_interleaved: () => true };
    const stream = new FlacStream(taking, { sampleRateHz: 192_000, channels: 2, bits: 24 }, sink);
    await stream.add(new Int32Array(0), 2 ** 33 + 5);
    await stream.finish();
    stream.delete();
    const bytes = Buffer.from(sink.bytes);
    expect(2 ** 32 * ((bytes[21] as number) & 15) + bytes.readUInt32BE(22)).toBe(2 ** 33 + 5);
    expect((bytes[20] as number) & 1).toBe(1); // 24 bits less one: the upper bit lies in the byte before.
    expect((bytes[21] as number) >> 4).toBe(7);
  });
});

describe('what FLAC does not take', () => {
  it('is told by a sentence before anything is written', async () => {
    const sink = new MemorySink();
    const format = { file: 'flac', sampleRateHz: 48_000, channels: 2, bits: '32f' } as const;
    const opened = openWriter(module, format, sink, async () => flac);
    await expect(opened).rejects.toBeInstanceOf(NotForFlac);
    await expect(opened).rejects.toThrow('32-bit float needs a WAV file');
    expect(sink.bytes.length).toBe(0);
  });

  it('is what the encoder refuses, and nothing else', () => {
    for (const sampleRateHz of [8000, 11_025, 44_100, 65_535, 65_537, 96_001, 176_400, 192_000, 384_000]) {
      const begin = () =>
        new FlacStream(flac, { sampleRateHz, channels: 2, bits: 24 }, new MemorySink()).delete();
      if (whyNotFlac({ bits: '24', sampleRateHz })) expect(begin).toThrow(NotForFlac);
      else expect(begin).not.toThrow();
    }
    expect(whyNotFlac({ bits: '24', sampleRateHz: 192_000 })).toBeNull();
    expect(whyNotFlac({ bits: '24', sampleRateHz: 96_001 })).toContain('96001 Hz');
  });
});
