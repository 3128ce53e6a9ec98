import { beforeAll, describe, expect, it } from 'vitest';
import { PlanarBuffer } from '../../../web/src/engine/codec';
import { DeviceRun } from '../../../web/src/engine/deviceRun';
import type { MixwellModule } from '../../../web/src/engine/mixwellModule';
import type { ProgrammeFigures } from '../../../web/src/engine/programme';
import { freshChain, type Stage, stageDevices } from '../../../web/src/mastering/chain';
import { withMoves } from '../../../web/src/mastering/moves';
import { propose } from '../../../web/src/mastering/proposal';
import { findTarget, type MasteringTarget } from '../../../web/src/mastering/targets';
import { analysed } from '../../support/analysed';
import { nodeEngine } from '../../support/nodeEngine';
import { pinkNoise } from '../../support/programmes';
import { sine } from '../../support/synth';

const rateHz = 48_000;
const frames = 20 * rateHz;
const spotify = findTarget('spotify') as MasteringTarget;
let module: MixwellModule;

beforeAll(async () => {
  module = await nodeEngine();
});

const mixed = (...sounds: readonly Float32Array[]): Float32Array =>
  (sounds[0] as Float32Array).map((_, frame) => sounds.reduce((sum, sound) => sum + (sound[frame] ?? 0), 0));

/** A sound whose level goes through these by turns, a second and a half each. */
const stepped = (sound: Float32Array, levelsDb: readonly number[]): Float32Array =>
  sound.map((sample, frame) => {
    const step = Math.floor(frame / (1.5 * rateHz)) % levelsDb.length;
    return sample * 10 ** ((levelsDb[step] as number) / 20);
  });

const bed = (seed: number) => pinkNoise(seed, frames, 0.2);
const notes = [0, -11, -11, -9, -11, -11, -10, -11];

const unevenBass = () => mixed(bed(1), stepped(sine(60, rateHz, frames, 0.35), notes));
const evenBass = () => mixed(bed(1), sine(60, rateHz, frames, 0.2));

/** One whose lows and highs swell together: the song does, no band of it. */
const swelling = () => stepped(mixed(bed(1), sine(60, rateHz, frames, 0.2)), notes);

function bandNoise(seed: number, fromHz: number, toHz: number): Float32Array {
  const tones = Array.from({ length: 24 }, (_, nth) => {
    const hz = fromHz * (toHz / fromHz) ** ((nth + ((seed * nth) % 7) / 9) / 25);
    return sine(hz, rateHz, frames, 0.05);
  });
  return mixed(...tones);
}

const unevenPresence = () =>
  mixed(bed(1), stepped(bandNoise(3, 1200, 4000), [3, -16, -14, -16, -16, -12, -16, -16]));

/** Without what lies above a corner: a windowed sinc. */
function dulled(sound: Float32Array, hz: number): Float32Array {
  const reach = 60;
  const taps = Array.from({ length: 2 * reach + 1 }, (_, tap) => {
    const at = tap - reach;
    const share = (2 * hz) / rateHz;
    const sinc = at === 0 ? 1 : Math.sin(Math.PI * share * at) / (Math.PI * share * at);
    return share * sinc * (0.5 + 0.5 * Math.cos((Math.PI * at) / (reach + 1)));
  });
  return sound.map((_, frame) =>
    taps.reduce((sum, weight, tap) => sum + weight * (sound[frame + tap - reach] ?? 0), 0),
  );
}

const moves = (sound: Float32Array, amount = 1) =>
  propose(analysed(module, [sound, sound]), spotify, { amount }).moves;
const ids = (sound: Float32Array) => moves(sound).map(({ id }) => id);

/** What the moves of a proposal make of a sound. */
async function moved(sound: Float32Array, id: string): Promise<ProgrammeFigures> {
  const stages = withMoves(
    freshChain().map((stage): Stage => ({ ...stage, on: false })),
    moves(sound).filter((move) => move.id === id),
  );
  const run = new DeviceRun(module, rateHz, 1, stageDevices(stages));
  const out = new Float32Array(frames);
  let at = 0;
  const take = async ({ pointer, frames: count }: { pointer: number; frames: number }) => {
    out.set(new Float32Array(module.HEAPU8.buffer, pointer, count), at);
    at += count;
  };
  const buffer = new PlanarBuffer(module, 1, 4096);
  for (let done = 0; done < frames; done += 4096) {
    const count = Math.min(4096, frames - done);
    buffer.channels[0]?.set(sound.subarray(done, done + count));
    await run.add(buffer.block(count), take);
  }
  await run.finish(0, take);
  buffer.delete();
  run.delete();
  return analysed(module, [out, out]);
}

