import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { framesPerBar, framesPerBeat } from '../../../web/src/commands/snap';
import { nudgeFrames, rulerTicks } from '../../../web/src/view/tracks/grid';
import {
  distanceText,
  durationText,
  parseDuration,
  parsePlace,
  placeText,
} from '../../../web/src/view/tracks/readout';
import { snapEdge } from '../../../web/src/view/tracks/snapTargets';
import { fakeProject } from '../../support/fakeSong';

const project = fakeProject();
const bar = framesPerBar(project);
const beat = framesPerBeat(project);

describe('ruler', () => {
  it('counts every fourth bar with a line a bar, as in the picture of the fitted song', () => {
    const framesPerPx = (32.75 * bar) / 1036;
    const ticks = rulerTicks({ startFrame: 0, endFrame: 32.75 * bar, framesPerPx }, 'bars', project);
    expect(ticks.filter((tick) => tick.level === 0).map((tick) => tick.label)).toEqual([
      '1',
      '5',
      '9',
      '13',
      '17',
      '21',
      '25',
      '29',
      '33',
    ]);
    expect(ticks[1]?.frame).toBeCloseTo(bar, 6);
  });

  it('counts beats and parts of beats from close by', () => {
    const close = rulerTicks(
      { startFrame: bar, endFrame: 2 * bar, framesPerPx: beat / 100 },
      'bars',
      project,
    );
    expect(close.filter((tick) => tick.level === 0).map((tick) => tick.label)).toEqual([
      '2',
      '2.2',
      '2.3',
      '2.4',
      '3',
    ]);
  });

  it('counts minutes and seconds', () => {
    const ticks = rulerTicks(
      { startFrame: 0, endFrame: 48000 * 90, framesPerPx: 48000 / 10 },
      'time',
      project,
    );
    expect(ticks.filter((tick) => tick.label !== '').map((tick) => tick.label)).toEqual([
      '0:00',
      '0:10',
      '0:20',
      '0:30',
      '0:40',
      '0:50',
      '1:00',
      '1:10',
      '1:20',
      '1:30',
    ]);
    const fine = rulerTicks({ startFrame: 0, endFrame: 9600, framesPerPx: 24 }, 'time', project);
    expect(fine.filter((tick) => tick.label !== '').map((tick) => tick.label)).toContain('0:00.05');
  });

  it('neither crowds labels nor draws more lines than pixels, at any zoom', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -5, max: 16, noNaN: true }),
        fc.constantFrom('bars' as const, 'time' as const),
        fc.integer({ min: 0, max: 48000 * 3000 }),
        (power, unit, startFrame) => {
          const framesPerPx = 2 ** power;
          const endFrame = startFrame + 1200 * framesPerPx;
          const ticks = rulerTicks({ startFrame, endFrame, framesPerPx }, unit, project);
          expect(ticks.length).toBeLessThan(160);
          const labels = ticks.filter((tick) => tick.level === 0);
          for (let i = 1; i < labels.length; i++) {
            const gap = (labels[i]?.frame ?? 0) - (labels[i - 1]?.frame ?? 0);
            expect(gap / framesPerPx).toBeGreaterThan(60);
          }
        },
      ),
    );
  });
});

describe('places and lengths', () => {
  it('are written and read', () => {
    expect(placeText(16 * bar + 2 * beat, project)).toBe('17 | 3 | 1');
    expect(parsePlace('17', project)).toBe(16 * bar);
    expect(parsePlace('17.3', project)).toBe(16 * bar + 2 * beat);
    expect(parsePlace('17 | 3 | 1'.replaceAll(' | ', '.'), project)).toBeNull();
    expect(parsePlace('bar 5', project)).toBe(4 * bar);
    expect(parsePlace('1:30', project)).toBe(48000 * 90);
    expect(parsePlace('0:01:30.5', project)).toBe(48000 * 90.5);
    expect(parsePlace('12 s', project)).toBe(48000 * 12);
    expect(parsePlace('0', project)).toBeNull();
    expect(parsePlace('soon', project)).toBeNull();
    expect(durationText(480, 48000)).toBe('10.0 ms');
    expect(durationText(60000, 48000)).toBe('1.250 s');
    expect(parseDuration('10', 48000)).toBe(480);
    expect(parseDuration('1.25 s', 48000)).toBe(60000);
    expect(parseDuration('-1', 48000)).toBeNull();
  });

  it('are told in the largest unit that fits', () => {
    expect(distanceText(-8 * bar, project)).toBe('\u22128 bars');
    expect(distanceText(bar, project)).toBe('+1 bar');
    expect(distanceText(2 * beat, project)).toBe('+2 beats');
    expect(distanceText(600, project)).toBe('+12.5 ms');
    expect(distanceText(0, project)).toBe('0.0 ms');
  });

  it('are nudged by a step of the grid', () => {
    expect(nudgeFrames(project, 'bar', false)).toBe(bar);
    expect(nudgeFrames(project, 'beat', false)).toBe(beat);
    expect(nudgeFrames(project, 'off', false)).toBe(480);
    expect(nudgeFrames(project, 'beat', true)).toBe(48);
  });
});

describe('a moving edge', () => {
  const targets = [{ frame: 4 * bar + 1000, name: 'with Lead' }];
  const snap = { targets, grid: project, mode: 'bar' as const, reachFrames: 3000 };

  it('lands on the grid', () => {
    expect(snapEdge(2.4 * bar, snap)).toEqual({ frame: 2 * bar, target: null });
  });

  it('catches on another clip that is nearer than the grid', () => {
    expect(snapEdge(4 * bar + 1400, snap)).toEqual({ frame: 4 * bar + 1000, target: targets[0] });
    expect(snapEdge(4 * bar + 200, snap)).toEqual({ frame: 4 * bar, target: null });
  });

  it('goes anywhere when the grid is off, but not before the start', () => {
    expect(snapEdge(4 * bar + 1001.4, { ...snap, mode: 'off' })).toEqual({
      frame: 4 * bar + 1001,
      target: null,
    });
    expect(snapEdge(-500, snap).frame).toBe(0);
    expect(snapEdge(-500, { ...snap, mode: 'off' }).frame).toBe(0);
  });
});
