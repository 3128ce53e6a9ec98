import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileScene } from '../../../web/src/bridge/compile';
import type { Heard } from '../../../web/src/bridge/compileMastering';
import { diffScenes, encodeScene, SceneHandles } from '../../../web/src/bridge/diffScenes';
import { handedScene } from '../../../web/src/bridge/handedScene';
import { SceneFeed } from '../../../web/src/bridge/sceneFeed';
import { CommandWriter } from '../../../web/src/engine/encodeCommands';
import { stripParams } from '../../../web/src/generated/devices';
import { Project } from '../../../web/src/model/project';
import { freshInsert } from '../../../web/src/model/strip';
import type { Patch } from '../../../web/src/model/types';
import { aLane } from '../model/consoleEdits';
import {
  aClip,
  aFurnishedProject,
  aSource,
  aTrack,
  patchFromDice,
  scriptArbitrary,
  sourceId,
} from '../model/fixtures';
import { CommandMirror } from './commandMirror';

const newProject = () => Project.create({ name: 'Song', engineVersion: '1', id: 'p' });
const edits = scriptArbitrary;

function play(project: Project, dice: readonly (readonly number[])[], afterEach: () => void): void {
  dice.forEach((roll, index) => {
    const patches = patchFromDice(project.snapshot(), roll, `n${index}`);
    if (roll[0] !== undefined && roll[0] % 7 === 0) project.preview(patches);
    else project.commit('Edit', patches);
    if (roll[1] !== undefined && roll[1] % 5 === 0) project.undo();
    afterEach();
  });
}

function mirrorOf(project: Project, heard: Heard | null = null): CommandMirror {
  const mirror = new CommandMirror();
  mirror.apply(encodeScene(compileScene(project.snapshot(), heard)).commands);
  return mirror;
}

/** The listener goes from room to room, and from reference to reference. */
function heardAt(project: Project, step: number): Heard | null {
  if (step % 5 === 0) return null;
  const { references } = project.snapshot().mastering;
  return {
    mastering: step % 3 === 0,
    references: step % 7 > 0,
    referenceId: references[step % 4]?.id ?? null,
  };
}

