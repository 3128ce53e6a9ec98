import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Patch } from '../../../../web/src/model/types';
import { noLocks } from '../../../../web/src/storage/projects/locks';
import type { OpenProject } from '../../../../web/src/storage/projects/openProject';
import { ProjectElsewhereError, ProjectStore } from '../../../../web/src/storage/projects/projectStore';
import { aClip, aSource, aTrack, sourceId } from '../../model/fixtures';
import { FakeBrowser, pause } from './tabs';

let browser: FakeBrowser;
beforeEach(() => {
  browser = new FakeBrowser();
});

async function opened(store: ProjectStore, id: string, takeOver = false): Promise<OpenProject> {
  const result = await store.open(id, { takeOver });
  if (result.state !== 'open') throw new Error(`The project is ${result.state}.`);
  return result;
}

const fill: Patch[] = [
  { op: 'source.add', source: aSource(1) },
  { op: 'track.add', index: 0, track: aTrack('a', { clips: [aClip('a1', { startFrame: 1000 })] }) },
];
const volume = (value: number): Patch[] => [{ op: 'track.param', trackId: 'a', param: 'volumeDb', value }];
const song = { name: 'Song', engineVersion: '1' };

describe('the list of projects', () => {
  test('shows what each project holds, newest first', async () => {
    const { store } = await browser.tab();
    const first = await store.create({ ...song, name: 'First' });
    browser.timeMs += 1000;
    const second = await store.create({ ...song, name: 'Second', sampleRateHz: 96_000 });
    browser.timeMs += 1000;
    const project = await opened(store, first);
    project.project.commit('Fill', fill);
    await project.flush();
    await project.setOverview([{ colour: 'coral', levels: Uint8Array.of(1, 255) }]);
    const list = await store.list();
    expect(list).toEqual([
      {
        id: first,
        name: 'First',
        createdAt: 1_700_000_000_000,
        modifiedAt: 1_700_000_002_000,
        deletedAt: null,
        lengthFrames: 49_000,
        sampleRateHz: 48_000,
        trackCount: 1,
        audioBytes: 288_044,
        overview: [{ colour: 'coral', levels: Uint8Array.of(1, 255) }],
      },
      expect.objectContaining({ id: second, name: 'Second', sampleRateHz: 96_000, lengthFrames: 0 }),
    ]);
    await store.close();
  });

  test('opening and closing without an edit is no change', async () => {
    const { store } = await browser.tab();
    const id = await store.create(song);
    browser.timeMs += 1000;
    await (await opened(store, id)).close();
    expect((await store.list())[0]?.modifiedAt).toBe(1_700_000_000_000);
  });

  test('a copy has its own life and a name of its own', async () => {
    const { store } = await browser.tab();
    const id = await store.create(song);
    const original = await opened(store, id);
    original.project.commit('Fill', fill);
    const copyId = await store.duplicate(id);
    await store.duplicate(copyId);
    const copy = await opened(store, copyId);
    expect(copy.project.snapshot()).toEqual({
      ...original.project.snapshot(),
      id: copyId,
      name: 'Song copy',
    });
    copy.project.commit('Fader', volume(-6));
    await copy.flush();
    expect(original.project.snapshot().tracks[0]?.params.volumeDb).toBe(0);
    expect((await store.list()).map(({ name }) => name).sort()).toEqual(['Song', 'Song copy', 'Song copy 2']);
    await store.close();
  });

  test('renaming works for an open project and for a closed one, and cleans the name', async () => {
    const { store } = await browser.tab();
    const id = await store.create(song);
    await store.rename(id, '  Night\nFerry ');
    expect((await store.list())[0]?.name).toBe('Night Ferry');
    const project = await opened(store, id);
    expect(project.project.snapshot().name).toBe('Night Ferry');
    await store.rename(id, 'Day Ferry');
    expect(project.project.snapshot().name).toBe('Day Ferry');
    expect(project.project.undoLabel).toBeNull();
    await store.rename(id, '  ');
    expect((await store.list())[0]?.name).toBe('Day Ferry');
    await store.close();
  });

  test('a deleted project lies in the bin, can be taken out, and is gone after 30 days', async () => {
    const { store } = await browser.tab();
    const id = await store.create(song);
    const project = await opened(store, id);
    project.project.commit('Fill', fill);
    await store.remove(id);
    expect(await store.list()).toEqual([]);
    expect((await store.listDeleted()).map((row) => row.id)).toEqual([id]);
    expect(await store.referencedSources()).toEqual(new Set([sourceId(1)]));
    await store.restore(id);
    expect(await store.list()).toHaveLength(1);
    await store.remove(id);
    browser.timeMs += 29 * 86_400_000;
    await store.purgeOld();
    expect(await store.listDeleted()).toHaveLength(1);
    browser.timeMs += 2 * 86_400_000;
    await store.purgeOld();
    expect(await store.listDeleted()).toEqual([]);
    expect(await store.referencedSources()).toEqual(new Set());
    expect(await store.open(id)).toEqual({ state: 'missing' });
  });

  test('other tabs hear that it has changed', async () => {
    const one = await browser.tab();
    const two = await browser.tab();
    const heard = vi.fn();
    two.store.onListChange(heard);
    await one.store.create(song);
    await pause(5);
    expect(heard).toHaveBeenCalled();
  });
});

