import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compileScene } from '../../../web/src/bridge/compile';
import type { MixwellModule } from '../../../web/src/engine/mixwellModule';
import { telemetryFields } from '../../../web/src/generated/engineLayout';
import { Project } from '../../../web/src/model/project';
import { freshInsert } from '../../../web/src/model/strip';
import type { DeviceId, Track } from '../../../web/src/model/types';
import { LiveEngine } from '../../support/liveEngine';
import { nodeEngine } from '../../support/nodeEngine';
import { firstDifference, isSilent, renderProject, type Stereo } from '../../support/offline';
import { dice, randomParams, randomProject } from '../../support/randomProject';
import { patchFromDice } from '../model/fixtures';

let module: MixwellModule;
const engines: LiveEngine[] = [];

beforeEach(async () => {
  module = await nodeEngine();
});
afterEach(() => {
  for (const engine of engines.splice(0)) engine.delete();
});

function liveOf({ project, files }: ReturnType<typeof randomProject>, delay?: () => number): LiveEngine {
  const snapshot = project.snapshot();
  const live = new LiveEngine(module, snapshot.sampleRateHz, files, delay);
  engines.push(live);
  live.show(compileScene(snapshot));
  return live;
}

function expectSame(a: Stereo, b: Stereo, maybeSilent = false): void {
  if (!maybeSilent) expect(isSilent(a)).toBe(false);
  expect(firstDifference(a.left, b.left)).toBe(-1);
  expect(firstDifference(a.right, b.right)).toBe(-1);
}

describe('what is heard', () => {
  it.each([1, 2, 3, 4, 5, 6])('is what is exported, from any start (random project %i)', async (seed) => {
    const song = randomProject(seed);
    const live = liveOf(song);
    for (const startFrame of [0, Math.floor(song.endFrame / 3), Math.floor(song.endFrame / 2) + 77]) {
      const frames = song.endFrame - startFrame;
      live.command((out) => {
        out.seek(startFrame);
        out.play();
      });
      const heard = await live.record(frames);
      live.command((out) => out.stop());
      await live.run(20);
      const range = { startFrame, frames };
      const exported = await renderProject(module, song.project.snapshot(), song.files, range);
      // A track that is soloed may have ended by then.
      expectSame(heard, exported, startFrame > 0);
    }
  });

  it('is the same after a seek while it plays', async () => {
    const song = randomProject(4);
    const live = liveOf(song);
    const roll = dice(99);
    live.command((out) => out.play());
    await live.run(100);
    for (let jump = 0; jump < 5; jump++) {
      const startFrame = roll(Math.floor(song.endFrame * 0.7));
      live.command((out) => out.seek(startFrame));
      const heard = await live.record(9_000);
      const range = { startFrame, frames: 9_000 };
      expectSame(heard, await renderProject(module, song.project.snapshot(), song.files, range));
    }
  });

  it('does not depend on how late the sound comes from the disk', async () => {
    const song = randomProject(6);
    const first = song.project.snapshot().tracks[0] as Track;
    // Sound is wanted from the first block on, when none of it has been read.
    openUp(song.project);
    const fields = { startFrame: 0 };
    song.project.commit('To the start', [
      { op: 'clip.set', trackId: first.id, clipId: first.clips[0]?.id ?? '', fields },
    ]);
    const roll = dice(5);
    const live = liveOf(song, () => roll(60));
    live.command((out) => out.play());
    const heard = await live.record(song.endFrame);
    expect(live.engine.telemetry[5]).toBeGreaterThan(0);
    const range = { startFrame: 0, frames: song.endFrame };
    expectSame(heard, await renderProject(module, song.project.snapshot(), song.files, range));
  });

  it.each([21, 22, 23])(
    'is what is exported where devices make the mix late (random project %i)',
    async (seed) => {
      const song = randomProject(seed, 4);
      openUp(song.project);
      const roll = dice(seed);
      const { tracks } = song.project.snapshot();
      const lateDevices: DeviceId[] = [
        'limiter',
        'saturator',
        'exciter',
        'convolution',
        'multiband',
        'compressor',
      ];
      const patches = [...tracks.slice(0, 3).map(({ id }) => id), 'group', 'return', 'master'].map(
        (ownerId, place) => {
          const device = lateDevices[(place + roll(2)) % lateDevices.length] as DeviceId;
          const fresh = freshInsert(`late${place}`, device);
          const lookahead: Record<string, number> = device === 'compressor' ? { lookaheadMs: 3 } : {};
          const insert = { ...fresh, params: { ...fresh.params, ...lookahead } };
          return { op: 'insert.add' as const, ownerId, insert, index: 0 };
        },
      );
      song.project.commit('Be late', patches);
      const live = liveOf(song);
      for (const startFrame of [0, Math.floor(song.endFrame / 3) + 55]) {
        live.command((out) => {
          out.seek(startFrame);
          out.play();
        });
        const frames = song.endFrame - startFrame;
        const heard = await live.record(frames, () => 1 + roll(128));
        expect(live.engine.telemetry[telemetryFields.latencyFrames]).toBeGreaterThan(100);
        const range = { startFrame, frames };
        expectSame(heard, await renderProject(module, song.project.snapshot(), song.files, range));
      }
    },
  );

  it('comes in time, however late the devices make it', async () => {
    const song = randomProject(31, 3);
    openUp(song.project);
    const range = { startFrame: 0, frames: song.endFrame };
    const plain = await renderProject(module, song.project.snapshot(), song.files, range);
    // A limiter far below its ceiling only delays.
    const quiet = freshInsert('late', 'limiter');
    song.project.commit('Be late', [
      {
        op: 'insert.add',
        ownerId: 'master',
        insert: { ...quiet, params: { ...quiet.params, ceilingDb: 0 } },
        index: 0,
      },
      { op: 'master.param', param: 'volumeDb', value: -3 },
    ]);
    const late = await renderProject(module, song.project.snapshot(), song.files, range);
    expect(correlationAt(plain.left, late.left, 0)).toBeGreaterThan(0.99);
  });

  it('does not depend on the size of the blocks', async () => {
    const song = randomProject(8);
    const roll = dice(8);
    const live = liveOf(song);
    live.command((out) => out.play());
    const heard = await live.record(song.endFrame, () => 1 + roll(128));
    const range = { startFrame: 0, frames: song.endFrame };
    expectSame(heard, await renderProject(module, song.project.snapshot(), song.files, range));
  });

  it('is in a loop what a render of the loop gives', async () => {
    const song = randomProject(9);
    const loop = { on: true, startFrame: 4_321, endFrame: 4_321 + 12_345 };
    song.project.commit('Loop', [{ op: 'project.set', fields: { loop } }]);
    const live = liveOf(song);
    live.command((out) => {
      out.seek(1_000);
      out.play();
    });
    const heard = await live.record(60_000);
    const range = { startFrame: 1_000, frames: 60_000, looping: true };
    expectSame(heard, await renderProject(module, song.project.snapshot(), song.files, range));
  });

  it.each([11, 12, 13, 14])(
    'is, after any edits while it plays, what a fresh engine plays of the same document (%i)',
    async (seed) => {
      const song = randomProject(seed, 5);
      const roll = dice(seed);
      const live = liveOf(song);
      live.command((out) => out.play());
      for (let edit = 0; edit < 60; edit++) {
        editOnce(song.project, roll, edit);
        live.show(compileScene(song.project.snapshot()));
        await live.run(1 + roll(20));
      }
      openUp(song.project);
      live.show(compileScene(song.project.snapshot()));
      live.command((out) => {
        out.stop();
        out.seek(0);
      });
      await live.run(10);
      live.command((out) => out.play());
      const frames = 60_000;
      const heard = await live.record(frames);
      const range = { startFrame: 0, frames };
      const fresh = new Project(song.project.doc).snapshot();
      expectSame(heard, await renderProject(module, fresh, song.files, range));
    },
  );
});