describe('the compiler', () => {
  it('says of a project what the engine needs', () => {
    const project = newProject();
    project.commit('Fill', [
      { op: 'source.add', source: aSource(1, { channels: 1, frames: 5000 }) },
      { op: 'track.add', track: aTrack('a', { params: { ...aTrack('a').params, pan: -30 } }), index: 0 },
      {
        op: 'clip.add',
        trackId: 'a',
        clip: aClip('c', {
          startFrame: 10,
          lengthFrames: 4000,
          offsetFrames: 7,
          gainDb: -3,
          fadeOutFrames: 99,
          fadeOutCurve: 'sCurve',
        }),
      },
    ]);
    const { tracks, sources, loop } = mirrorOf(project).picture();
    expect(sources).toEqual(['1 5000']);
    expect(loop).toBe('off');
    expect(tracks).toHaveLength(1);
    expect(tracks[0]?.channels).toBe(1);
    expect(tracks[0]?.params[stripParams.findIndex(({ id }) => id === 'pan')]).toBe(-30);
    expect(tracks[0]?.clips).toEqual([
      { channels: 1, frames: 5000, numbers: [10, 7, 4000, -3, 0, 0, 99, 2] },
    ]);
    expect(compileScene(project.snapshot()).endFrame).toBe(4010);
  });

  it('makes the same commands of the same document, whichever way it came about', () => {
    fc.assert(
      fc.property(edits, (dice) => {
        const project = aFurnishedProject();
        play(project, dice, () => {});
        project.preview(null);
        const again = new Project(project.doc);
        const fresh = encodeScene(compileScene(again.snapshot())).commands;
        expect([...encodeScene(compileScene(project.snapshot())).commands]).toEqual([...fresh]);
      }),
      { numRuns: 40 },
    );
  });

  it('leaves the mastering chain and references out of the mix, and repeats a short reference', () => {
    const project = newProject();
    const gain = freshInsert('i', 'gain');
    project.commit('Fill', [
      { op: 'source.add', source: aSource(1, { channels: 1, frames: 5000 }) },
      { op: 'source.add', source: aSource(2, { channels: 2, frames: 1500 }) },
      { op: 'track.add', track: aTrack('a'), index: 0 },
      { op: 'clip.add', trackId: 'a', clip: aClip('c', { lengthFrames: 4000 }) },
      { op: 'insert.add', ownerId: 'mastering', insert: { ...gain, keyId: 'a' }, index: 0 },
      { op: 'reference.add', reference: { id: 'r', sourceId: sourceId(2), name: 'Song' }, index: 0 },
    ]);
    const mix = mirrorOf(project).picture();
    expect(mix).toMatchObject({ mastering: 0, masteringChannel: { inserts: [] }, sources: ['1 5000'] });
    const heard = mirrorOf(project, { mastering: true, references: true, referenceId: 'r' }).picture();
    expect(heard.mastering).toBe(1);
    expect(heard.masteringChannel.inserts).toHaveLength(1);
    expect(heard.tracks.map(({ output }) => output)).toEqual([-2, -4]);
    expect(heard.tracks[1]?.clips.map(({ numbers: [start] }) => start)).toEqual([0, 1500, 3000]);
    const mute = stripParams.findIndex(({ id }) => id === 'mute');
    expect(heard.tracks[1]?.params[mute]).toBe(0);
    expect(
      mirrorOf(project, { mastering: true, references: true, referenceId: null }).picture().tracks[1]?.params[
        mute
      ],
    ).toBe(1);
  });

  it('keeps the scene of a track that was not touched', () => {
    const project = newProject();
    project.commit('Two', [
      { op: 'track.add', track: aTrack('a'), index: 0 },
      { op: 'track.add', track: aTrack('b'), index: 1 },
    ]);
    const before = compileScene(project.snapshot());
    project.commit('Turn', [{ op: 'track.param', trackId: 'b', param: 'volumeDb', value: -6 }]);
    const after = compileScene(project.snapshot());
    expect(after.tracks[0]).toBe(before.tracks[0]);
    expect(after.tracks[1]).not.toBe(before.tracks[1]);
  });
});

