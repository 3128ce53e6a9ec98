import { beforeEach, describe, expect, it } from 'vitest';
import { chainOf } from '../../../web/src/bridge/masteringChain';
import { addLane, drawPoints } from '../../../web/src/commands/automation';
import { ChainRun } from '../../../web/src/engine/chainRun';
import { PlanarBuffer } from '../../../web/src/engine/codec';
import type { MixwellModule } from '../../../web/src/engine/mixwellModule';
import { tableValues } from '../../../web/src/mastering/chain';
import type { Project } from '../../../web/src/model/project';
import { freshInsert } from '../../../web/src/model/strip';
import type { DeviceId, Lane, Patch, Point, ProjectSnapshot } from '../../../web/src/model/types';
import { nodeEngine } from '../../support/nodeEngine';
import { firstDifference, isSilent, renderProject, type Stereo } from '../../support/offline';
import { randomProject } from '../../support/randomProject';

let module: MixwellModule;
beforeEach(async () => {
  module = await nodeEngine();
});

const mastered = { mastering: true, references: false, referenceId: null };

function lane(targetId: string, param: string, points: readonly Point[]): Patch {
  const made: Lane = {
    id: `${targetId}-${param}`,
    kind: 'insert',
    targetId,
    param,
    timebase: 'time',
    points,
  };
  return { op: 'lane.add', ownerId: 'mastering', lane: made };
}

const point = (frame: number, value: number): Point => ({ frame, value, shape: 'linear', bend: 0 });

function masterWith(
  project: Project,
  devices: readonly [id: string, device: DeviceId, params: object][],
): void {
  project.commit(
    'Chain',
    devices.map(([id, device, params], index) => {
      const insert = freshInsert(id, device);
      return {
        op: 'insert.add',
        ownerId: 'mastering',
        insert: { ...insert, params: { ...insert.params, ...params } },
        index,
      };
    }),
  );
}

/** Blocks of odd sizes, none over 4096 frames. */
async function run(
  sound: Stereo,
  chain: ReturnType<typeof chainOf>,
  values: ConstructorParameters<typeof ChainRun>[3] = [],
  tailFrames = 0,
): Promise<Stereo> {
  const { length } = sound.left;
  const total = length + tailFrames;
  const out = { left: new Float32Array(total), right: new Float32Array(total) };
  const buffer = new PlanarBuffer(module, 2, 4096);
  const chainRun = new ChainRun(module, chain.scene, [], values);
  let given = 0;
  const take = ({ pointer, stride, frames }: { pointer: number; stride: number; frames: number }) => {
    const view = (channel: number) =>
      new Float32Array(module.HEAPU8.buffer, pointer + 4 * channel * stride, frames);
    out.left.set(view(0), given);
    out.right.set(view(1), given);
    given += frames;
  };
  for (let done = 0, size = 1; done < length; size = (size * 7) % 4093) {
    const frames = Math.min(size, length - done);
    buffer.channels[0]?.set(sound.left.subarray(done, done + frames));
    buffer.channels[1]?.set(sound.right.subarray(done, done + frames));
    await chainRun.add(buffer.block(frames), take);
    done += frames;
  }
  await chainRun.finish(tailFrames, take);
  chainRun.delete();
  buffer.delete();
  expect(given).toBe(total);
  return out;
}

function expectSame(a: Stereo, b: Stereo): void {
  expect(isSilent(a)).toBe(false);
  expect(firstDifference(a.left, b.left)).toBe(-1);
  expect(firstDifference(a.right, b.right)).toBe(-1);
}

const furthest = (a: Stereo, b: Stereo): number =>
  a.left.reduce((most, value, frame) => {
    const right = Math.abs((a.right[frame] ?? 0) - (b.right[frame] ?? 0));
    return Math.max(most, Math.abs(value - (b.left[frame] ?? 0)), right);
  }, 0);

/** A chain with lanes, an echo in beats, a bypass and look-ahead. */
function aSong(seed: number): {
  snapshot: ProjectSnapshot;
  files: ReadonlyMap<string, Uint8Array>;
  endFrame: number;
} {
  const { project, files, endFrame } = randomProject(seed);
  masterWith(project, [
    ['g', 'gain', { gainDb: -2 }],
    ['c', 'compressor', { thresholdDb: -30, ratio: 4, makeupDb: 6, lookaheadMs: 5 }],
    ['d', 'delay', { sync: 1, mix: 40, feedback: 30 }],
    ['l', 'limiter', { inputGainDb: 6, ceilingDb: -1 }],
  ]);
  project.commit('Lanes and bypass', [
    lane('g', 'gainDb', [point(0, -6), point(Math.round(endFrame / 2), 6), point(endFrame, -12)]),
    lane('l', 'inputGainDb', [point(100, 0), point(endFrame, 12)]),
    { op: 'insert.set', ownerId: 'mastering', insertId: 'c', fields: { on: false } },
  ]);
  return { snapshot: project.snapshot(), files, endFrame };
}

