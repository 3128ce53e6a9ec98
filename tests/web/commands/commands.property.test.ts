import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ClipboardClips, copyClips, pasteClips } from '../../../web/src/commands/clipboard';
import * as clips from '../../../web/src/commands/clips';
import { endFrame } from '../../../web/src/commands/find';
import * as strips from '../../../web/src/commands/strips';
import * as timeline from '../../../web/src/commands/timeline';
import * as tracks from '../../../web/src/commands/tracks';
import { repeatableIds } from '../../../web/src/model/ids';
import { Project } from '../../../web/src/model/project';
import { snapshotOf } from '../../../web/src/model/snapshotBuilder';
import type { Patch, ProjectSnapshot, StripParamId } from '../../../web/src/model/types';
import { trackColours, trackKinds } from '../../../web/src/model/types';
import { aFurnishedProject, aSource, scriptArbitrary } from '../model/fixtures';
import { expectSame, expectSound } from '../model/invariants';

type Command = (project: ProjectSnapshot, roll: (sides: number) => number) => Patch[];

/** Any selection, of one or several. */
function some<T>(all: readonly T[], roll: (sides: number) => number): T[] {
  const count = Math.min(all.length, 1 + roll(3));
  return Array.from({ length: count }, () => all[roll(all.length)] as T);
}
const trackIds = (p: ProjectSnapshot, roll: (sides: number) => number) =>
  some(p.tracks, roll).map(({ id }) => id);
const clipIds = (p: ProjectSnapshot, roll: (sides: number) => number) =>
  some(
    p.tracks.flatMap((track) => track.clips),
    roll,
  ).map(({ id }) => id);
const delta = (roll: (sides: number) => number) => roll(20_000) - 10_000;
const params: StripParamId[] = ['volumeDb', 'pan', 'mute', 'panLaw', 'trimDb'];

const commands: Command[] = [
  (p, roll) =>
    tracks.addTracksFromSources(p, {
      sources: Array.from({ length: 1 + roll(3) }, () => {
        const number = 1 + roll(9);
        return aSource(number, { frames: number * 1500 });
      }),
      frame: roll(5000),
      index: roll(8),
    }),
  (p, roll) =>
    tracks.addClipsFromSources(p, {
      sources: [aSource(20, { frames: 1 + roll(9000) })],
      trackId: trackIds(p, roll)[0] ?? 'none',
      frame: roll(9000),
    }),
  (p, roll) => (p.tracks.length < 8 ? tracks.addEmptyTrack(p, { index: roll(9) }) : []),
  (p, roll) => tracks.renameTrack(p, { trackId: trackIds(p, roll)[0] ?? 'none', name: `Name ${roll(5)}` }),
  (p, roll) =>
    tracks.recolourTracks(p, { trackIds: trackIds(p, roll), colour: trackColours[roll(9)] ?? 'sky' }),
  (p, roll) => tracks.setTrackKind(p, { trackIds: trackIds(p, roll), kind: trackKinds[roll(10)] ?? 'keys' }),
  (p, roll) => (p.tracks.length > 5 ? tracks.deleteTracks(p, { trackIds: trackIds(p, roll) }) : []),
  (p, roll) => (p.tracks.length < 8 ? tracks.duplicateTracks(p, { trackIds: trackIds(p, roll) }) : []),
  (p, roll) => tracks.moveTracks(p, { trackIds: trackIds(p, roll), index: roll(9) }),
  (p, roll) => tracks.nudgeTracks(p, { trackIds: trackIds(p, roll), by: roll(2) ? 1 : -1 }),
  (p, roll) => {
    const [trackId = 'none', ...others] = trackIds(p, roll);
    const param = params[roll(params.length)] as StripParamId;
    return strips.setLinkedParam(p, {
      trackId,
      param,
      value: roll(200) - 100,
      trackIds: [trackId, ...others],
    });
  },
  (p, roll) => strips.toggleMute(p, { trackIds: trackIds(p, roll) }),
  (p, roll) => strips.toggleSolo(p, { trackIds: trackIds(p, roll), exclusive: roll(2) === 1 }),
  (p) => strips.clearSolo(p),
  (p, roll) =>
    clips.moveClips(p, { clipIds: clipIds(p, roll), deltaFrames: delta(roll), deltaTracks: roll(5) - 2 }),
  (p, roll) =>
    clips.duplicateClips(p, {
      clipIds: clipIds(p, roll),
      deltaFrames: delta(roll),
      deltaTracks: roll(3) - 1,
    }),
  (p, roll) => clips.duplicateClips(p, { clipIds: clipIds(p, roll) }),
  (p, roll) =>
    clips.trimClips(p, {
      clipIds: clipIds(p, roll),
      edge: roll(2) ? 'start' : 'end',
      deltaFrames: delta(roll),
    }),
  (p, roll) => clips.splitClips(p, { clipIds: clipIds(p, roll), frame: roll(12_000) }),
  (p, roll) => clips.setClipFades(p, { clipIds: clipIds(p, roll), fadeInFrames: roll(3000) }),
  (p, roll) =>
    clips.setClipFades(p, { clipIds: clipIds(p, roll), fadeOutFrames: roll(3000), fadeOutCurve: 'fast' }),
  (p, roll) => clips.changeClipGain(p, { clipIds: clipIds(p, roll), deltaDb: roll(20) - 10 }),
  (p, roll) => clips.deleteClips(p, { clipIds: clipIds(p, roll), ripple: roll(2) === 1 }),
  (p, roll) => {
    const copied = copyClips(p, { clipIds: clipIds(p, roll) });
    const trackId = trackIds(p, roll)[0];
    return copied && p.tracks.length < 8
      ? pasteClips(p, { copied: copied as ClipboardClips, frame: roll(9000), trackId })
      : [];
  },
  (p, roll) => timeline.loopClips(p, { clipIds: clipIds(p, roll) }),
  (p, roll) => timeline.addMarker(p, { startFrame: roll(9000), endFrame: roll(9000) }),
];