/** How alike two sounds are, the second one `late` frames later: 1 is the same shape. */
function correlationAt(a: Float32Array, b: Float32Array, late: number): number {
  let [ab, aa, bb] = [0, 0, 0];
  for (let frame = 0; frame + late < b.length; frame++) {
    const [x, y] = [a[frame] as number, b[frame + late] as number];
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return ab / Math.sqrt(aa * bb + 1e-30);
}

/** Whatever the dice have done, something is to be heard. */
function openUp(project: Project): void {
  const { tracks, loop } = project.snapshot();
  project.commit('Open', [
    { op: 'master.param', param: 'volumeDb', value: -3 },
    { op: 'project.set', fields: { loop: { ...loop, on: false } } },
    ...tracks.flatMap(({ id }) =>
      (['mute', 'solo'] as const).map((param) => ({
        op: 'track.param' as const,
        trackId: id,
        param,
        value: 0,
      })),
    ),
  ]);
}

/** Edits of tracks, clips and parameters; sources stay, since their files must be there. */
function editOnce(project: Project, roll: (sides: number) => number, edit: number): void {
  const { tracks } = project.snapshot();
  const track = tracks[roll(tracks.length)];
  if (roll(3) === 0 && track) {
    const params = Object.entries(randomParams(roll));
    const [param, value] = params[roll(params.length)] as [never, number];
    project.commit('Turn', [{ op: 'track.param', trackId: track.id, param, value }]);
    return;
  }
  const sources = Object.keys(project.snapshot().sources);
  const patches = patchFromDice(
    project.snapshot(),
    Array.from({ length: 12 }, () => roll(1_000_000)),
    `e${edit}`,
  );
  if (patches.some(({ op }) => op === 'source.add' || op === 'source.remove')) return;
  if (roll(6) === 0) {
    project.preview(patches);
    return;
  }
  project.commit('Edit', patches);
  if (roll(5) === 0 && project.undoLabel !== 'Fill') project.undo();
  if (Object.keys(project.snapshot().sources).length !== sources.length) throw new Error('a source went');
}
