import { createRoot } from 'solid-js';
import { describe, expect, it } from 'vitest';
import type { AutomationTouch, Control } from '../../../../web/src/bridge/automationTypes';
import type { Studio } from '../../../../web/src/bridge/studioTypes';
import { setUpMastering } from '../../../../web/src/commands/mastering';
import { applyPatches } from '../../../../web/src/model/applyPatches';
import { type AutomationMode, masteringId, type Track } from '../../../../web/src/model/types';
import { deviceAt, type PlacedDevice } from '../../../../web/src/view/devices/chain';
import { createDeviceControls } from '../../../../web/src/view/devices/deviceHands';
import { selectTracks } from '../../../../web/src/view/state/selection';
import { takeWritten } from '../../../../web/src/view/tracks/automation/hands';
import { createTrackControls, toggleMute } from '../../../../web/src/view/tracks/trackActions';
import { fakeProject } from '../../../support/fakeSong';
import { createFakeStudio } from '../../../support/fakeStudio';

/** Kick with a lane that holds its volume at -20 dB; what a touch is told goes to `log`. */
function studioWithLane(mode: AutomationMode, playing = false) {
  const studio = createFakeStudio({ positionFrames: 100 });
  studio.doc.commit('Lane', [
    {
      op: 'lane.add',
      ownerId: 'kick',
      lane: {
        id: 'lane',
        kind: 'strip',
        targetId: null,
        param: 'volumeDb',
        timebase: 'time',
        points: [{ frame: 0, value: -20, shape: 'linear', bend: 0 }],
      },
    },
    { op: 'track.set', trackId: 'kick', fields: { automationMode: mode } },
  ]);
  const log: string[] = [];
  const touch = ({ ownerId, param }: Control): AutomationTouch | null =>
    playing && ownerId === 'kick'
      ? {
          set: (value) => void log.push(`${param} ${value}`),
          release: () => void log.push(`${param} free`),
          cancel: () => void log.push(`${param} off`),
        }
      : null;
  const automation: Studio['automation'] = { ...studio.automation, touch };
  const track = () => studio.project().tracks.find(({ id }) => id === 'kick') as Track;
  const steps = () => studio.doc.steps.slice(1);
  return { studio: { ...studio, doc: studio.doc, automation }, track, steps, log };
}

const inRoot = (test: () => void): void =>
  createRoot((dispose) => {
    selectTracks([]);
    test();
    dispose();
  });

describe('a hand on a control that a lane moves', () => {
  it('shows the hand, then goes back to the lane that is read', () =>
    inRoot(() => {
      const { studio, track, steps } = studioWithLane('read');
      const fader = createTrackControls(studio, track).control('volumeDb', 'Volume');
      fader.onPreview(-3);
      fader.onCommit(-3);
      expect(track().params.volumeDb).toBe(-4.2);
      expect(steps()).toEqual([]);
      expect(studio.messages.list().at(-1)?.text).toContain('Volume follows its lane');
    }));

  it('edits where automation is off', () =>
    inRoot(() => {
      const { studio, track, steps } = studioWithLane('off');
      createTrackControls(studio, track).control('volumeDb', 'Volume').onCommit(-3);
      expect(track().params.volumeDb).toBe(-3);
      expect(steps()).toEqual(['Volume']);
    }));

  it('writes while it plays, lets go at the end, and edits nothing', () =>
    inRoot(() => {
      takeWritten();
      const { studio, track, steps, log } = studioWithLane('touch', true);
      const fader = createTrackControls(studio, track).control('volumeDb', 'Volume');
      fader.onPreview(-18);
      fader.onPreview(-12);
      fader.onCommit(-12);
      expect(log).toEqual(['volumeDb -18', 'volumeDb -12', 'volumeDb -12', 'volumeDb free']);
      expect(track().params.volumeDb).toBe(-4.2);
      expect(steps()).toEqual([]);
      expect(takeWritten().map(({ ownerId, param }) => [ownerId, param])).toEqual([['kick', 'volumeDb']]);
    }));

  it('takes selected tracks along from where they are heard, each in its own way', () =>
    inRoot(() => {
      const { studio, track, steps, log } = studioWithLane('touch', true);
      selectTracks(['kick', 'snare']);
      const fader = createTrackControls(studio, track).control('volumeDb', 'Volume');
      fader.onCommit(-17);
      expect(log).toEqual(['volumeDb -17', 'volumeDb free']);
      const snare = studio.project().tracks.find(({ id }) => id === 'snare');
      expect(snare?.params.volumeDb).toBeCloseTo(-6.8 + 3, 9);
      expect(steps()).toEqual(['Volume']);
    }));

  it('writes a mute', () =>
    inRoot(() => {
      const { studio, track, log } = studioWithLane('latch', true);
      toggleMute(studio, ['kick']);
      expect(log).toEqual(['mute 1', 'mute free']);
      expect(track().params.mute).toBe(0);
    }));
});

describe('a value of the mastering chain that a lane moves', () => {
  it('stays with it, and the hand is told where it can be changed', () =>
    inRoot(() => {
      const base = fakeProject();
      const chained = applyPatches(base, setUpMastering(base));
      const insertId = chained.mastering.inserts.find(({ device }) => device === 'limiter')?.id ?? '';
      const points = [0, 200].map((frame) => ({
        frame,
        value: frame / 50,
        shape: 'linear' as const,
        bend: 0,
      }));
      const of = { kind: 'insert', targetId: insertId, param: 'inputGainDb', timebase: 'time' } as const;
      const project = applyPatches(chained, [
        { op: 'lane.add', ownerId: masteringId, lane: { id: 'lane', ...of, points } },
      ]);
      const studio = createFakeStudio({ project, positionFrames: 100 });
      const device = deviceAt(studio.project(), masteringId, insertId) as PlacedDevice;
      createDeviceControls(studio, () => device).write.commit('Limiter input', { inputGainDb: 6 });
      expect(studio.doc.steps).toEqual([]);
      expect(studio.messages.list().at(-1)?.text).toContain('Arrange room');
    }));
});
