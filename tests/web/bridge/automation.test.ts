import { createRoot, createSignal } from 'solid-js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createAutomation } from '../../../web/src/bridge/automation';
import { applyPatches } from '../../../web/src/model/applyPatches';
import { valueAt } from '../../../web/src/model/automation';
import type { AutomationMode, Lane, ProjectSnapshot } from '../../../web/src/model/types';
import { aFurnishedProject } from '../model/fixtures';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const control = { ownerId: 't0', kind: 'strip', targetId: null, param: 'volumeDb' } as const;

function songIn(mode: AutomationMode): ProjectSnapshot {
  const fields = { automationMode: mode };
  return applyPatches(aFurnishedProject().snapshot(), [{ op: 'track.set', trackId: 't0', fields }]);
}

function sessionOf(song: ProjectSnapshot) {
  return createRoot((dispose) => {
    const [project, setProject] = createSignal(song);
    const [playing, setPlaying] = createSignal(false);
    const steps: string[] = [];
    let frame = 0;
    const automation = createAutomation({
      project,
      playing,
      positionFrames: () => frame,
      commit(label, patches) {
        steps.push(label);
        setProject(applyPatches(project(), patches));
      },
    });
    return {
      automation,
      project,
      setPlaying,
      steps,
      dispose,
      at(next: number) {
        frame = next;
        vi.advanceTimersByTime(30);
      },
    };
  });
}

const laneIn = (song: ProjectSnapshot): Lane => song.tracks[0]?.lanes[0] as Lane;

test('nothing is written while the song stands still, nor where automation is only read', () => {
  const still = sessionOf(songIn('touch'));
  expect(still.automation.touch(control)).toBeNull();
  const read = sessionOf(songIn('read'));
  read.setPlaying(true);
  expect(read.automation.touch(control)).toBeNull();
  still.dispose();
  read.dispose();
});

test('touch writes while the hand is on the control, as one step', () => {
  const session = sessionOf(songIn('touch'));
  session.setPlaying(true);
  session.at(10_000);
  const touch = session.automation.touch(control);
  touch?.set(-12);
  session.at(30_000);
  expect(session.automation.valueNow(control)).toBe(-12);
  expect(session.automation.hands()).toEqual([{ control, value: -12 }]);
  touch?.release();
  expect(session.automation.writing()).toBe(false);
  const lane = laneIn(session.project());
  expect([9_000, 10_000, 20_000, 30_000, 31_000].map((frame) => valueAt(lane, frame))).toEqual([
    0, -12, -12, -12, 0,
  ]);
  expect(session.steps).toEqual(['Write automation']);
  session.dispose();
});

test('latch holds the value until the song stops', () => {
  const session = sessionOf(songIn('latch'));
  session.setPlaying(true);
  session.at(1_000);
  const touch = session.automation.touch(control);
  touch?.set(-6);
  touch?.release();
  expect(session.automation.valueNow(control)).toBe(-6);
  session.at(80_000);
  expect(session.steps).toEqual([]);
  session.setPlaying(false);
  expect(valueAt(laneIn(session.project()), 80_000)).toBe(-6);
  expect(session.automation.valueNow(control)).toBe(-6);
  session.dispose();
});

test('a loop that wraps goes on from its start', () => {
  const looped = applyPatches(songIn('latch'), [
    { op: 'project.set', fields: { loop: { on: true, startFrame: 10_000, endFrame: 50_000 } } },
  ]);
  const session = sessionOf(looped);
  session.setPlaying(true);
  session.at(40_000);
  const touch = session.automation.touch(control);
  touch?.set(-6);
  session.at(48_000);
  session.at(12_000);
  touch?.set(-20);
  session.at(20_000);
  session.setPlaying(false);
  const lane = laneIn(session.project());
  expect([15_000, 45_000, 49_000].map((frame) => valueAt(lane, frame))).toEqual([-20, -6, -6]);
  expect(session.steps).toHaveLength(1);
  session.dispose();
});

test('a touch that is called off writes nothing', () => {
  const session = sessionOf(songIn('touch'));
  const before = session.project();
  session.setPlaying(true);
  session.at(10_000);
  const touch = session.automation.touch(control);
  touch?.set(-12);
  session.at(30_000);
  touch?.cancel();
  expect(session.automation.writing()).toBe(false);
  session.setPlaying(false);
  expect(session.project()).toBe(before);
  session.dispose();
});

test('a second touch that is called off in latch leaves what the first has latched', () => {
  const session = sessionOf(songIn('latch'));
  session.setPlaying(true);
  session.at(1_000);
  const first = session.automation.touch(control);
  first?.set(-6);
  first?.release();
  session.at(20_000);
  const second = session.automation.touch(control);
  second?.set(-30);
  session.at(40_000);
  second?.cancel();
  expect(session.automation.valueNow(control)).toBe(-6);
  session.at(60_000);
  session.setPlaying(false);
  const lane = laneIn(session.project());
  expect([10_000, 30_000, 60_000].map((frame) => valueAt(lane, frame))).toEqual([-6, -6, -6]);
  session.dispose();
});

test('write overwrites each lane from where the song begins to play', () => {
  const drawn = { frame: 20_000, value: -20, shape: 'linear', bend: 0 } as const;
  const song = applyPatches(songIn('write'), [
    {
      op: 'lane.add',
      ownerId: 't0',
      lane: { id: 'l', kind: 'strip', targetId: null, param: 'volumeDb', timebase: 'time', points: [drawn] },
    },
  ]);
  const session = sessionOf(song);
  session.at(10_000);
  session.setPlaying(true);
  session.at(30_000);
  expect(session.automation.writtenSoFar(control)).toEqual([
    { samples: [{ frame: 10_000, value: 0 }], toFrame: 30_000 },
  ]);
  session.setPlaying(false);
  const lane = laneIn(session.project());
  expect([10_000, 20_000, 30_000, 31_000].map((frame) => valueAt(lane, frame))).toEqual([0, 0, 0, -20]);
  expect(session.automation.writtenSoFar(control)).toEqual([]);
  session.dispose();
});
