import { describe, expect, it } from 'vitest';
import { numbers } from '../../support/synth';
import { decode, fixture, originOf } from './decode';
import { flacFrame, flacHead, leftSide, midSide, type Stream, sideRight } from './flacWriter';

/** Whole numbers of `bits`, the extremes among them. */
function samplesOf(seed: number, count: number, bits: number): number[] {
  const next = numbers(seed);
  const half = 2 ** (bits - 1);
  const samples = Array.from({ length: count }, () => Math.floor((next() / 2 ** 32) * 2 * half) - half);
  return [-half, half - 1, 0, -1, ...samples].slice(0, count);
}

const scaled = (samples: readonly number[], bits: number) =>
  Float32Array.from(samples, (sample) => sample / 2 ** (bits - 1));

describe('FLAC from another encoder', () => {
  it.each([
    ['short44.flac', 'short44', 'FLAC, 16 bit'],
    ['short48.flac', 'short48', 'FLAC, 24 bit'],
    ['short44.oga', 'short44', 'Ogg FLAC, 16 bit'],
  ] as const)('%s comes out to the last bit', async (file, sound, format) => {
    const { facts, channels, truncated } = await decode(fixture(file));
    expect(facts.format).toBe(format);
    expect(truncated).toBe(false);
    expect(channels).toEqual(originOf(sound));
  });

  it('is found behind an ID3 tag, and before one', async () => {
    const tag = [0x49, 0x44, 0x33, 3, 0, 0, 0, 0, 1, 0, ...new Array(128).fill(0x20)];
    const last = [0x54, 0x41, 0x47, ...new Array(125).fill(0)];
    const bytes = Uint8Array.from([...tag, ...fixture('short48.flac'), ...last]);
    const { channels, truncated } = await decode(bytes);
    expect(truncated).toBe(false);
    expect(channels).toEqual(originOf('short48'));
  });
});

describe('FLAC at every depth', () => {
  it.each([4, 8, 12, 16, 20, 24, 32])('%i bits', async (bits) => {
    const stream: Stream = { rateHz: 48000, bits, channels: 2, blockFrames: 300, frames: 300 };
    const samples = [samplesOf(1, 300, bits), samplesOf(2, 300, bits)];
    const frame = flacFrame(
      stream,
      0,
      300,
      samples.map((part) => ({ kind: 'verbatim', samples: part })),
    );
    const { facts, channels } = await decode(Uint8Array.from([...flacHead(stream), ...frame]));
    expect(facts).toEqual({ format: `FLAC, ${bits} bit`, sampleRateHz: 48000, channels: 2, frames: 300 });
    expect(channels).toEqual(samples.map((part) => scaled(part, bits)));
  });

  it.each([
    ['left and side', leftSide],
    ['side and right', sideRight],
    ['middle and side', midSide],
  ])('%s, where the side has 33 bits', async (_, assignment) => {
    const stream: Stream = { rateHz: 48000, bits: 32, channels: 2, blockFrames: 64, frames: 64 };
    const left = samplesOf(3, 64, 32);
    const right = samplesOf(4, 64, 32).reverse();
    const side = left.map((sample, at) => sample - (right[at] as number));
    const middle = left.map((sample, at) => Math.floor((sample + (right[at] as number)) / 2));
    const pair = { [leftSide]: [left, side], [sideRight]: [side, right], [midSide]: [middle, side] }[
      assignment
    ];
    const subframes = (pair ?? []).map((samples) => ({ kind: 'verbatim' as const, samples }));
    const bytes = [...flacHead(stream), ...flacFrame(stream, 0, 64, subframes, assignment)];
    const { channels } = await decode(Uint8Array.from(bytes));
    expect(channels).toEqual([scaled(left, 32), scaled(right, 32)]);
  });

  it('knows constants, wasted bits, long Rice codes and raw residuals', async () => {
    const stream: Stream = { rateHz: 44100, bits: 16, channels: 1, blockFrames: 32, frames: 160 };
    const rising = Array.from({ length: 32 }, (_, at) => at * at - 300);
    const jumping = Array.from({ length: 32 }, (_, at) => (at % 2 ? 200 : -200));
    const coarse = rising.map((sample) => sample * 16);
    const still = new Array<number>(32).fill(-77);
    const bytes = [
      ...flacHead(stream),
      ...flacFrame(stream, 0, 32, [{ kind: 'constant', sample: -1234 }]),
      ...flacFrame(stream, 1, 32, [{ kind: 'verbatim', samples: coarse, wasted: 4 }]),
      ...flacFrame(stream, 2, 32, [{ kind: 'fixed1', samples: jumping, rice: 1 }]),
      ...flacFrame(stream, 3, 32, [{ kind: 'fixed1', samples: rising, raw: 8 }]),
      ...flacFrame(stream, 4, 32, [{ kind: 'fixed1', samples: still, raw: 0 }]),
    ];
    const { channels, truncated } = await decode(Uint8Array.from(bytes));
    const all = [...new Array<number>(32).fill(-1234), ...coarse, ...jumping, ...rising, ...still];
    expect(truncated).toBe(false);
    expect(channels).toEqual([scaled(all, 16)]);
  });
});

describe('damaged FLAC', () => {
  const stream: Stream = { rateHz: 44100, bits: 16, channels: 1, blockFrames: 64, frames: 256 };
  const blocks = [1, 2, 3, 4].map((seed) => samplesOf(seed, 64, 16));
  const frames = blocks.map((samples, index) =>
    flacFrame(stream, index, 64, [{ kind: 'verbatim', samples }]),
  );
  const file = (parts: readonly number[][]) => Uint8Array.from([...flacHead(stream), ...parts.flat()]);

  it('becomes silence where a frame is damaged, and stays in time', async () => {
    const damaged = frames.map((frame, index) =>
      frame.map((byte, at) => (index === 1 && at === 40 ? byte ^ 1 : byte)),
    );
    const { channels, truncated } = await decode(file(damaged));
    expect(truncated).toBe(true);
    const expected = blocks.map((samples, index) => (index === 1 ? new Array<number>(64).fill(0) : samples));
    expect(channels).toEqual([scaled(expected.flat(), 16)]);
  });

  it('becomes silence where frames are missing', async () => {
    const { channels, truncated } = await decode(file([frames[0] ?? [], frames[3] ?? []]));
    expect(truncated).toBe(true);
    const silence = new Array<number>(128).fill(0);
    expect(channels).toEqual([scaled([...(blocks[0] ?? []), ...silence, ...(blocks[3] ?? [])], 16)]);
  });

  it('plays what it has where it is cut short', async () => {
    const whole = file(frames);
    const { channels, truncated } = await decode(whole.subarray(0, whole.length - 70));
    expect(truncated).toBe(true);
    expect(channels).toEqual([scaled(blocks.slice(0, 3).flat(), 16)]);
  });
});