describe('saving', () => {
  test('what a killed tab had done is there but for the last moment', async () => {
    const one = await browser.tab();
    const id = await one.store.create(song);
    const project = await opened(one.store, id);
    project.project.commit('Fill', fill);
    for (let step = 1; step <= 50; step++) project.project.commit('Fader', volume(-step / 10));
    await pause(50);
    browser.kill(one.number);
    const two = await browser.tab();
    const reopened = await opened(two.store, id);
    expect(reopened.project.snapshot()).toEqual(project.project.snapshot());
    expect(reopened.recovery).toBeNull();
  });

  test('undo across a save is saved too', async () => {
    const { store } = await browser.tab();
    const id = await store.create(song);
    const project = await opened(store, id);
    project.project.commit('Fill', fill);
    await project.flush();
    project.project.undo();
    await project.close();
    expect((await opened(store, id)).project.snapshot().tracks).toEqual([]);
  });

  test('the state goes from saving to saved', async () => {
    const { store } = await browser.tab();
    const project = await opened(store, await store.create(song));
    const states: string[] = [];
    project.onSaveState(({ state }) => states.push(state));
    project.project.commit('Fill', fill);
    expect(await project.flush()).toBe(true);
    expect(states).toEqual(['saving', 'saved']);
  });

  test('leaving the page writes at once', async () => {
    const lifecycle = new EventTarget();
    const { store, number } = await browser.tab({ lifecycle });
    const id = await store.create(song);
    const project = await opened(store, id);
    project.project.commit('Fill', fill);
    lifecycle.dispatchEvent(new Event('pagehide'));
    await pause(20);
    browser.kill(number);
    const two = await browser.tab();
    expect((await opened(two.store, id)).project.snapshot().tracks).toHaveLength(1);
  });

  test('a long session is written anew as one state and reads the same', async () => {
    const { store } = await browser.tab();
    const id = await store.create(song);
    const project = await opened(store, id);
    project.project.commit('Fill', fill);
    for (let step = 0; step < 450; step++) {
      project.project.commit('Fader', volume(-step / 10));
      await project.flush();
    }
    await project.close();
    const names = await countUpdates(browser.databaseName);
    expect(names).toBeLessThan(60);
    expect((await opened(store, id)).project.snapshot().tracks[0]?.params.volumeDb).toBe(-44.9);
    expect(await countUpdates(browser.databaseName)).toBeLessThan(60);
  });

  test('many short sessions do not pile up either', async () => {
    const { store } = await browser.tab();
    const id = await store.create(song);
    for (let session = 0; session < 120; session++) {
      const project = await opened(store, id);
      if (session === 0) project.project.commit('Fill', fill);
      project.project.commit('Fader', volume(-session / 10));
      await project.close();
    }
    expect((await opened(store, id)).project.snapshot().tracks[0]?.params.volumeDb).toBe(-11.9);
    expect(await countUpdates(browser.databaseName)).toBeLessThan(60);
  });
});

describe('audio that must be kept', () => {
  test('what undo may bring back is kept while the project is open, and what no clip plays goes afterwards', async () => {
    const { store } = await browser.tab();
    const id = await store.create(song);
    const first = await opened(store, id);
    first.project.commit('Fill', fill);
    await first.flush();
    first.project.undo();
    await first.flush();
    expect(await store.referencedSources()).toEqual(new Set([sourceId(1)]));
    await first.close();
    expect(await store.referencedSources()).toEqual(new Set());

    const second = await opened(store, id);
    second.project.commit('Fill', fill);
    second.project.commit('Delete', [{ op: 'clip.remove', trackId: 'a', clipId: 'a1' }]);
    await second.close();
    expect(await store.referencedSources()).toEqual(new Set([sourceId(1)]));
    browser.timeMs += 5000;
    const third = await opened(store, id);
    await third.close();
    expect(await store.referencedSources()).toEqual(new Set());
    expect((await store.list())[0]?.modifiedAt).toBe(1_700_000_000_000);
    const fourth = await opened(store, id);
    expect(fourth.project.snapshot().sources).toEqual({});
    fourth.project.commit('Fader', volume(-1));
    await fourth.close();
    expect((await opened(store, id)).project.snapshot().tracks[0]?.params.volumeDb).toBe(-1);
  });
});

