import { describe, expect, test } from 'vitest';
import { deleteClips, duplicateClips, moveClips, trimClips } from '../../../web/src/commands/clips';
import { addClipsFromSources } from '../../../web/src/commands/tracks';
import type { ProjectSnapshot } from '../../../web/src/model/types';
import { aSource } from '../model/fixtures';
import { clipsOf, edited, lane, numberedIds, song } from './song';

const move = (project: ProjectSnapshot, clipIds: string[], deltaFrames: number, deltaTracks = 0) =>
  edited(project, moveClips(project, { clipIds, deltaFrames, deltaTracks }, numberedIds()));

describe('overlap makes a crossfade at once', () => {
  const apart = song([{ id: 'a' }, { id: 'b', startFrame: 2000 }]);

  test('from the right, from the left, with curves of equal power', () => {
    const fromRight = move(apart, ['b'], -1200);
    expect(lane(fromRight)).toEqual(['a@0+1000>200', 'b@800+1000<200']);
    expect(clipsOf(fromRight)[0]?.fadeOutCurve).toBe('equalPower');
    expect(clipsOf(fromRight)[1]?.fadeInCurve).toBe('equalPower');
    expect(lane(move(apart, ['a'], 1300))).toEqual(['a@1300+1000>300', 'b@2000+1000<300']);
  });

  test('the crossfade follows the overlap and ends with it', () => {
    const crossed = move(apart, ['b'], -1200);
    expect(lane(move(crossed, ['b'], 100))).toEqual(['a@0+1000>100', 'b@900+1000<100']);
    expect(lane(move(crossed, ['a'], 200))).toEqual(['a@200+1000>400', 'b@800+1000<400']);
    expect(lane(move(crossed, ['b'], 5000))).toEqual(['a@0+1000', 'b@5800+1000']);
    expect(lane(edited(crossed, deleteClips(crossed, { clipIds: ['b'] })))).toEqual(['a@0+1000']);
    expect(
      lane(edited(crossed, trimClips(crossed, { clipIds: ['a'], edge: 'end', deltaFrames: -50 }))),
    ).toEqual(['a@0+950>150', 'b@800+1000<150']);
  });

  test('clips that move together keep their crossfade, its curves too', () => {
    const crossed = song([
      { id: 'a', fadeOutFrames: 200, fadeOutCurve: 'sCurve' },
      { id: 'b', startFrame: 800, fadeInFrames: 200, fadeInCurve: 'slow' },
    ]);
    const moved = move(crossed, ['a', 'b'], 700);
    expect(lane(moved)).toEqual(['a@700+1000>200', 'b@1500+1000<200']);
    expect(clipsOf(moved)[0]?.fadeOutCurve).toBe('sCurve');
    expect(clipsOf(moved)[1]?.fadeInCurve).toBe('slow');
  });

  test('clips that lie over each other without a crossfade keep it so when they move together', () => {
    const stacked = song([{ id: 'a' }, { id: 'b', startFrame: 800 }]);
    expect(lane(move(stacked, ['a', 'b'], 700))).toEqual(['a@700+1000', 'b@1500+1000']);
  });

  test('a fade of the hand that does not meet the other clip stays', () => {
    const faded = song([
      { id: 'a', fadeOutFrames: 77 },
      { id: 'b', startFrame: 2000 },
    ]);
    expect(lane(move(faded, ['b'], 500))).toEqual(['a@0+1000>77', 'b@2500+1000']);
  });
});

describe('a clip laid over others', () => {
  test('takes away what it covers', () => {
    const project = song([{ id: 'a', startFrame: 5000, lengthFrames: 300 }], [{ id: 'top' }]);
    expect(lane(move(project, ['top'], 4500, -1))).toEqual(['top@4500+1000']);
  });

  test('cuts its hole into what surrounds it, with a short crossfade at each cut', () => {
    const project = song([{ id: 'a', lengthFrames: 10_000 }], [{ id: 'top' }]);
    const laid = move(project, ['top'], 4000, -1);
    expect(lane(laid)).toEqual(['a@0+4240>240', 'top@4000+1000<240>240', 'n1@4760+5240<240']);
    expect(clipsOf(laid)[2]?.offsetFrames).toBe(4760);
  });

  test('at the start or end of the other leaves the rest of it', () => {
    const project = song([{ id: 'a', startFrame: 3000, lengthFrames: 5000 }], [{ id: 'top' }]);
    expect(lane(move(project, ['top'], 3000, -1))).toEqual(['top@3000+1000>240', 'a@3760+4240<240']);
    expect(lane(move(project, ['top'], 7000, -1))).toEqual(['a@3000+4240>240', 'top@7000+1000<240']);
  });

  test('between two neighbours crossfades with both', () => {
    const project = song([{ id: 'a' }, { id: 'c', startFrame: 1500 }], [{ id: 'b' }]);
    expect(lane(move(project, ['b'], 800, -1))).toEqual([
      'a@0+1000>200',
      'b@800+1000<200>300',
      'c@1500+1000<300',
    ]);
  });

  test('the original stays whole while the copy passes over: every step starts from the same snapshot', () => {
    const project = song([{ id: 'a', lengthFrames: 10_000 }], [{ id: 'top' }]);
    move(project, ['top'], 4000, -1);
    expect(lane(move(project, ['top'], 20_000, -1))).toEqual(['a@0+10000', 'top@20000+1000']);
  });
});

test('copies and dropped files crossfade like moved clips', () => {
  const project = song([{ id: 'a' }, { id: 'b', startFrame: 1500 }]);
  expect(lane(edited(project, duplicateClips(project, { clipIds: ['a'] }, numberedIds())))).toEqual([
    'a@0+1000',
    'n1@1000+1000>500',
    'b@1500+1000<500',
  ]);
  const source = aSource(2, { frames: 700 });
  const dropped = addClipsFromSources(
    project,
    { sources: [source], trackId: 't1', frame: 900 },
    numberedIds(),
  );
  expect(lane(edited(project, dropped))).toEqual(['a@0+1000>100', 'n1@900+700<100>100', 'b@1500+1000<100']);
});
