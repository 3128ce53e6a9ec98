import { describe, expect, it } from 'vitest';
import type { Clip } from '../../../web/src/model/types';
import { clipBox, clipPartAt, clipsInArea, hitClip } from '../../../web/src/view/tracks/hitTest';
import { gapAt, layoutRows, rowAt } from '../../../web/src/view/tracks/rows';
import { fakeProject, fakeTrack } from '../../support/fakeSong';

const view = { scrollFrame: 0, framesPerPx: 100 };
const heights = { lane: 40, selected: 56, automation: 50 };

const clip = (id: string, startFrame: number, lengthFrames: number, fields: Partial<Clip> = {}): Clip => ({
  id,
  sourceId: 's',
  name: id,
  startFrame,
  offsetFrames: 0,
  lengthFrames,
  gainDb: 0,
  fadeInFrames: 0,
  fadeOutFrames: 0,
  fadeInCurve: 'linear',
  fadeOutCurve: 'linear',
  ...fields,
});

const project = fakeProject([
  fakeTrack('A', { clips: [clip('a1', 0, 20000), clip('a2', 18000, 10000)] }),
  fakeTrack('B', { clips: [clip('b1', 10000, 20000)] }),
  fakeTrack('C'),
]);
const rows = layoutRows(['a', 'b', 'c'], 'b', heights);

describe('rows', () => {
  it('lie one below the other, the selected one taller', () => {
    expect(rows.rows.map(({ top, height }) => [top, height])).toEqual([
      [0, 40],
      [40, 56],
      [96, 40],
    ]);
    expect(rows.height).toBe(136);
  });

  it('are found by height', () => {
    expect([-1, 0, 39, 40, 95, 96, 135, 136].map((y) => rowAt(rows, y)?.trackId)).toEqual([
      undefined,
      'a',
      'a',
      'b',
      'b',
      'c',
      'c',
      undefined,
    ]);
    expect(rowAt(layoutRows([], null, heights), 0)).toBeUndefined();
  });

  it('are dropped between where the middle is nearest', () => {
    expect([-20, 10, 30, 60, 90, 120, 999].map((y) => gapAt(rows, y))).toEqual([0, 0, 1, 1, 2, 3, 3]);
  });
});

describe('the parts of a clip', () => {
  const plain = clip('plain', 0, 20000);
  const box = clipBox(plain, { top: 0, height: 40 }, view);
  const at = (x: number, y: number, of: Clip = plain) => clipPartAt(of, box, view, x, y);

  it('has its box inside the lane', () => {
    expect(box).toEqual({ left: 0, right: 200, top: 2, height: 35 });
  });

  it('fades at the upper corners, trims at the lower edges, turns up at the top, moves in the middle', () => {
    expect(at(2, 4)).toBe('fadeIn');
    expect(at(198, 4)).toBe('fadeOut');
    expect(at(2, 30)).toBe('trimStart');
    expect(at(198, 30)).toBe('trimEnd');
    expect(at(100, 4)).toBe('gain');
    expect(at(100, 25)).toBe('body');
    expect(at(40, 6)).toBe('body');
  });

  it('takes a fade at its end', () => {
    const faded = clip('faded', 0, 20000, { fadeInFrames: 5000, fadeOutFrames: 3000 });
    expect(at(50, 4, faded)).toBe('fadeIn');
    expect(at(170, 4, faded)).toBe('fadeOut');
    expect(at(50, 25, faded)).toBe('body');
  });

  it('can be moved when it is very narrow', () => {
    const narrow = clip('narrow', 0, 1200);
    const narrowBox = clipBox(narrow, { top: 0, height: 40 }, view);
    expect(clipPartAt(narrow, narrowBox, view, 6, 4)).toBe('body');
    expect(clipPartAt(narrow, narrowBox, view, 1, 4)).toBe('trimStart');
  });
});

describe('the clip under a point', () => {
  const hit = (x: number, y: number, selected: readonly string[] = []) =>
    hitClip({ project, rows, view, isSelected: (id) => selected.includes(id) }, x, y)?.clip.id ?? null;

  it('is the later one of two that overlap, unless the other is selected', () => {
    expect(hit(190, 20)).toBe('a2');
    expect(hit(190, 20, ['a1'])).toBe('a1');
    expect(hit(100, 20)).toBe('a1');
  });

  it('is none beside the clips', () => {
    expect(hit(290, 20)).toBeNull();
    expect(hit(50, 60)).toBeNull();
    expect(hit(50, 200)).toBeNull();
  });

  it('follows zoom and scroll', () => {
    const far = { scrollFrame: 9000, framesPerPx: 10 };
    const found = hitClip({ project, rows, view: far, isSelected: () => false }, 150, 60);
    expect(found?.clip.id).toBe('b1');
  });

  it('is all that a band touches', () => {
    const area = { left: 150, right: 185, top: 10, bottom: 60 };
    expect(clipsInArea(project, rows, view, area)).toEqual(['a1', 'a2', 'b1']);
    expect(clipsInArea(project, rows, view, { ...area, top: 50 })).toEqual(['b1']);
  });
});
