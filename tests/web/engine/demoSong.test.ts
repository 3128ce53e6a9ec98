import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { MemoryReader } from '../../../web/src/engine/byteReader';
import { MemorySink } from '../../../web/src/engine/byteSink';
import { PcmDecoder, readPcmHeader } from '../../../web/src/engine/codec';
import {
  type DemoSong,
  demoStemFileName,
  describeDemoSong,
  writeDemoStem,
} from '../../../web/src/engine/demoSong';
import { instantiateEngine } from '../../../web/src/engine/loadModule';
import type { MixwellModule } from '../../../web/src/engine/mixwellModule';
import { trackColours, trackKinds } from '../../../web/src/model/types';

const root = new URL('../../../', import.meta.url);
const rateHz = 48_000;
const perc = 3;

let module: MixwellModule;
let song: DemoSong;

beforeAll(async () => {
  const bytes = await readFile(new URL('build/wasm/mixwell.wasm', root));
  module = await instantiateEngine(await WebAssembly.compile(bytes));
  song = describeDemoSong(module, rateHz);
});

/** FNV-1a over 32-bit words, left channel then right, as tests/dsp/demo/rendered.h has it. */
function hashOfStem(stem: number): string {
  const maxFrames = 65_536;
  const source = new module.DemoStem(stem, rateHz, maxFrames);
  const right = new Int32Array(source.channels() === 2 ? source.frames() : 0);
  let hash = 2166136261;
  let done = 0;
  for (let frames = source.render(); frames > 0; frames = source.render()) {
    const words = new Int32Array(module.HEAPU8.buffer, source.output(), maxFrames * source.channels());
    for (let i = 0; i < frames; i++) hash = Math.imul(hash ^ (words[i] ?? 0), 16777619);
    if (right.length > 0) right.set(words.subarray(maxFrames, maxFrames + frames), done);
    done += frames;
  }
  for (const word of right) hash = Math.imul(hash ^ word, 16777619);
  source.delete();
  return (hash >>> 0).toString(16).padStart(8, '0');
}

describe('the demo song', () => {
  it('has the bits of the native build, in every stem', { timeout: 180_000 }, async () => {
    const tests = new URL('build/native/tests/mixwell_tests', root).pathname;
    const { stdout } = await promisify(execFile)(tests, ['[.demo-hashes]']);
    const native = [...stdout.matchAll(/^demo-hash (.+): ([0-9a-f]{8})$/gm)].map((m) => `${m[1]} ${m[2]}`);
    expect(song.tracks.map((track, stem) => `${track.name} ${hashOfStem(stem)}`)).toEqual(native);
  });

  it('is twelve tracks in 80 seconds and a tail, in kinds and colours that the document knows', () => {
    expect(song.name).toBe('Glass Harbour');
    expect(song.tracks).toHaveLength(12);
    expect(song.markers.at(-1)?.endFrame).toBe(80 * rateHz);
    expect(song.endFrame).toBeGreaterThan(80 * rateHz);
    for (const track of song.tracks) {
      expect(trackKinds).toContain(track.kind);
      expect(trackColours).toContain(track.colour);
    }
  });

  it('cuts every clip out of the source file, with fades that fit', () => {
    for (const sampleRateHz of [44_100, 48_000, 88_200, 96_000]) {
      for (const track of describeDemoSong(module, sampleRateHz).tracks) {
        for (const clip of track.clips) {
          expect(clip.offsetFrames + clip.lengthFrames).toBeLessThanOrEqual(track.frames);
          expect(clip.fadeInFrames + clip.fadeOutFrames).toBeLessThanOrEqual(clip.lengthFrames);
          expect(clip.startFrame + clip.lengthFrames).toBeLessThanOrEqual(Math.round(81.6 * sampleRateHz));
        }
      }
    }
  });

  it('writes a stem as a 24-bit WAV that reads back, with progress', async () => {
    const track = song.tracks[perc];
    if (track === undefined) throw new Error('no such stem');
    const fractions: number[] = [];
    const sink = new MemorySink();
    await writeDemoStem(module, song, perc, sink, { onProgress: (fraction) => fractions.push(fraction) });
    expect(demoStemFileName(track)).toBe('Perc.wav');
    expect(fractions.at(-1)).toBe(1);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));

    const info = await readPcmHeader(module, new MemoryReader(sink.bytes));
    expect(info).toMatchObject({ frames: track.frames, channels: 1, bits: 24, sampleRateHz: rateHz });
    const decoder = new PcmDecoder(module, info);
    const source = new module.DemoStem(perc, rateHz, 4096);
    source.render();
    const played = new Float32Array(module.HEAPU8.buffer, source.output(), 4096);
    decoder.decode(sink.bytes.subarray(info.dataOffset, info.dataOffset + 4096 * 3));
    const written = decoder.channels[0] ?? new Float32Array();
    expect(Math.max(...written.map(Math.abs))).toBeGreaterThan(0.001);
    for (let i = 0; i < 4096; i++)
      expect(Math.abs((written[i] ?? 1) - (played[i] ?? 0))).toBeLessThanOrEqual(2 ** -24);
    decoder.delete();
    source.delete();
  });

  it('stops when told to, and leaves nothing', async () => {
    const stop = new AbortController();
    const sink = new MemorySink();
    const onProgress = (fraction: number) => fraction > 0.1 && stop.abort();
    await expect(
      writeDemoStem(module, song, perc, sink, { onProgress, signal: stop.signal }),
    ).rejects.toThrow();
    expect(sink.bytes).toHaveLength(0);
  });
});