describe('two tabs', () => {
  test('the second is told, may take over, and gets everything that the first had done', async () => {
    const one = await browser.tab();
    const two = await browser.tab();
    const id = await one.store.create(song);
    const first = await opened(one.store, id);
    const taken = vi.fn();
    first.onTaken(taken);
    expect(await two.store.open(id)).toEqual({ state: 'elsewhere' });
    first.project.commit('Fill', fill);
    const second = await opened(two.store, id, true);
    expect(second.project.snapshot()).toEqual(first.project.snapshot());
    expect(taken).toHaveBeenCalledTimes(1);
    expect([first.isTaken, second.isTaken]).toEqual([true, false]);
    first.project.commit('Fader', volume(-6));
    expect(first.project.snapshot().tracks[0]?.params.volumeDb).toBe(0);
    second.project.commit('Fader', volume(-3));
    await second.flush();
    const back = await opened(one.store, id, true);
    expect(back).not.toBe(first);
    expect(back.project.snapshot().tracks[0]?.params.volumeDb).toBe(-3);
    await first.close();
    expect(await one.store.open(id)).toBe(back);
  });

  test('what was edited in the very moment is saved before the project is let go', async () => {
    const one = await browser.tab();
    const two = await browser.tab();
    const id = await one.store.create(song);
    const first = await opened(one.store, id);
    first.project.commit('Fill', fill);
    await first.letGo();
    expect((await opened(two.store, id)).project.snapshot().tracks).toHaveLength(1);
  });

  test('a tab that does not answer loses its project, and what it writes later does no harm', async () => {
    const one = await browser.tab();
    const two = await browser.tab();
    const id = await one.store.create(song);
    const first = await opened(one.store, id);
    const taken = vi.fn();
    first.onTaken(taken);
    first.project.commit('Fill', fill);
    await first.flush();
    browser.freeze(one.number);
    const second = await opened(two.store, id, true);
    expect(second.project.snapshot().tracks).toHaveLength(1);
    await pause(5);
    expect(taken).toHaveBeenCalledTimes(1);
    expect(first.isTaken).toBe(true);
  });

  test('without locks the database itself lets only the last one write', async () => {
    const one = await browser.tab({ locks: noLocks });
    const two = await browser.tab({ locks: noLocks });
    const id = await one.store.create(song);
    const first = await opened(one.store, id);
    first.project.commit('Fill', fill);
    await first.flush();
    const second = await opened(two.store, id);
    second.project.commit('Fader', volume(-3));
    await second.flush();
    const taken = vi.fn();
    first.onTaken(taken);
    first.project.commit('Fader', volume(-12));
    expect(await first.flush()).toBe(false);
    expect(taken).toHaveBeenCalledTimes(1);
    expect(first.isTaken).toBe(true);
    await second.close();
    expect((await opened(two.store, id)).project.snapshot().tracks[0]?.params.volumeDb).toBe(-3);
  });

  test('a project that is open elsewhere is neither renamed nor deleted, but copied', async () => {
    const one = await browser.tab();
    const two = await browser.tab();
    const id = await one.store.create(song);
    const first = await opened(one.store, id);
    first.project.commit('Fill', fill);
    await first.flush();
    await expect(two.store.rename(id, 'Other')).rejects.toThrow(
      new ProjectElsewhereError('“Song” is open in another tab. Close it there first.'),
    );
    await expect(two.store.remove(id)).rejects.toThrow(ProjectElsewhereError);
    const copy = await opened(two.store, await two.store.duplicate(id));
    expect(copy.project.snapshot().tracks).toHaveLength(1);
  });

  test('opening twice in one tab at once gives one project', async () => {
    const { store } = await browser.tab();
    const id = await store.create(song);
    const [a, b] = await Promise.all([store.open(id), store.open(id)]);
    expect(a.state).toBe('open');
    expect(b).toBe(a);
    expect(await store.open(id)).toBe(a);
  });
});

test('a browser without storage says so', async () => {
  const broken = vi.spyOn(indexedDB, 'open').mockImplementation(() => {
    throw new DOMException('denied', 'SecurityError');
  });
  await expect(ProjectStore.open({ databaseName: 'none' })).rejects.toThrow(
    'This browser window keeps no data, so projects can’t be saved here.',
  );
  broken.mockRestore();
});

async function countUpdates(databaseName: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(databaseName);
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const db = request.result;
      const count = db.transaction('updates').objectStore('updates').count();
      count.onsuccess = () => {
        db.close();
        resolve(count.result);
      };
    };
  });
}
