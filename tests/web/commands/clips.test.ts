import { describe, expect, test } from 'vitest';
import {
  changeClipGain,
  clipIdsAt,
  deleteClips,
  duplicateClips,
  moveClips,
  renameClips,
  setClipFades,
  setClipGain,
  splitClips,
  trimClips,
} from '../../../web/src/commands/clips';
import { clipsOf, edited, lane, numberedIds, song } from './song';

describe('moving clips', () => {
  test('a selection keeps its distances and stops at the start of the song', () => {
    const project = song([
      { id: 'a', startFrame: 500 },
      { id: 'b', startFrame: 5000 },
    ]);
    const moved = edited(project, moveClips(project, { clipIds: ['b', 'a'], deltaFrames: -9000 }));
    expect(lane(moved)).toEqual(['a@0+1000', 'b@4500+1000']);
  });

  test('a selection over several tracks moves as a block and stops at the last track', () => {
    const project = song([{ id: 'a' }], [{ id: 'b' }], []);
    const moved = edited(
      project,
      moveClips(project, { clipIds: ['a', 'b'], deltaFrames: 0, deltaTracks: 5 }),
    );
    expect([lane(moved, 't1'), lane(moved, 't2'), lane(moved, 't3')]).toEqual([
      [],
      ['a@0+1000'],
      ['b@0+1000'],
    ]);
  });

  test('moving nothing, nowhere or what is gone is no change', () => {
    const project = song([{ id: 'a' }]);
    expect(moveClips(project, { clipIds: [], deltaFrames: 10 })).toEqual([]);
    expect(moveClips(project, { clipIds: ['gone'], deltaFrames: 10 })).toEqual([]);
    expect(moveClips(project, { clipIds: ['a'], deltaFrames: -10 })).toEqual([]);
  });
});

describe('trimming', () => {
  const project = song([
    {
      id: 'a',
      startFrame: 10_000,
      offsetFrames: 300,
      lengthFrames: 1000,
      fadeInFrames: 100,
      fadeOutFrames: 100,
    },
  ]);

  test('the start goes no further than the source begins, and the sound stays where it is', () => {
    const trimmed = edited(
      project,
      trimClips(project, { clipIds: ['a'], edge: 'start', deltaFrames: -5000 }),
    );
    expect(clipsOf(trimmed)[0]).toMatchObject({ startFrame: 9700, offsetFrames: 0, lengthFrames: 1300 });
  });

  test('the start goes no further than the start of the song', () => {
    const early = song([{ id: 'a', startFrame: 100, offsetFrames: 300 }]);
    const trimmed = edited(early, trimClips(early, { clipIds: ['a'], edge: 'start', deltaFrames: -5000 }));
    expect(clipsOf(trimmed)[0]).toMatchObject({ startFrame: 0, offsetFrames: 200, lengthFrames: 1100 });
  });

  test('the end goes no further than the source ends', () => {
    const trimmed = edited(
      project,
      trimClips(project, { clipIds: ['a'], edge: 'end', deltaFrames: 9_999_999 }),
    );
    expect(clipsOf(trimmed)[0]).toMatchObject({
      startFrame: 10_000,
      offsetFrames: 300,
      lengthFrames: 999_700,
    });
  });

  test('fades give way, and something always remains', () => {
    for (const edge of ['start', 'end'] as const) {
      const deltaFrames = edge === 'start' ? 9999 : -9999;
      const [clip] = clipsOf(edited(project, trimClips(project, { clipIds: ['a'], edge, deltaFrames })));
      expect(clip?.lengthFrames).toBe(64);
      expect((clip?.fadeInFrames ?? 0) + (clip?.fadeOutFrames ?? 0)).toBe(64);
    }
  });
});

describe('splitting', () => {
  test('the halves play what the whole played', () => {
    const project = song([
      { id: 'a', startFrame: 100, offsetFrames: 50, fadeInFrames: 10, fadeOutFrames: 20 },
    ]);
    const split = edited(project, splitClips(project, { clipIds: ['a'], frame: 400 }, numberedIds()));
    expect(lane(split)).toEqual(['a@100+300<10', 'n1@400+700>20']);
    expect(clipsOf(split).map(({ offsetFrames }) => offsetFrames)).toEqual([50, 350]);
  });

  test('a fade that is cut through ends at the cut', () => {
    const project = song([{ id: 'a', fadeInFrames: 500, fadeOutFrames: 500 }]);
    expect(lane(edited(project, splitClips(project, { clipIds: ['a'], frame: 200 }, numberedIds())))).toEqual(
      ['a@0+200<200', 'n1@200+800>500'],
    );
    expect(lane(edited(project, splitClips(project, { clipIds: ['a'], frame: 800 }, numberedIds())))).toEqual(
      ['a@0+800<500', 'n1@800+200>200'],
    );
  });

  test('at an edge or outside nothing is cut', () => {
    const project = song([{ id: 'a', startFrame: 100 }]);
    for (const frame of [0, 100, 1100, 2000])
      expect(splitClips(project, { clipIds: ['a'], frame })).toEqual([]);
  });

  test('the clips at the playhead are those that it would cut', () => {
    const project = song([{ id: 'a' }, { id: 'b', startFrame: 1000 }], [{ id: 'c', startFrame: 900 }]);
    expect(clipIdsAt(project, { frame: 1000 })).toEqual(['c']);
    expect(clipIdsAt(project, { frame: 950 })).toEqual(['a', 'c']);
    expect(clipIdsAt(project, { frame: 950, trackIds: ['t2'] })).toEqual(['c']);
  });
});

