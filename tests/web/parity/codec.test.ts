import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { MemoryReader } from '../../../web/src/engine/byteReader';
import {
  type DitherKind,
  PcmDecoder,
  PeaksBuilder,
  type PlanarBlock,
  PlanarBuffer,
  RateConverter,
  readPcmHeader,
  WavEncoder,
  type WavFormat,
} from '../../../web/src/engine/codec';
import { LoudnessMeasurement } from '../../../web/src/engine/loudness';
import type { MixwellModule } from '../../../web/src/engine/mixwellModule';
import { ProgrammeAnalysis } from '../../../web/src/engine/programme';
import { nodeEngine, repository } from '../../support/nodeEngine';

// What the same source gives natively: tests/dsp/codec/codec_parity_test.cpp makes the same sound.
const checksums = new Map(
  readFileSync(`${repository}/tests/parity/codec_checksums.txt`, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(' ') as [string, string]),
);

const frames = 20_000;
const channels = 2;

/** A 24-bit WAV file of the noise of a linear congruential generator. */
function noiseFile(): Uint8Array {
  const bytes = new Uint8Array(44 + frames * channels * 3);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode('RIFF\0\0\0\0WAVEfmt '));
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, 48000, true);
  view.setUint16(32, channels * 3, true);
  view.setUint16(34, 24, true);
  bytes.set(new TextEncoder().encode('data'), 36);
  view.setUint32(40, bytes.length - 44, true);
  let state = 1;
  for (let at = 44; at < bytes.length; at += 3) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    for (let byte = 0; byte < 3; byte++) bytes[at + byte] = state >>> (8 + 8 * byte);
  }
  return bytes;
}

class Checksum {
  #value = 2166136261;

  add(bytes: Uint8Array): void {
    for (const byte of bytes) this.#value = Math.imul(this.#value ^ byte, 16777619) >>> 0;
  }

  get text(): string {
    return this.#value.toString(16).padStart(8, '0');
  }
}

describe('the codec in wasm', () => {
  let module: MixwellModule;
  let decoder: PcmDecoder;
  let noise: PlanarBlock;

  beforeAll(async () => {
    module = await nodeEngine();
    const file = noiseFile();
    const info = await readPcmHeader(module, new MemoryReader(file));
    expect(info).toMatchObject({ description: 'WAV, 24 bit', frames, channels, truncated: false });
    decoder = new PcmDecoder(module, info, frames);
    noise = decoder.decode(file.subarray(info.dataOffset));
    return () => decoder.delete();
  });

  function encoded(
    blocks: (sink: (block: PlanarBlock) => void) => void,
    format: WavFormat,
    dither: DitherKind,
  ) {
    const encoder = new WavEncoder(module, {
      sampleRateHz: 48000,
      channels,
      format,
      dither,
      seed: 7,
      maxFrames: frames,
    });
    const checksum = new Checksum();
    blocks((block) => checksum.add(encoder.encode(block)));
    encoder.delete();
    return checksum.text;
  }

  it.each([
    [44100, 48000],
    [96000, 44100],
    [44100, 47999],
  ])('converts %d Hz to %d Hz as the native build does', (fromHz, toHz) => {
    const converter = new RateConverter(module, fromHz, toHz, channels, 1000);
    const text = encoded(
      (sink) => {
        converter.convert(noise, sink);
        converter.finish();
        converter.drain(sink);
      },
      '32f',
      'none',
    );
    converter.delete();
    expect(text).toBe(checksums.get(`${fromHz}-${toHz}`));
  });

  it.each(['tpdf', 'shaped'] as const)('dithers (%s) as the native build does', (dither) => {
    expect(encoded((sink) => sink(noise), '16', dither)).toBe(checksums.get(dither));
  });

  it('makes the waveform that the native build makes', () => {
    const builder = new PeaksBuilder(module, channels, frames);
    builder.add(noise);
    const checksum = new Checksum();
    checksum.add(builder.finish());
    builder.delete();
    expect(checksum.text).toBe(checksums.get('waveform'));
  });

  it('measures the loudness that the native build measures', () => {
    const measurement = new module.LoudnessMeasurement(44100, channels);
    for (let i = 0; i < 8; i++) measurement.add(noise.pointer, noise.stride, noise.frames);
    measurement.finish();
    const figures = new Float64Array([
      measurement.integratedLufs(),
      measurement.loudnessRangeLu(),
      measurement.maxMomentaryLufs(),
      measurement.maxShortTermLufs(),
      measurement.truePeak(),
    ]);
    measurement.delete();
    const checksum = new Checksum();
    checksum.add(new Uint8Array(figures.buffer));
    expect(checksum.text).toBe(checksums.get('loudness'));
  });

  it('says of a programme what the native build says', () => {
    const analysis = new ProgrammeAnalysis(module, 44100, channels);
    for (let i = 0; i < 8; i++) analysis.add(noise);
    const said = analysis.finish();
    analysis.delete();
    const figures = new Float64Array([
      said.correlation,
      said.monoShare,
      ...said.channels.flatMap(({ rms, dc, truePeak, truePeakFrame }) => [rms, dc, truePeak, truePeakFrame]),
      ...said.bands.flatMap(({ left, right, cross }) => [left, right, cross]),
    ]);
    const { momentaryLufs, shortTermLufs, truePeak, correlation } = said.history;
    const moments = Float32Array.from(
      [...momentaryLufs].flatMap((momentary, at) => [
        momentary,
        shortTermLufs[at] as number,
        truePeak[at] as number,
        correlation[at] as number,
      ]),
    );
    const checksum = new Checksum();
    checksum.add(new Uint8Array(figures.buffer));
    checksum.add(new Uint8Array(moments.buffer));
    expect(checksum.text).toBe(checksums.get('programme'));
  });

  it('gives loudness in decibels, -Infinity for silence', () => {
    const buffer = new PlanarBuffer(module, 1, 48000);
    const measurement = new LoudnessMeasurement(module, 48000, 1);
    measurement.add(buffer.block(48000));
    expect(measurement.finish()).toEqual({
      integratedLufs: -Infinity,
      loudnessRangeLu: 0,
      maxMomentaryLufs: -Infinity,
      maxShortTermLufs: -Infinity,
      truePeakDbtp: -Infinity,
      samplePeakDbfs: -Infinity,
    });
    measurement.delete();
    buffer.delete();
  });
});
