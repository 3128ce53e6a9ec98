import { describe, expect, test } from 'vitest';
import {
  addClipsFromSources,
  addEmptyTrack,
  addTracksFromSources,
  deleteTracks,
  duplicateTracks,
  moveTracks,
  nudgeTracks,
  recolourTracks,
  renameTrack,
  setTrackKind,
} from '../../../web/src/commands/tracks';
import type { ProjectSnapshot } from '../../../web/src/model/types';
import { aSource } from '../model/fixtures';
import { clipsOf, edited, lane, numberedIds, song } from './song';

const ids = (project: ProjectSnapshot) => project.tracks.map(({ id }) => id);
const names = (project: ProjectSnapshot) => project.tracks.map(({ name }) => name);

describe('tracks from files', () => {
  const sources = [
    aSource(10, { name: '10_LeadVox.wav', frames: 700 }),
    aSource(2, { name: '02_Bass.wav', frames: 800 }),
    aSource(1, { name: '01_Kick In.wav', frames: 900 }),
  ];

  test('one each, in the order of their file names, named, coloured and lined up', () => {
    const project = song();
    const added = edited(project, addTracksFromSources(project, { sources, frame: 480 }));
    expect(added.tracks.map(({ name, kind, colour }) => [name, kind, colour])).toEqual([
      ['Kick In', 'drums', 'coral'],
      ['Bass', 'bass', 'ochre'],
      ['Lead Vox', 'voice', 'violet'],
    ]);
    expect(
      added.tracks
        .flatMap(({ clips }) => clips)
        .map(({ startFrame, lengthFrames, name }) => [startFrame, lengthFrames, name]),
    ).toEqual([
      [480, 900, 'Kick In'],
      [480, 800, 'Bass'],
      [480, 700, 'Lead Vox'],
    ]);
    expect(Object.keys(added.sources)).toHaveLength(3);
  });

  test('at a place in the list, with names that are free', () => {
    const project = edited(song([], []), renameTrack(song([], []), { trackId: 't1', name: 'Bass' }));
    const added = edited(project, addTracksFromSources(project, { sources: sources.slice(0, 2), index: 1 }));
    expect(names(added)).toEqual(['Bass', 'Bass 2', 'Lead Vox', 'Track t2']);
  });

  test('the same file twice is one source', () => {
    const project = song();
    const twice = [aSource(5), aSource(5)];
    const added = edited(project, addTracksFromSources(project, { sources: twice }));
    expect(names(added)).toEqual(['Source 5', 'Source 6']);
    expect(Object.keys(added.sources)).toHaveLength(2);
    expect(edited(added, addTracksFromSources(added, { sources: twice })).tracks).toHaveLength(4);
  });

  test('onto a track they follow each other; where the track is gone they become tracks', () => {
    const project = song([{ id: 'a' }]);
    const dropped = addClipsFromSources(
      project,
      { sources: sources.slice(0, 2), trackId: 't1', frame: 2000 },
      numberedIds(),
    );
    expect(lane(edited(project, dropped))).toEqual(['a@0+1000', 'n1@2000+700', 'n2@2700+800']);
    const nowhere = addClipsFromSources(project, { sources, trackId: 'gone', frame: 0 });
    expect(edited(project, nowhere).tracks).toHaveLength(4);
  });
});

describe('the list of tracks', () => {
  const project = song([{ id: 'a', gainDb: -2 }], [{ id: 'b' }], [], []);

  test('an empty track has a name and a place', () => {
    expect(names(edited(project, addEmptyTrack(project)))).toEqual([
      'Track t1',
      'Track t2',
      'Track t3',
      'Track t4',
      'Track 5',
    ]);
    const added = edited(project, addEmptyTrack(project, { name: 'Vox', index: 0 }));
    expect(added.tracks[0]).toMatchObject({ name: 'Vox', kind: 'voice', colour: 'violet' });
  });

  test('renaming cleans, and an empty name is no name', () => {
    expect(names(edited(project, renameTrack(project, { trackId: 't2', name: '  Hi\n  Hat ' })))[1]).toBe(
      'Hi Hat',
    );
    expect(renameTrack(project, { trackId: 't2', name: ' ' })).toEqual([]);
    expect(renameTrack(project, { trackId: 'gone', name: 'X' })).toEqual([]);
  });

  test('colour and kind', () => {
    const coloured = edited(project, recolourTracks(project, { trackIds: ['t1', 't3'], colour: 'jade' }));
    expect(coloured.tracks.map(({ colour }) => colour)).toEqual(['jade', 'slate', 'jade', 'slate']);
    const kinds = edited(project, setTrackKind(project, { trackIds: ['t2'], kind: 'drums' }));
    expect(kinds.tracks[1]).toMatchObject({ kind: 'drums', colour: 'coral' });
  });

  test('copies come below their originals, with clips and settings of their own', () => {
    const doubled = edited(project, duplicateTracks(project, { trackIds: ['t2', 't1'] }));
    expect(names(doubled)).toEqual([
      'Track t1',
      'Track t1 2',
      'Track t2',
      'Track t2 2',
      'Track t3',
      'Track t4',
    ]);
    const [original, copy] = doubled.tracks;
    expect(copy?.clips[0]).toMatchObject({ gainDb: -2, startFrame: 0 });
    expect(copy?.clips[0]?.id).not.toBe(original?.clips[0]?.id);
    expect(copy?.params).toEqual(original?.params);
  });

  test('deleting takes the clips along', () => {
    const rest = edited(project, deleteTracks(project, { trackIds: ['t1', 't4', 'gone'] }));
    expect(ids(rest)).toEqual(['t2', 't3']);
    expect(clipsOf(rest, 't1')).toEqual([]);
  });

  test.each([
    [['t1'], 4, ['t2', 't3', 't4', 't1']],
    [['t4'], 0, ['t4', 't1', 't2', 't3']],
    [['t1', 't3'], 2, ['t2', 't1', 't3', 't4']],
    [['t3', 't1'], 4, ['t2', 't4', 't1', 't3']],
    [['t2'], 2, ['t1', 't2', 't3', 't4']],
    [['t2', 't4'], 99, ['t1', 't3', 't2', 't4']],
    [['t2'], -1, ['t2', 't1', 't3', 't4']],
  ])('%j before what is at %i gives %j', (trackIds, index, order) => {
    expect(ids(edited(project, moveTracks(project, { trackIds, index })))).toEqual(order);
  });

  test('by one place as a block, and not beyond the edges', () => {
    const nudged = (trackIds: string[], by: -1 | 1) =>
      ids(edited(project, nudgeTracks(project, { trackIds, by })));
    expect(nudged(['t2', 't3'], -1)).toEqual(['t2', 't3', 't1', 't4']);
    expect(nudged(['t2', 't3'], 1)).toEqual(['t1', 't4', 't2', 't3']);
    expect(nudged(['t1', 't2'], -1)).toEqual(['t1', 't2', 't3', 't4']);
    expect(nudged(['t4'], 1)).toEqual(['t1', 't2', 't3', 't4']);
  });
});