describe('gain, fades and names', () => {
  const project = song([
    { id: 'a', gainDb: -3, fadeInFrames: 200, fadeOutFrames: 300 },
    { id: 'b', startFrame: 2000, gainDb: 1 },
  ]);

  test('gain is set for all or moved by as much for all', () => {
    const both = { clipIds: ['a', 'b'] };
    const gains = (patches: ReturnType<typeof setClipGain>) =>
      clipsOf(edited(project, patches)).map(({ gainDb }) => gainDb);
    expect(gains(setClipGain(project, { ...both, gainDb: -6 }))).toEqual([-6, -6]);
    expect(gains(changeClipGain(project, { ...both, deltaDb: -2 }))).toEqual([-5, -1]);
    expect(gains(changeClipGain(project, { ...both, deltaDb: 99 }))).toEqual([24, 24]);
  });

  test('a fade under the hand stops where the other begins', () => {
    const faded = (fades: object) =>
      lane(edited(project, setClipFades(project, { clipIds: ['a'], ...fades })))[0];
    expect(faded({ fadeInFrames: 5000 })).toBe('a@0+1000<700>300');
    expect(faded({ fadeOutFrames: 5000 })).toBe('a@0+1000<200>800');
    expect(faded({ fadeInFrames: -5 })).toBe('a@0+1000>300');
    expect(faded({ fadeInFrames: 900, fadeOutFrames: 900 })).toBe('a@0+1000<900>100');
  });

  test('a curve is set without the fade', () => {
    const [clip] = clipsOf(edited(project, setClipFades(project, { clipIds: ['a'], fadeInCurve: 'fast' })));
    expect(clip).toMatchObject({ fadeInCurve: 'fast', fadeOutCurve: 'linear', fadeInFrames: 200 });
  });

  test('an empty name is no name', () => {
    expect(renameClips(project, { clipIds: ['a'], name: '  ' })).toEqual([]);
    expect(clipsOf(edited(project, renameClips(project, { clipIds: ['a'], name: ' Verse ' })))[0]?.name).toBe(
      'Verse',
    );
  });
});

describe('duplicating and deleting', () => {
  test('copies follow the selection as one', () => {
    const project = song([{ id: 'a', startFrame: 1000 }], [{ id: 'b', startFrame: 1500, gainDb: -3 }]);
    const doubled = edited(project, duplicateClips(project, { clipIds: ['a', 'b'] }, numberedIds()));
    expect(lane(doubled, 't1')).toEqual(['a@1000+1000', 'n1@2500+1000']);
    expect(lane(doubled, 't2')).toEqual(['b@1500+1000', 'n2@3000+1000']);
    expect(clipsOf(doubled, 't2')[1]?.gainDb).toBe(-3);
  });

  test('a copy dragged to another track lies where the hand put it', () => {
    const project = song([{ id: 'a', startFrame: 1000 }], []);
    const copied = edited(
      project,
      duplicateClips(project, { clipIds: ['a'], deltaFrames: -500, deltaTracks: 1 }, numberedIds()),
    );
    expect([lane(copied, 't1'), lane(copied, 't2')]).toEqual([['a@1000+1000'], ['n1@500+1000']]);
  });

  test('deleting leaves the gap, or closes it track by track', () => {
    const project = song(
      [{ id: 'a' }, { id: 'b', startFrame: 1000 }, { id: 'c', startFrame: 3000 }],
      [{ id: 'd', startFrame: 3000 }],
    );
    expect(lane(edited(project, deleteClips(project, { clipIds: ['b'] })))).toEqual([
      'a@0+1000',
      'c@3000+1000',
    ]);
    const rippled = edited(project, deleteClips(project, { clipIds: ['a', 'b'], ripple: true }));
    expect([lane(rippled, 't1'), lane(rippled, 't2')]).toEqual([['c@1000+1000'], ['d@3000+1000']]);
  });
});
