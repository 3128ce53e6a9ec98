import { beforeAll, describe, expect, it } from 'vitest';
import { MemoryReader } from '../../../web/src/engine/byteReader';
import {
  CodecError,
  PcmDecoder,
  PeaksBuilder,
  PlanarBuffer,
  readPcmHeader,
  WavEncoder,
} from '../../../web/src/engine/codec';
import type { MixwellModule } from '../../../web/src/engine/mixwellModule';
import { peakOne, readWaveformPeaks } from '../../../web/src/engine/waveformPeaks';
import { nodeEngine } from '../../support/nodeEngine';
import { noise, sine, wavFile } from '../../support/synth';

let module: MixwellModule;
beforeAll(async () => {
  module = await nodeEngine();
});

describe('readPcmHeader', () => {
  it('says what a file holds and where', async () => {
    const file = wavFile([noise(1, 100)], 44100, 16);
    expect(await readPcmHeader(module, new MemoryReader(file))).toEqual({
      description: 'WAV, 16 bit',
      encoding: 1,
      bytesPerSample: 2,
      bigEndian: false,
      sampleRateHz: 44100,
      channels: 1,
      bits: 16,
      dataOffset: 44,
      frames: 100,
      promisedFrames: 100,
      truncated: false,
      float: false,
      bytesPerFrame: 2,
      dataBytes: 200,
    });
  });

  it('plays what there is of a file cut short', async () => {
    const file = wavFile([noise(1, 100), noise(2, 100)], 48000, '32f').subarray(0, 44 + 8 * 60 + 3);
    const info = await readPcmHeader(module, new MemoryReader(file));
    expect(info).toMatchObject({
      frames: 60,
      promisedFrames: 100,
      truncated: true,
      float: true,
      dataBytes: 480,
    });
  });

  it('tells what another decoder may know from what is refused', async () => {
    const refusal = async (bytes: Uint8Array) => {
      const error = await readPcmHeader(module, new MemoryReader(bytes)).catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(CodecError);
      return error as CodecError;
    };
    const flac = await refusal(new TextEncoder().encode('fLaC and so on, and so on'));
    expect([flac.kind, flac.message]).toEqual(['notPcm', 'It is neither a WAV nor an AIFF file.']);
    const empty = await refusal(new Uint8Array(0));
    expect([empty.kind, empty.message]).toEqual(['notPcm', 'It is empty.']);
    const silent = await refusal(wavFile([new Float32Array(0)], 48000));
    expect([silent.kind, silent.message]).toEqual(['refused', 'It holds no sound.']);
  });

  it('passes on what the reader throws', async () => {
    const broken = { size: 100, read: () => Promise.reject(new Error('gone')) };
    await expect(readPcmHeader(module, broken)).rejects.toThrow('gone');
  });
});

describe('PcmDecoder', () => {
  it('gives the samples of a file, and counts what is no number', async () => {
    const left = noise(3, 500);
    left[10] = Number.NaN;
    left[11] = Number.POSITIVE_INFINITY;
    const right = noise(4, 500);
    const file = wavFile([left, right], 48000, '32f');
    const info = await readPcmHeader(module, new MemoryReader(file));
    const decoder = new PcmDecoder(module, info, 200);
    const block = decoder.decode(file.subarray(info.dataOffset, info.dataOffset + 200 * 8 + 5));
    expect(block.frames).toBe(200);
    expect(Array.from(decoder.channels[1] ?? [])).toEqual(Array.from(right.subarray(0, 200)));
    left.fill(0, 10, 12);
    expect(Array.from(decoder.channels[0] ?? [])).toEqual(Array.from(left.subarray(0, 200)));
    expect([decoder.nanCount, decoder.infiniteCount]).toEqual([1, 1]);
    expect(() => decoder.decode(new Uint8Array(201 * 8))).toThrow(RangeError);
    decoder.delete();
  });
});