describe('differences of scenes', () => {
  it('lead an engine to where a fresh one would be, after any edits, previews and undos', () => {
    fc.assert(
      fc.property(edits, (dice) => {
        const project = aFurnishedProject();
        const live = new CommandMirror();
        const open = new Map<number, string>();
        const feed = new SceneFeed({
          open: (handle, source) => open.set(handle, `${source.channels} ${source.frames}`),
          close: (handle) => open.delete(handle),
        });
        let step = 0;
        play(project, dice, () => {
          const heard = heardAt(project, step++);
          live.apply(feed.advance(compileScene(project.snapshot(), heard)));
          expect(live.picture()).toEqual(mirrorOf(project, heard).picture());
          expect([...open.keys()].sort()).toEqual([...live.sources.keys()].sort());
        });
      }),
      { numRuns: 40 },
    );
  });

  it('turn a chain of buses around without a loop on the way', () => {
    const project = aFurnishedProject();
    const route = (trackId: string, outputId: string | null): Patch => ({
      op: 'track.set',
      trackId,
      fields: { outputId },
    });
    const mirror = new CommandMirror();
    const feed = new SceneFeed({ open() {}, close() {} });
    for (const routes of [
      [route('t0', 't1'), route('t1', 't2'), route('t2', 't3')],
      [route('t3', 't2'), route('t2', 't1'), route('t1', 't0'), route('t0', null)],
      [route('t0', 't1'), route('t1', 't2'), route('t2', 't3'), route('t3', null)],
    ]) {
      project.commit('Route', routes);
      mirror.apply(feed.advance(compileScene(project.snapshot())));
      expect(mirror.picture()).toEqual(mirrorOf(project).picture());
    }
  });

  it('leave automation out where it is off, and where a hand is', () => {
    const project = aFurnishedProject();
    const lane = { ...aLane('l', [{ frame: 0, value: -20, shape: 'linear', bend: 0 }]), param: 'volumeDb' };
    project.commit('Lane', [{ op: 'lane.add', ownerId: 't0', lane }]);
    const song = project.snapshot();
    const scene = compileScene(song);
    expect(scene.tracks[0]?.lanes).toHaveLength(1);
    const control = { ownerId: 't0', kind: 'strip', targetId: null, param: 'volumeDb' } as const;
    const handed = handedScene(scene, song, [{ control, value: -5 }]);
    const volume = stripParams.findIndex(({ id }) => id === 'volumeDb');
    expect(handed.tracks[0]).toMatchObject({ lanes: [] });
    expect(handed.tracks[0]?.params[volume]).toBe(-5);
    expect(handed.tracks[1]).toBe(scene.tracks[1]);
    project.commit('Off', [{ op: 'track.set', trackId: 't0', fields: { automationMode: 'off' } }]);
    expect(compileScene(project.snapshot()).tracks[0]?.lanes).toEqual([]);
  });

  it('are nothing where nothing changed, and one command where a fader moved', () => {
    const project = newProject();
    project.commit('Track', [{ op: 'track.add', track: aTrack('a'), index: 0 }]);
    const handles = new SceneHandles();
    const out = new CommandWriter();
    const before = compileScene(project.snapshot());
    diffScenes(null, before, handles, out);
    out.take();
    project.commit('Name', [{ op: 'track.set', trackId: 'a', fields: { name: 'Other' } }]);
    const renamed = compileScene(project.snapshot());
    diffScenes(before, renamed, handles, out);
    expect(out.empty).toBe(true);
    project.preview([{ op: 'track.param', trackId: 'a', param: 'volumeDb', value: -12 }]);
    diffScenes(renamed, compileScene(project.snapshot()), handles, out);
    const volume = stripParams.findIndex(({ id }) => id === 'volumeDb');
    expect([...out.take()]).toEqual([4, 3, handles.tracks.of('a'), volume, -12]);
  });

  it('give the clips of a source whose facts changed the new one', () => {
    const project = newProject();
    project.commit('Clip', [
      { op: 'source.add', source: aSource(1) },
      { op: 'track.add', track: aTrack('a', { clips: [aClip('c')] }), index: 0 },
    ]);
    const snapshot = project.snapshot();
    const mirror = new CommandMirror();
    const feed = new SceneFeed({ open() {}, close() {} });
    mirror.apply(feed.advance(compileScene(snapshot)));
    const sources = { [sourceId(1)]: aSource(1, { frames: 777 }) };
    mirror.apply(feed.advance(compileScene({ ...snapshot, sources })));
    expect(mirror.picture().tracks[0]?.clips[0]?.frames).toBe(777);
  });

  it('ask for a source anew whose sound has come', () => {
    const project = newProject();
    project.commit('Clip', [
      { op: 'source.add', source: aSource(1) },
      { op: 'track.add', track: aTrack('a', { clips: [aClip('c')] }), index: 0 },
    ]);
    const mirror = new CommandMirror();
    const open: number[] = [];
    const feed = new SceneFeed({ open: (handle) => open.push(handle), close() {} });
    mirror.apply(feed.advance(compileScene(project.snapshot())));
    mirror.apply(feed.renew(sourceId(1)));
    expect(new Set(open).size).toBe(2);
    expect(mirror.picture()).toEqual(mirrorOf(project).picture());
    expect([...mirror.sources.keys()]).toEqual([open[1]]);
    expect(feed.advance(compileScene(project.snapshot()))).toBeNull();
  });

  it('never give a handle twice, so that a late page of a removed source can do no harm', () => {
    const handles = new SceneHandles();
    const first = handles.sources.of(sourceId(1));
    handles.sources.release(sourceId(1));
    expect(handles.sources.of(sourceId(1))).not.toBe(first);
  });
});
