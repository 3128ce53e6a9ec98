import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { MixwellModule } from '../../../web/src/engine/mixwellModule';
import { readWaveformPeaks } from '../../../web/src/engine/waveformPeaks';
import { Pool } from '../../../web/src/storage/pool';
import { type Exclusively, type ImportOptions, PoolWriter } from '../../../web/src/workers/decode/importFile';
import { openPoolSource } from '../../../web/src/workers/stream/openPoolSource';
import { nodeEngine } from '../../support/nodeEngine';
import { noise, sine, wavFile } from '../../support/synth';
import { decode, fixture } from '../decoders/decode';
import { MemoryFolder } from './memoryFolder';

const module: MixwellModule = await nodeEngine();
const unlocked: Exclusively = (_, work) => work();
const at48: ImportOptions = { projectRateHz: 48000 };
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const blob = (bytes: Uint8Array) => new Blob([bytes as Uint8Array<ArrayBuffer>]);

let folder: MemoryFolder;
let pool: Pool;
let writer: PoolWriter;

beforeEach(() => {
  folder = new MemoryFolder();
  pool = new Pool(folder);
  writer = new PoolWriter(pool, module, 'here', unlocked);
});

/** All that the pool plays of a source at this rate. */
async function played(id: string, ext: string, rateHz: number): Promise<Float32Array[]> {
  const source = await openPoolSource(pool, module, id, ext, rateHz);
  if (!source) throw new Error('not in the pool');
  const sound = await source.read(0, source.frames);
  source.close();
  return sound;
}

describe('an import', () => {
  const sound = [noise(1, 30000), noise(2, 30000)];

  it('of PCM at the project’s rate keeps the original alone, with its waveform', async () => {
    const bytes = wavFile(sound, 48000, 24);
    const { id, entry, note } = await writer.import('Pad.wav', blob(bytes), at48);
    expect(id).toBe(sha256(bytes));
    expect(note).toBeUndefined();
    expect(entry).toMatchObject({
      ext: 'wav',
      channels: 2,
      frames: 30000,
      originalFrames: 30000,
      inPlace: true,
    });
    expect(entry).toMatchObject({
      format: 'WAV, 24 bit',
      originalSampleRateHz: 48000,
      bytes: bytes.length,
      truncated: false,
    });
    expect(folder.names).toEqual([`${id}.48000.json`, `${id}.48000.peaks`, `${id}.wav`]);
    const kept = await pool.original(id, 'wav');
    expect(new Uint8Array((await kept?.arrayBuffer()) ?? new ArrayBuffer(0))).toEqual(bytes);
    const [left] = await played(id, 'wav', 48000);
    expect(left?.every((sample, frame) => Math.abs(sample - (sound[0]?.[frame] ?? 0)) <= 2 ** -24)).toBe(
      true,
    );
    const peaks = await pool.peaks(id, 48000);
    const drawn = readWaveformPeaks(new Uint8Array((await peaks?.arrayBuffer()) ?? new ArrayBuffer(0)));
    expect(drawn).toMatchObject({ channels: 2, frames: 30000 });
  });

  it('of PCM at another rate makes a float file beside the original', async () => {
    const tone = sine(1000, 44100, 44100);
    const { id, entry } = await writer.import('Tone.wav', blob(wavFile([tone], 44100, 24)), at48);
    expect(entry).toMatchObject({
      frames: 48000,
      originalFrames: 44100,
      originalSampleRateHz: 44100,
      inPlace: false,
    });
    const names = [`${id}.48000.json`, `${id}.48000.peaks`, `${id}.48000.v1.wav`, `${id}.wav`];
    expect(folder.names).toEqual(names);
    const [converted] = await played(id, 'wav', 48000);
    const expected = sine(1000, 48000, 48000);
    const middle =
      converted?.subarray(2000, 46000).map((sample, at) => sample - (expected[at + 2000] ?? 0)) ?? [];
    expect(Math.max(...middle.map(Math.abs))).toBeLessThan(1e-5);
  });

  it.each([
    ['short44.flac', 'flac', 44100],
    ['stereo44.mp3', 'mp3', 44100],
    ['mono48.ogg', 'ogg', 48000],
    ['mono48.opus', 'opus', 48000],
  ])('of %s plays what its decoder gives, to the bit', async (file, ext, rateHz) => {
    const bytes = fixture(file);
    const { id, entry } = await writer.import(file, blob(bytes), { projectRateHz: rateHz });
    expect(entry).toMatchObject({ ext, inPlace: false });
    const { channels } = await decode(bytes);
    expect(await played(id, ext, rateHz)).toEqual(channels);
    expect(entry.frames).toBe(channels[0]?.length);
  });

  it('of a file that is there already writes nothing new', async () => {
    const bytes = fixture('mono48.ogg');
    const first = await writer.import('A.ogg', blob(bytes), at48);
    const before = new Map(folder.finished);
    const second = await writer.import('B.ogg', blob(bytes), at48);
    expect(second).toEqual(first);
    expect(folder.finished).toEqual(before);
    expect(folder.lost).toEqual([]);
  });

  it('at a second rate leaves the original alone, which somebody may be reading', async () => {
    const bytes = wavFile(sound, 48000, 24);
    const { id } = await writer.import('Pad.wav', blob(bytes), at48);
    const original = await pool.original(id, 'wav');
    const again = await writer.import('Pad.wav', blob(bytes), { projectRateHz: 44100 });
    expect(again.entry).toMatchObject({ frames: Math.round((30000 * 44100) / 48000), inPlace: false });
    expect(await pool.original(id, 'wav')).toBe(original);
    expect(folder.lost).toEqual([]);
  });

  it('by two writers at the same time keeps one', async () => {
    const other = new PoolWriter(pool, module, 'there', unlocked);
    const bytes = wavFile(sound, 48000, 24);
    const results = await Promise.all([
      writer.import('Pad.wav', blob(bytes), at48),
      other.import('Pad.wav', blob(bytes), at48),
    ]);
    expect(results[0]).toEqual(results[1]);
    expect(folder.names).toHaveLength(3);
  });

  it('tells its progress, up to the whole', async () => {
    for (const file of [wavFile(sound, 48000, 24), wavFile(sound, 44100, 24)]) {
      const told: number[] = [];
      await writer.import('Pad.wav', blob(file), { ...at48, onProgress: (fraction) => told.push(fraction) });
      expect(told).toEqual([...told].sort((a, b) => a - b));
      expect(told.at(-1)).toBeCloseTo(1);
    }
  });
});