describe('WavEncoder', () => {
  it('writes a file that reads back, with its header at last', async () => {
    const buffer = new PlanarBuffer(module, 1, 1001);
    buffer.channels[0]?.set(sine(440, 48000, 1001));
    const encoder = new WavEncoder(module, {
      sampleRateHz: 96000,
      channels: 1,
      format: '24',
      dither: 'none',
      maxFrames: 1001,
    });
    const parts = [encoder.header(0), encoder.encode(buffer.block(1001)).slice(), encoder.trailer(1001)];
    const file = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      file.set(part, at);
      at += part.length;
    }
    expect(file.length % 2).toBe(0);
    const unfinished = await readPcmHeader(module, new MemoryReader(file));
    expect(unfinished.frames).toBe(1001);
    file.set(encoder.header(1001));
    const info = await readPcmHeader(module, new MemoryReader(file));
    expect(info).toMatchObject({
      description: 'WAV, 24 bit',
      frames: 1001,
      sampleRateHz: 96000,
      truncated: false,
    });
    expect([encoder.clippedSamples, encoder.nonFiniteSamples]).toEqual([0, 0]);
    buffer.channels[0]?.fill(2);
    encoder.encode(buffer.block(3));
    expect(encoder.clippedSamples).toBe(3);
    expect(() => encoder.encode(buffer.block(1002))).toThrow(RangeError);
    encoder.delete();
    buffer.delete();
  });

  it('turns to RF64 beyond 4 GiB without another length', () => {
    const encoder = new WavEncoder(module, {
      sampleRateHz: 48000,
      channels: 2,
      format: '32f',
      dither: 'none',
    });
    const name = (frames: number) => new TextDecoder().decode(encoder.header(frames).subarray(0, 4));
    expect([name(1000), name(2 ** 29 - 100), name(2 ** 29)]).toEqual(['RIFF', 'RIFF', 'RF64']);
    expect(encoder.header(2 ** 30).length).toBe(encoder.headerBytes);
    encoder.delete();
  });
});

describe('readWaveformPeaks', () => {
  const blobOf = (left: Float32Array, right: Float32Array): Uint8Array => {
    const buffer = new PlanarBuffer(module, 2, left.length);
    buffer.channels[0]?.set(left);
    buffer.channels[1]?.set(right);
    const builder = new PeaksBuilder(module, 2, left.length);
    builder.add(buffer.block(left.length));
    const blob = builder.finish();
    builder.delete();
    buffer.delete();
    return blob;
  };

  it('reads what PeaksBuilder wrote, aligned or not', () => {
    const frames = 70_000;
    const left = new Float32Array(frames).fill(0.25);
    const right = noise(5, frames, 0.5);
    const blob = blobOf(left, right);
    const shifted = new Uint8Array(blob.length + 1);
    shifted.set(blob, 1);
    for (const bytes of [blob, shifted.subarray(1)]) {
      const peaks = readWaveformPeaks(bytes);
      expect([peaks.channels, peaks.frames]).toEqual([2, frames]);
      expect(peaks.levels.map(({ framesPerBin, bins }) => [framesPerBin, bins])).toEqual([
        [256, 274],
        [1024, 69],
        [4096, 18],
      ]);
      for (const { data } of peaks.levels) {
        expect(Array.from(data[0]?.subarray(0, 3) ?? [])).toEqual([0.25, 0.25, 0.25].map((x) => x * peakOne));
        const [min = 0, max = 0, rms = 0] = data[1] ?? [];
        expect(min).toBeLessThan(-0.45 * peakOne);
        expect(max).toBeGreaterThan(0.45 * peakOne);
        expect(rms / peakOne).toBeCloseTo(0.5 / Math.sqrt(3), 1);
      }
    }
  });

  it('refuses what it does not know', () => {
    const blob = blobOf(new Float32Array(1000), new Float32Array(1000));
    expect(() => readWaveformPeaks(blob.subarray(0, blob.length - 1))).toThrow();
    expect(() => readWaveformPeaks(blob.subarray(0, 30))).toThrow();
    expect(() => readWaveformPeaks(new Uint8Array(0))).toThrow();
    const newer = blob.slice();
    newer[4] = 2;
    expect(() => readWaveformPeaks(newer)).toThrow('not a waveform of this version');
  });
});
