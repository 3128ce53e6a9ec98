import 'fake-indexeddb/auto';
import { expect, test, vi } from 'vitest';

// The schema of tomorrow: version 5, whose migration names every track anew and drops a field.
vi.mock('../../../../web/src/model/types', async (original) => ({
  ...(await original<object>()),
  schemaVersion: 5,
}));

const { migrations } = await import('../../../../web/src/model/migrations');
const { documentOf, emptyRecords, Project } = await import('../../../../web/src/model/project');
const { ProjectDatabase } = await import('../../../../web/src/storage/projects/database');
const { ProjectStore } = await import('../../../../web/src/storage/projects/projectStore');
const { replay } = await import('../../../../web/src/storage/projects/replay');
const Y = await import('yjs');
(migrations as unknown[]).push((records: import('../../../../web/src/model/records').ProjectRecords) => ({
  ...records,
  tracks: Object.fromEntries(
    Object.entries(records.tracks).map(([id, track]) => [
      id,
      { ...track, name: `${track.name}!`, obsolete: undefined },
    ]),
  ),
}));

function documentOfVersion1(): InstanceType<typeof Y.Doc> {
  const records = emptyRecords({ id: 'p', name: 'Song', engineVersion: '1' });
  const doc = documentOf({ ...records, tracks: { a: { name: 'Kick', order: 'a0', obsolete: 1 } } });
  doc.getMap('meta').set('schemaVersion', 1);
  return doc;
}

test('a document is migrated when a project takes it over', () => {
  const project = new Project(documentOfVersion1());
  expect(project.snapshot().tracks[0]?.name).toBe('Kick!');
  expect(project.records().meta.schemaVersion).toBe(5);
  expect(project.records().tracks.a).toEqual({ name: 'Kick!', order: 'a0' });
  expect(project.undoLabel).toBeNull();
});

test('a stored project is migrated once, and edits after that last', async () => {
  const databaseName = 'migration';
  const store = await ProjectStore.open({ databaseName });
  const id = await store.create({ name: 'Song', engineVersion: '1' });
  const database = await ProjectDatabase.open(databaseName);
  const old = documentOfVersion1();
  await database.claim(id, 'w');
  await database.compact(id, 'w', Y.encodeStateAsUpdate(old));
  for (const volumeDb of [0, -6]) {
    const result = await store.open(id);
    if (result.state !== 'open') throw new Error(result.state);
    expect(result.recovery).toBeNull();
    expect(result.project.snapshot().tracks[0]).toMatchObject({ name: 'Kick!', params: { volumeDb } });
    result.project.commit('Fader', [{ op: 'track.param', trackId: 'a', param: 'volumeDb', value: -6 }]);
    await result.close();
  }
  const log = await database.read(id);
  const reread = new Project(replay(log?.updates ?? []).doc);
  expect(reread.snapshot().tracks[0]).toMatchObject({ name: 'Kick!', params: { volumeDb: -6 } });
  await store.close();
});