describe('an import that comes to nothing leaves nothing behind', () => {
  it.each(['wav at the rate', 'wav at another rate', 'mp3'])('cancelled: %s', async (kind) => {
    const wav = (rateHz: number) => wavFile([noise(1, 3_000_000)], rateHz, 24);
    const file = kind === 'mp3' ? fixture('stereo44.mp3') : wav(kind === 'wav at the rate' ? 48000 : 44100);
    for (const stopAt of [0, 0.1, 0.5, 0.9]) {
      const control = new AbortController();
      const onProgress = (fraction: number) => fraction >= stopAt && control.abort();
      const importing = writer.import('Long', blob(file), { ...at48, onProgress, signal: control.signal });
      await expect(importing).rejects.toThrow('abort');
      expect(folder.names).toEqual([]);
    }
  });

  it('larger than what there is room for: told before anything is copied', async () => {
    const bytes = wavFile([noise(1, 20000)], 48000, 24);
    const progress: number[] = [];
    const options = { ...at48, onProgress: (fraction: number) => void progress.push(fraction) };
    const importing = writer.import('Pad.wav', blob(bytes), { ...options, freeBytes: bytes.length - 1 });
    await expect(importing).rejects.toMatchObject({ name: 'QuotaExceededError' });
    expect(progress).toEqual([]);
    await expect(
      writer.import('Pad.wav', blob(bytes), { ...options, freeBytes: bytes.length }),
    ).resolves.toBeTruthy();
  });

  it('the disk is full, at any moment', async () => {
    const bytes = wavFile([noise(1, 20000)], 44100, 24);
    for (const roomBytes of [0, 1000, bytes.length, bytes.length + 5000, bytes.length + 87_300]) {
      folder.roomBytes = roomBytes;
      await expect(writer.import('Pad.wav', blob(bytes), at48)).rejects.toMatchObject({
        name: 'QuotaExceededError',
      });
      expect(folder.names).toEqual([]);
    }
  });
});

describe('preparing what is in the pool', () => {
  it('makes sibling and waveform at a rate from the original', async () => {
    const bytes = fixture('stereo44.mp3');
    const { id } = await writer.import('A.mp3', blob(bytes), { projectRateHz: 44100 });
    const prepared = await writer.prepare(id, 'mp3', 'A.mp3', at48);
    expect(prepared?.entry.frames).toBe(Math.round((33077 * 48000) / 44100));
    expect(await openPoolSource(pool, module, id, 'mp3', 48000)).not.toBeNull();
    expect(folder.lost).toEqual([]);
  });

  it('mends a source of which a part is gone', async () => {
    const bytes = fixture('stereo44.mp3');
    const { id } = await writer.import('A.mp3', blob(bytes), at48);
    folder.finished.delete(Pool.names.sibling(id, 48000));
    expect(await pool.entry(id, 48000)).toBeNull();
    expect((await writer.prepare(id, 'mp3', 'A.mp3', at48))?.id).toBe(id);
    expect(await pool.entry(id, 48000)).not.toBeNull();
  });

  it('is null without the original', async () => {
    expect(await writer.prepare('0'.repeat(64), 'wav', 'Gone.wav', at48)).toBeNull();
  });
});

describe('the pool', () => {
  it('does not play an original at another rate than the project’s', async () => {
    const { id } = await writer.import('T.wav', blob(wavFile([noise(1, 5000)], 44100, 16)), at48);
    folder.finished.delete(Pool.names.sibling(id, 48000));
    expect(await openPoolSource(pool, module, id, 'wav', 48000)).toBeNull();
  });

  it('removes what is not referred to, and no unfinished files', async () => {
    const a = await writer.import('A.wav', blob(wavFile([noise(1, 5000)], 48000, 16)), at48);
    const b = await writer.import('B.wav', blob(wavFile([noise(2, 5000)], 44100, 16)), at48);
    await folder.create('~there.1');
    expect(await pool.removeUnreferenced(new Set([a.id]))).toBe(4);
    expect(folder.names.filter((name) => name.startsWith(a.id))).toHaveLength(3);
    expect(folder.names.filter((name) => name.startsWith(b.id))).toEqual([]);
    expect(folder.names).toContain('~there.1');
  });

  it('sweeps away what dead writers left, and only that', async () => {
    for (const name of ['~dead.1', '~dead.2', '~alive.1']) await (await folder.create(name)).close();
    await pool.sweep(new Set(['alive']));
    expect(folder.names).toEqual(['~alive.1']);
  });

  it('distrusts an entry that is broken or of another version', async () => {
    const { id } = await writer.import('A.wav', blob(wavFile([noise(1, 5000)], 48000, 16)), at48);
    const name = Pool.names.entry(id, 48000);
    const text = (await folder.finished.get(name)?.text()) ?? '';
    for (const broken of ['', '{', 'null', text.replace('"version":1', '"version":0')]) {
      folder.finished.set(name, new Blob([broken]));
      expect(await pool.entry(id, 48000)).toBeNull();
    }
  });
});