const variationDb = ({ spreads }: ProgrammeFigures, band: number) =>
  (spreads[band]?.loudDb ?? 0) - (spreads[band]?.usualDb ?? 0);
const levelDb = ({ bands }: ProgrammeFigures, hz: number) => {
  const band = bands.find(({ centreHz }) => Math.abs(centreHz / hz - 1) < 0.05);
  return 10 * Math.log10((band?.left ?? 0) + (band?.right ?? 0));
};

describe('compression of a band by itself', () => {
  it('is proposed for a low end that varies more than the rest, and says so', () => {
    const found = moves(unevenBass());
    const move = found.find(({ id }) => id === 'even-bass');
    expect(move?.stage).toBe('multiband');
    expect(move?.why).toMatch(/stand \d+\.\d dB above its usual level, those of the rest \d\.\d dB/);
    expect(found.map(({ id }) => id)).not.toContain('even-presence');
    expect(Object.keys(move?.params ?? {}).every((param) => param.startsWith('band1.'))).toBe(true);
  });

  it('is proposed for presence alone where that jumps', () => {
    const found = ids(unevenPresence());
    expect(found).toContain('even-presence');
    expect(found).not.toContain('even-bass');
  });

  it('is not proposed for even bands, for a song that swells as a whole, nor for a few seconds', () => {
    for (const sound of [evenBass(), swelling(), bed(4), unevenBass().subarray(0, 6 * rateHz)])
      expect(ids(sound).filter((id) => id.startsWith('even-'))).toEqual([]);
  });

  it('makes the low end more even, and leaves the rest alone', async () => {
    const before = analysed(module, [unevenBass(), unevenBass()]);
    const after = await moved(unevenBass(), 'even-bass');
    expect(variationDb(before, 0) - variationDb(after, 0)).toBeGreaterThan(1);
    expect(variationDb(before, 0) - variationDb(after, 0)).toBeLessThan(6);
    expect(levelDb(after, 1000)).toBeCloseTo(levelDb(before, 1000), 1);
  });

  it('goes with the amount', () => {
    const ratio = (amount: number) =>
      moves(unevenBass(), amount).find(({ id }) => id === 'even-bass')?.params['band1.ratio'] ?? 0;
    expect(ratio(0.5) - 1).toBeCloseTo(0.5 * (ratio(1) - 1), 9);
    expect(ratio(1)).toBeLessThanOrEqual(2);
  });
});

describe('overtones', () => {
  const dull = () => dulled(bed(5), 6500);

  it('are proposed where nothing is left of the top octave', () => {
    const move = moves(dull()).find(({ id }) => id === 'excite');
    expect(move?.stage).toBe('exciter');
    expect(move?.why).toMatch(/From 8 kHz on it stands \d+\.\d dB below the average/);
    expect(moves(dull(), 0.5).find(({ id }) => id === 'excite')?.params.amount).toBeCloseTo(
      0.5 * (move?.params.amount ?? 0),
      9,
    );
  });

  it('are not proposed where a shelf will do, nor where there is nothing to make them of', () => {
    for (const sound of [bed(6), dulled(bed(6), 14_000), dulled(bed(6), 2000)])
      expect(ids(sound)).not.toContain('excite');
  });

  it('bring the top octave up, and leave what was there', async () => {
    const before = analysed(module, [dull(), dull()]);
    const after = await moved(dull(), 'excite');
    expect(levelDb(before, 10_000)).toBeLessThan(-90);
    expect(levelDb(after, 10_000) - levelDb(after, 3150)).toBeGreaterThan(-25);
    expect(levelDb(after, 10_000) - levelDb(after, 3150)).toBeLessThan(-9);
    for (const hz of [100, 1000, 3150])
      expect(Math.abs(levelDb(after, hz) - levelDb(before, hz))).toBeLessThan(0.5);
  });
});
