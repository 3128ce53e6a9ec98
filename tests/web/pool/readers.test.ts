import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { createSHA256 } from 'hash-wasm';
import { describe, expect, it } from 'vitest';
import { BlockReader } from '../../../web/src/engine/blockReader';
import { type ByteReader, ByteStream, MemoryReader } from '../../../web/src/engine/byteReader';
import { MemorySink } from '../../../web/src/engine/byteSink';
import { openPcm } from '../../../web/src/engine/pcmSource';
import { pageFrames } from '../../../web/src/generated/engineLayout';
import { StoringReader } from '../../../web/src/workers/decode/storingReader';
import { nodeEngine } from '../../support/nodeEngine';
import { noise, wavFile } from '../../support/synth';

const module = await nodeEngine();
const file = Uint8Array.from({ length: 1_000_003 }, (_, at) => (at * 31) ^ (at >> 9));

/** Much faster for long arrays than comparing by expect. */
const same = (a: Uint8Array | undefined, b: Uint8Array) => a !== undefined && Buffer.compare(a, b) === 0;

class CountingReader implements ByteReader {
  readonly size = file.length;
  reads = 0;
  async read(offset: number, length: number): Promise<Uint8Array> {
    this.reads++;
    return file.subarray(offset, offset + length);
  }
}

const places = fc.array(
  fc.record({ offset: fc.nat(file.length + 100), length: fc.oneof(fc.nat(5000), fc.nat(900_000)) }),
  { minLength: 1, maxLength: 20 },
);

describe('the block reader', () => {
  it('gives what the file holds, wherever it is asked', async () => {
    await fc.assert(
      fc.asyncProperty(places, async (asked) => {
        const reader = new BlockReader(new CountingReader());
        const read = await Promise.all(asked.map(({ offset, length }) => reader.read(offset, length)));
        asked.forEach(({ offset, length }, at) => {
          expect(same(read[at], file.subarray(offset, offset + length))).toBe(true);
        });
      }),
    );
  });

  it('goes to the file once for neighbouring small reads, also at the same time', async () => {
    const counting = new CountingReader();
    const reader = new BlockReader(counting);
    for (let at = 0; at < 200_000; at += 20_000)
      await Promise.all([reader.read(at, 9000), reader.read(at + 9000, 9000)]);
    expect(counting.reads).toBe(1);
  });

  it('tries again what failed', async () => {
    let fails = true;
    const reader = new BlockReader({
      size: 10,
      read: async () => {
        if (fails) throw new Error('not now');
        return Uint8Array.of(1, 2, 3);
      },
    });
    await expect(reader.read(0, 3)).rejects.toThrow('not now');
    fails = false;
    expect(await reader.read(0, 3)).toEqual(Uint8Array.of(1, 2, 3));
  });
});

describe('the byte stream', () => {
  it('goes through a range in pieces of any size', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(300_000), { maxLength: 12 }), async (sizes) => {
        const stream = new ByteStream(new MemoryReader(file), 100, 900_000);
        let at = 100;
        for (const size of sizes) {
          const there = await stream.ensure(size);
          expect(there).toBe(at + size <= 900_000);
          if (!there) break;
          expect(same(stream.take(size), file.subarray(at, at + size))).toBe(true);
          at += size;
          expect(stream.position).toBe(at);
        }
      }),
    );
  });
});

describe('the storing reader', () => {
  it('copies and hashes the whole file once, in whatever order it is read', async () => {
    await fc.assert(
      fc.asyncProperty(places, async (asked) => {
        const copy = new MemorySink();
        const hash = (await createSHA256()).init();
        const reader = new StoringReader(new MemoryReader(file), hash, copy);
        for (const { offset, length } of asked) {
          expect(same(await reader.read(offset, length), file.subarray(offset, offset + length))).toBe(true);
        }
        expect(await reader.finish()).toBe(createHash('sha256').update(file).digest('hex'));
        expect(same(copy.bytes, file)).toBe(true);
      }),
      { numRuns: 15 },
    );
  });
});

describe('PCM in a file', () => {
  const frames = 3 * pageFrames + 1234;
  const sound = [noise(1, frames), noise(2, frames)];
  const at24 = (samples: Float32Array) => samples.map((sample) => Math.round(sample * 2 ** 23) / 2 ** 23);

  it.each([1, 2] as const)('comes in planar pages, zeros beyond its end: %i channels', async (channels) => {
    const source = await openPcm(new MemoryReader(wavFile(sound.slice(0, channels), 48000, 24)), module);
    expect(source).toMatchObject({ channels, frames, sampleRateHz: 48000 });
    const pages = await source.readPages(2, 3);
    expect(pages.map((page) => page.length)).toEqual(new Array(3).fill(channels * pageFrames));
    for (let channel = 0; channel < channels; channel++) {
      const joined = pages.flatMap((page) => [
        ...page.subarray(channel * pageFrames, (channel + 1) * pageFrames),
      ]);
      const rest = at24(sound[channel] as Float32Array).subarray(2 * pageFrames);
      expect(Float32Array.from(joined.slice(0, rest.length))).toEqual(rest);
      expect(joined.slice(rest.length).every((sample) => sample === 0)).toBe(true);
    }
    source.close();
  });

  it('is read from any frame, cut to what there is', async () => {
    const source = await openPcm(new MemoryReader(wavFile(sound, 48000, 24)), module);
    const whole = sound.map(at24);
    for (const [from, count] of [
      [0, 10],
      [5000, 9001],
      [frames - 5, 100],
      [frames + 10, 4],
    ] as const) {
      expect(await source.read(from, count)).toEqual(whole.map((part) => part.subarray(from, from + count)));
    }
    source.close();
  });
});
