import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  framesPerBar,
  musicalPosition,
  nextLine,
  snapDelta,
  snapFrame,
} from '../../../web/src/commands/snap';
import {
  addMarker,
  deleteMarkers,
  loopClips,
  loopMarker,
  renameMarker,
  renameProject,
  setLoop,
  setMarkerRange,
  setTempo,
  toggleLoop,
} from '../../../web/src/commands/timeline';
import { edited, numberedIds, song } from './song';

describe('the loop', () => {
  const project = song([{ id: 'a', startFrame: 100 }], [{ id: 'b', startFrame: 3000 }]);

  test('is drawn from either side and switched', () => {
    const drawn = edited(project, setLoop(project, { startFrame: 900, endFrame: 300 }));
    expect(drawn.loop).toEqual({ on: true, startFrame: 300, endFrame: 900 });
    expect(edited(drawn, toggleLoop(drawn)).loop).toEqual({ on: false, startFrame: 300, endFrame: 900 });
    expect(edited(project, setLoop(project, { startFrame: 5, endFrame: 5 })).loop.on).toBe(false);
  });

  test('without a range is the song; without a song there is none', () => {
    expect(edited(project, toggleLoop(project)).loop).toEqual({ on: true, startFrame: 0, endFrame: 4000 });
    expect(toggleLoop(song([]))).toEqual([]);
  });

  test('loops the selection, and a second time no longer', () => {
    const looped = edited(project, loopClips(project, { clipIds: ['a', 'b'] }));
    expect(looped.loop).toEqual({ on: true, startFrame: 100, endFrame: 4000 });
    expect(edited(looped, loopClips(looped, { clipIds: ['a', 'b'] })).loop.on).toBe(false);
    expect(edited(looped, loopClips(looped, { clipIds: ['a'] })).loop).toEqual({
      on: true,
      startFrame: 100,
      endFrame: 1100,
    });
    expect(edited(looped, loopClips(looped, { clipIds: [] })).loop.on).toBe(false);
  });
});

test('markers', () => {
  const empty = song([]);
  const one = edited(
    empty,
    addMarker(empty, { startFrame: 500, endFrame: 900, name: 'Verse' }, numberedIds()),
  );
  const two = edited(
    one,
    addMarker(one, { startFrame: 100, name: 'Verse' }, () => 'm2'),
  );
  expect(two.markers).toEqual([
    { id: 'm2', name: 'Verse 2', startFrame: 100, endFrame: 100 },
    { id: 'n1', name: 'Verse', startFrame: 500, endFrame: 900 },
  ]);
  expect(edited(two, loopMarker(two, { markerId: 'n1' })).loop).toEqual({
    on: true,
    startFrame: 500,
    endFrame: 900,
  });
  expect(loopMarker(two, { markerId: 'm2' })).toEqual([]);
  expect(
    edited(two, setMarkerRange(two, { markerId: 'm2', startFrame: 50, endFrame: 20 })).markers[0],
  ).toMatchObject({
    startFrame: 20,
    endFrame: 50,
  });
  expect(edited(two, renameMarker(two, { markerId: 'm2', name: 'Chorus' })).markers[0]?.name).toBe('Chorus');
  expect(renameMarker(two, { markerId: 'm2', name: '' })).toEqual([]);
  expect(edited(two, deleteMarkers(two, { markerIds: ['m2', 'gone'] })).markers).toHaveLength(1);
});

test('tempo and name', () => {
  const project = song([]);
  expect(edited(project, setTempo(project, { bpm: 93.5 })).tempo).toEqual({
    bpm: 93.5,
    beatsPerBar: 4,
    beatUnit: 4,
  });
  expect(edited(project, setTempo(project, { bpm: 1e9, beatsPerBar: 0, beatUnit: 5 })).tempo).toEqual({
    bpm: 400,
    beatsPerBar: 1,
    beatUnit: 4,
  });
  expect(edited(project, renameProject(project, { name: ' Night Ferry ' })).name).toBe('Night Ferry');
  expect(renameProject(project, { name: '' })).toEqual([]);
});

describe('the grid', () => {
  const grid = song([]);

  test('at 120 bpm and 48 kHz a beat is half a second', () => {
    expect(framesPerBar(grid)).toBe(96_000);
    expect(snapFrame(grid, 35_999, 'beat')).toBe(24_000);
    expect(snapFrame(grid, 36_001, 'beat')).toBe(48_000);
    expect(snapFrame(grid, 36_001, 'bar')).toBe(0);
    expect(snapFrame(grid, 36_000.7, 'off')).toBe(36_001);
    expect(snapFrame(grid, -5000, 'bar')).toBe(0);
    expect(snapDelta(grid, 1000, 23_500, 'beat')).toBe(23_000);
    expect(nextLine(grid, 1, 'bar')).toBe(96_000);
    expect(nextLine(grid, 96_000, 'bar')).toBe(96_000);
  });

  test.each([
    [0, '1|1|1'],
    [23_999, '1|1|4'],
    [24_000, '1|2|1'],
    [96_000, '2|1|1'],
    [96_000 * 16 + 24_000 * 2 + 6_000, '17|3|2'],
  ])('frame %i is %s', (frame, position) => {
    const { bar, beat, quarter } = musicalPosition(grid, frame);
    expect(`${bar}|${beat}|${quarter}`).toBe(position);
  });

  test('snapping twice is snapping once, lines stand where the clock turns over, at any tempo', () => {
    fc.assert(
      fc.property(fc.double({ min: 20, max: 400, noNaN: true }), fc.nat(50_000_000), (bpm, frame) => {
        const odd = { ...grid, tempo: { ...grid.tempo, bpm } };
        const line = snapFrame(odd, frame, 'bar');
        expect(snapFrame(odd, line, 'bar')).toBe(line);
        expect(musicalPosition(odd, line)).toMatchObject({ beat: 1, quarter: 1 });
        expect(nextLine(odd, line, 'bar')).toBe(line);
      }),
    );
  });
});
