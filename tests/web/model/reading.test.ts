import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { documentOf, emptyRecords, Project } from '../../../web/src/model/project';
import type { ProjectRecords } from '../../../web/src/model/records';
import { snapshotOf } from '../../../web/src/model/snapshotBuilder';
import { sourceId } from './fixtures';
import { expectSound } from './invariants';

const empty = emptyRecords({ id: 'p', name: 'Song', engineVersion: '1' });
const source = {
  name: 'A.wav',
  ext: 'wav',
  channels: 2,
  frames: 1000,
  originalSampleRateHz: 48_000,
  originalFrames: 1000,
  format: 'WAV',
  bytes: 1,
  truncated: false,
};
const song: ProjectRecords = {
  ...empty,
  tracks: { a: { name: 'A', order: 'a1' }, b: { name: 'B', order: 'a0' } },
  sources: { [sourceId(1)]: source },
  clips: { x: { trackId: 'a', sourceId: sourceId(1), name: 'X', startFrame: 5, lengthFrames: 100 } },
};

describe('reading mends what merging or accidents left', () => {
  test('fields that were left out have their defaults', () => {
    const [b, a] = snapshotOf(song).tracks;
    expect([a?.name, b?.name]).toEqual(['A', 'B']);
    expect(a).toMatchObject({ colour: 'slate', kind: 'other', params: { volumeDb: 0, pan: 0, mute: 0 } });
    expect(a?.clips[0]).toMatchObject({ offsetFrames: 0, gainDb: 0, fadeInCurve: 'linear' });
  });

  test('clips whose track or source is not there are not seen', () => {
    const orphans = {
      ...song,
      clips: {
        ...song.clips,
        y: { trackId: 'gone', sourceId: sourceId(1), startFrame: 0, lengthFrames: 9 },
        z: { trackId: 'a', sourceId: sourceId(2), startFrame: 0, lengthFrames: 9 },
      },
    };
    expect(snapshotOf(orphans)).toEqual(snapshotOf(song));
  });

  test('a clip comes back with its source or its track', () => {
    const project = new Project(documentOf({ ...song, sources: {} }));
    expect(project.snapshot().tracks[1]?.clips).toEqual([]);
    project.doc.getMap('sources').set(sourceId(1), source);
    expect(project.snapshot().tracks[1]?.clips).toHaveLength(1);
    project.doc.getMap('tracks').delete('a');
    expect(project.snapshot().tracks).toHaveLength(1);
    const track = new Y.Map<unknown>();
    project.doc.transact(() => {
      project.doc.getMap('tracks').set('a', track);
      track.set('order', 'a5');
    });
    expect(project.snapshot().tracks[1]).toMatchObject({ id: 'a', name: 'Track', clips: [{ id: 'x' }] });
  });

  test('tracks with the same place stand in the order of their ids, and the next move parts them', () => {
    const doubled = { ...empty, tracks: { c: { order: 'a0' }, a: { order: 'a0' }, b: { order: '!' } } };
    const project = new Project(documentOf(doubled));
    const ids = () => project.snapshot().tracks.map(({ id }) => id);
    expect(ids()).toEqual(['b', 'a', 'c']);
    project.commit('Move', [{ op: 'track.move', trackId: 'c', index: 1 }]);
    expect(ids()).toEqual(['b', 'c', 'a']);
    expect(snapshotOf(project.records()).tracks.map(({ id }) => id)).toEqual(['b', 'c', 'a']);
  });

  test('fades that two people lengthened give way to each other', () => {
    const both = { ...song.clips.x, fadeInFrames: 80, fadeOutFrames: 80 };
    expect(snapshotOf({ ...song, clips: { x: both } }).tracks[1]?.clips[0]).toMatchObject({
      fadeInFrames: 80,
      fadeOutFrames: 20,
    });
  });

  test('an edit beside a value that was mended writes the mended one too', () => {
    const both = { ...song.clips.x, fadeInFrames: 80, fadeOutFrames: 80 };
    const project = new Project(documentOf({ ...song, clips: { x: both } }));
    project.commit('Longer', [{ op: 'clip.set', trackId: 'a', clipId: 'x', fields: { lengthFrames: 500 } }]);
    expect(project.snapshot().tracks[1]?.clips[0]).toMatchObject({ fadeInFrames: 80, fadeOutFrames: 20 });
  });

  test('any values at all in the records of a song leave it sound', () => {
    const anything = fc.oneof(
      fc.double(),
      fc.integer(),
      fc.string(),
      fc.boolean(),
      fc.constantFrom(null, undefined, [], {}, Number.NaN, -0, 1e300),
    );
    const fields = [
      'name',
      'order',
      'colour',
      'kind',
      'trackId',
      'sourceId',
      'startFrame',
      'endFrame',
      'offsetFrames',
      'lengthFrames',
      'gainDb',
      'fadeInFrames',
      'fadeOutFrames',
      'fadeInCurve',
      'param.volumeDb',
      'param.mute',
      'frames',
      'channels',
      'bpm',
      'beatsPerBar',
      'beatUnit',
      'loopOn',
      'loopStartFrame',
      'loopEndFrame',
      'sampleRateHz',
    ];
    const damage = fc.dictionary(fc.constantFrom(...fields), anything);
    fc.assert(
      fc.property(damage, damage, damage, damage, damage, (meta, track, clip, facts, marker) => {
        const damaged: ProjectRecords = {
          ...song,
          meta: { ...song.meta, ...meta },
          master: track,
          tracks: { ...song.tracks, a: { ...song.tracks.a, ...track } },
          clips: { x: { ...song.clips.x, ...clip }, y: clip },
          sources: { [sourceId(1)]: { ...source, ...facts } },
          markers: { m: marker },
        };
        const snapshot = snapshotOf(damaged);
        expectSound(snapshot);
        const doc = documentOf({ ...damaged, meta: { ...damaged.meta, schemaVersion: 1 } });
        expectSound(new Project(doc).snapshot());
      }),
    );
  });

  test('junk among the records of a document is passed over', () => {
    const doc = documentOf(song);
    const clean = new Project(doc).snapshot();
    doc.getMap('tracks').set('junk', 5);
    doc.getMap('tracks').set('array', [1]);
    doc.getMap('tracks').set('bad id!', new Y.Map());
    doc.getMap('clips').set('junk', new Y.Text('x'));
    doc.getMap('sources').set('not a hash', source);
    doc.getMap('markers').set('list', new Y.Array());
    expect(new Project(doc).snapshot()).toEqual(clean);
  });
});