describe('a chain that runs by itself', () => {
  it.each([1, 2, 3])('gives the sound of the song with the chain in it (random project %i)', async (seed) => {
    const { snapshot, files, endFrame } = aSong(seed);
    const still = { ...snapshot, mastering: { ...snapshot.mastering, lanes: [] } };
    for (const startFrame of [0, Math.floor(endFrame / 4) + 77]) {
      const range = { startFrame, frames: endFrame - startFrame };
      const mix = await renderProject(module, snapshot, files, range);
      if (isSilent(mix)) continue;
      const master = await renderProject(module, still, files, range, mastered);
      expectSame(await run(mix, chainOf(still, still.sampleRateHz, range)), master);
      // A mix that is late cuts the ramps of lanes in other places, which rounds otherwise.
      const moved = await renderProject(module, snapshot, files, range, mastered);
      const alone = await run(mix, chainOf(snapshot, snapshot.sampleRateHz, range));
      expect(furthest(alone, moved)).toBeLessThan(1e-6);
      expect(furthest(master, moved)).toBeGreaterThan(0.01);
    }
  });

  it('is its two parts one behind the other, with a value changed in the second', async () => {
    const { snapshot, files, endFrame } = aSong(2);
    const range = { startFrame: 0, frames: endFrame };
    const still = {
      ...snapshot,
      mastering: { ...snapshot.mastering, lanes: snapshot.mastering.lanes.slice(0, 1) },
    };
    const mix = await renderProject(module, still, files, range);
    const after = 8192;
    const front = await run(mix, chainOf(still, still.sampleRateHz, range, [0, 3]), [], after);
    const part = chainOf(still, still.sampleRateHz, range, [3, 4]);
    const [limiter] = part.stages;
    if (!limiter) throw new Error('the limiter is missing');
    const louder = { ...limiter, params: { ...limiter.params, inputGainDb: 15 } };
    const values = [{ insert: part.inserts[0] ?? -1, params: tableValues(louder) }];
    const split = await run(front, part, values);
    const whole = await run(mix, chainOf(still, still.sampleRateHz, range), [
      {
        ...values[0],
        insert: chainOf(still, still.sampleRateHz, range).inserts[3] ?? -1,
        params: tableValues(louder),
      },
    ]);
    expectSame(whole, { left: split.left.subarray(0, endFrame), right: split.right.subarray(0, endFrame) });
    const before = await run(mix, chainOf(still, still.sampleRateHz, range));
    expect(firstDifference(before.left, whole.left)).toBeGreaterThanOrEqual(0);
  });

  it.each([44100, 96000])('has its lanes where they are in the song, at %i Hz', async (rateHz) => {
    const { project } = randomProject(1);
    const own = project.snapshot().sampleRateHz;
    masterWith(project, [['g', 'gain', {}]]);
    project.commit('Lane', [lane('g', 'gainDb', [point(own, 0), point(2 * own, -24)])]);
    const range = { startFrame: own / 2, frames: 2 * own };
    const frames = 2 * rateHz;
    const tone = new Float32Array(frames).fill(0.5);
    const { left } = await run({ left: tone, right: tone }, chainOf(project.snapshot(), rateHz, range));
    const gainDbAt = (seconds: number) => {
      const frame = Math.round((seconds - 0.5) * rateHz);
      return 20 * Math.log10(Math.abs((left[frame] ?? 0) / (tone[frame] ?? 1)));
    };
    for (const [seconds, gainDb] of [
      [0.75, 0],
      [1.25, -6],
      [1.5, -12],
      [1.75, -18],
      [2.25, -24],
    ] as const) {
      expect(gainDbAt(seconds)).toBeCloseTo(gainDb, 2);
    }
  });
});

describe('a lane that is drawn on the chain', () => {
  it('is heard from where it leaves what was set, and its undo takes it back to the bit', async () => {
    const { project, files, endFrame } = randomProject(2);
    masterWith(project, [
      ['g', 'gain', {}],
      ['l', 'limiter', { inputGainDb: 3, ceilingDb: -1 }],
    ]);
    const render = () =>
      renderProject(module, project.snapshot(), files, { startFrame: 0, frames: endFrame }, mastered);
    const before = await render();
    const [from, to] = [Math.round(endFrame / 3), Math.round(endFrame / 2)];
    const target = { ownerId: 'mastering', kind: 'insert', targetId: 'g', param: 'gainDb' } as const;
    project.commit(
      'Lane',
      addLane(project.snapshot(), target, () => 'drawn'),
    );
    const place = { ownerId: 'mastering', laneId: 'drawn' };
    const samples = [
      { frame: from, value: 0 },
      { frame: to, value: -12 },
    ];
    project.commit('Draw automation', drawPoints(project.snapshot(), { ...place, samples }));
    const drawn = await render();
    // The limiter looks ahead, so it hears of the fall a little before it comes.
    const differs = Math.min(
      ...(['left', 'right'] as const).map((side) => firstDifference(before[side], drawn[side])),
    );
    expect(differs).toBeGreaterThan(from - 2048);
    expect(differs).toBeLessThan(to);
    const loudest = ({ left }: Stereo) =>
      left.subarray(to).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    expect(loudest(drawn)).toBeLessThan(loudest(before) / 2);
    expect(loudest(drawn)).toBeGreaterThan(0);
    project.undo();
    expectSame(await render(), before);
  });
});