function run(project: Project, dice: readonly number[]): ProjectSnapshot {
  let next = 0;
  const roll = (sides: number): number => (sides > 0 ? (dice[next++ % dice.length] as number) % sides : 0);
  const command = commands[roll(commands.length)] as Command;
  project.commit('Edit', command(project.snapshot(), roll));
  return project.snapshot();
}

test('whatever is edited, the song stays sound, is read alike from scratch, and can be undone to its beginning', () => {
  fc.assert(
    fc.property(scriptArbitrary, (script) => {
      const project = aFurnishedProject();
      const first = project.snapshot();
      for (const dice of script) expectSound(run(project, dice));
      const last = project.snapshot();
      expectSame(snapshotOf(project.records()), last);
      while (project.undoLabel !== null) project.undo();
      expectSame(project.snapshot(), first);
      while (project.redoLabel !== null) project.redo();
      expectSame(project.snapshot(), last);
    }),
  );
});

test('of a clip that was laid somewhere, every frame but those of a crossfade plays alone', () => {
  const lanes = fc.array(fc.tuple(fc.nat(20_000), fc.integer({ min: 64, max: 6000 })), {
    minLength: 2,
    maxLength: 6,
  });
  fc.assert(
    fc.property(lanes, fc.nat(20_000), (places, target) => {
      const project = Project.create({ id: 'p', name: 'Song', engineVersion: '1' });
      let end = 0;
      project.commit('Fill', [
        ...tracks.addTracksFromSources(project.snapshot(), { sources: [aSource(1, { frames: 50_000 })] }),
      ]);
      const [track] = project.snapshot().tracks;
      if (!track?.clips[0]) throw new Error('no clip');
      const [original] = track.clips;
      project.commit('Lay', [
        { op: 'clip.remove', trackId: track.id, clipId: original.id },
        ...places.map(([gap, lengthFrames], place): Patch => {
          const clip = { ...original, id: `c${place}`, startFrame: end + gap, lengthFrames };
          end += gap + lengthFrames;
          return { op: 'clip.add', trackId: track.id, clip };
        }),
      ]);
      const moving = project.snapshot().tracks[0]?.clips[0];
      if (!moving) throw new Error('no clip');
      const move = { clipIds: [moving.id], deltaFrames: target - moving.startFrame };
      project.commit('Move', clips.moveClips(project.snapshot(), move));
      const lane = project.snapshot().tracks[0]?.clips ?? [];
      lane.forEach((left, place) => {
        for (const right of lane.slice(place + 1)) {
          const shared = endFrame(left) - right.startFrame;
          if (shared <= 0) continue;
          expect(left.fadeOutFrames).toBe(shared);
          expect(right.fadeInFrames).toBe(shared);
        }
      });
      expect(lane.find(({ id }) => id === moving.id)?.lengthFrames).toBe(moving.lengthFrames);
    }),
  );
});

test('each step of a drag makes the same clips', () => {
  const project = Project.create({ id: 'p', name: 'Song', engineVersion: '1' });
  project.commit('Fill', tracks.addTracksFromSources(project.snapshot(), { sources: [aSource(1)] }));
  const base = project.committed();
  const ids = base.tracks[0]?.clips.map(({ id }) => id) ?? [];
  const makers = repeatableIds();
  const seen = [60_000, 70_000, 80_000].map((deltaFrames) => {
    project.preview(clips.duplicateClips(base, { clipIds: ids, deltaFrames }, makers()));
    return project.snapshot().tracks[0]?.clips[1]?.id;
  });
  expect(new Set(seen).size).toBe(1);
  expect(project.committed()).toBe(base);
});
