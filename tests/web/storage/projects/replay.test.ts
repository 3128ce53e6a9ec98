import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { newId } from '../../../../web/src/model/ids';
import { Project } from '../../../../web/src/model/project';
import { ProjectDatabase, type ProjectRow } from '../../../../web/src/storage/projects/database';
import { ProjectStore } from '../../../../web/src/storage/projects/projectStore';
import { replay } from '../../../../web/src/storage/projects/replay';
import { aTrack } from '../../model/fixtures';
import { expectSound } from '../../model/invariants';

/** A log as a session writes it: a first state, then one update an edit. */
function aLog(edits: number): { updates: Uint8Array[]; project: Project } {
  const project = Project.create({ id: 'p', name: 'Song', engineVersion: '1' });
  const updates = [Y.encodeStateAsUpdate(project.doc)];
  project.doc.on('update', (update: Uint8Array) => updates.push(update));
  for (let edit = 0; edit < edits; edit++) {
    project.commit('Add', [{ op: 'track.add', index: edit, track: aTrack(`t${edit}`) }]);
  }
  return { updates, project };
}

async function stored(updates: readonly Uint8Array[]): Promise<{ store: ProjectStore; name: string }> {
  const name = `damaged-${newId()}`;
  const database = await ProjectDatabase.open(name);
  const row: ProjectRow = {
    id: 'p',
    name: 'Song',
    createdAt: 0,
    modifiedAt: 0,
    deletedAt: null,
    lengthFrames: 0,
    sampleRateHz: 48_000,
    trackCount: 0,
    audioBytes: 0,
    sourceIds: [],
    overview: [],
    writer: 'w',
  };
  await database.create(row, updates[0] ?? new Uint8Array());
  for (const update of updates.slice(1)) await database.append('p', 'w', update, {});
  database.close();
  return { store: await ProjectStore.open({ databaseName: name }), name };
}

async function damagedParts(name: string): Promise<number> {
  return new Promise((resolve) => {
    const request = indexedDB.open(name);
    request.onsuccess = () => {
      const count = request.result.transaction('damaged').objectStore('damaged').count();
      count.onsuccess = () => resolve(count.result);
    };
  });
}

describe('a damaged log', () => {
  test('a sound log is read as it was written', () => {
    const { updates, project } = aLog(5);
    const { doc, damaged } = replay(updates);
    expect(damaged).toEqual([]);
    expect(new Project(doc).snapshot()).toEqual(project.snapshot());
  });

  test.each([
    ['empty', () => new Uint8Array()],
    ['cut short', (update: Uint8Array) => update.subarray(0, update.length >> 1)],
    ['overwritten', (update: Uint8Array) => update.map(() => 255)],
  ])('of a last update that is %s, only it is lost', async (_name, damage) => {
    const { updates } = aLog(5);
    updates[5] = damage(updates[5] as Uint8Array);
    const { store, name } = await stored(updates);
    const result = await store.open('p');
    if (result.state !== 'open') throw new Error(result.state);
    expect(result.project.snapshot().tracks).toHaveLength(4);
    expect(result.recovery?.message).toBe(
      'A part of “Song” could not be read: some of the last changes may be missing. Everything else is here.',
    );
    expect(await damagedParts(name)).toBe(1);
    result.project.commit('Add', [{ op: 'track.add', index: 9, track: aTrack('new') }]);
    await result.close();
    const again = await store.open('p');
    if (again.state !== 'open') throw new Error(again.state);
    expect(again.recovery).toBeNull();
    expect(again.project.snapshot().tracks).toHaveLength(5);
    await store.close();
  });

  test('of an update lost in the middle, what went before is there, and new edits last', async () => {
    const { updates } = aLog(5);
    const { store, name } = await stored([...updates.slice(0, 3), ...updates.slice(4)]);
    const result = await store.open('p');
    if (result.state !== 'open') throw new Error(result.state);
    expect(result.project.snapshot().tracks).toHaveLength(2);
    expect(result.recovery).not.toBeNull();
    expect(await damagedParts(name)).toBeGreaterThan(0);
    result.project.commit('Add', [{ op: 'track.add', index: 9, track: aTrack('new') }]);
    await result.close();
    const again = await store.open('p');
    if (again.state !== 'open') throw new Error(again.state);
    expect(again.recovery).toBeNull();
    expect(again.project.snapshot().tracks.map(({ id }) => id)).toEqual(['t0', 't1', 'new']);
    await store.close();
  });

  test('a log of which nothing can be read is left alone', async () => {
    const { updates } = aLog(2);
    const broken = updates.map((update) => update.subarray(1));
    const { store, name } = await stored(broken);
    const result = await store.open('p');
    expect(result).toEqual({ state: 'unreadable', reason: expect.stringContaining('Nothing was changed') });
    expect(await damagedParts(name)).toBe(0);
    const database = await ProjectDatabase.open(name);
    expect((await database.read('p'))?.updates).toEqual(broken);
    await store.close();
  });

  test('a project of a newer Mixwell says so and is left alone', async () => {
    const doc = new Y.Doc();
    doc.getMap('meta').set('schemaVersion', 99);
    const update = Y.encodeStateAsUpdate(doc);
    const { store, name } = await stored([update]);
    expect(await store.open('p')).toEqual({
      state: 'unreadable',
      reason: expect.stringContaining('made by a newer Mixwell'),
    });
    const database = await ProjectDatabase.open(name);
    expect((await database.read('p'))?.updates).toEqual([update]);
    await store.close();
  });

  test('whatever happens to the bytes, reading ends, and what is read is sound', () => {
    const { updates } = aLog(6);
    const damage = fc.record({
      which: fc.nat(updates.length - 1),
      at: fc.nat(300),
      value: fc.nat(255),
      cut: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(damage, { minLength: 1, maxLength: 4 }), (damages) => {
        const bytes = updates.map((update) => update.slice());
        for (const { which, at, value, cut } of damages) {
          const update = bytes[which] as Uint8Array;
          if (cut) bytes[which] = update.slice(0, at % (update.length + 1));
          else if (update.length > 0) update[at % update.length] = value;
        }
        const { doc } = replay(bytes);
        if (doc.getMap('meta').get('schemaVersion') !== 2) return;
        const project = new Project(doc);
        expectSound(project.snapshot());
        project.commit('Add', [{ op: 'track.add', index: 0, track: aTrack('fresh') }]);
        expectSound(project.snapshot());
      }),
      { numRuns: 500 },
    );
  });
});
