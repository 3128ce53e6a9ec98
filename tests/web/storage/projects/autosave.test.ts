import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { Autosave, type SaveState, type SaveTarget } from '../../../../web/src/storage/projects/autosave';
import { WriterChangedError } from '../../../../web/src/storage/projects/database';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

class FakeDisk implements SaveTarget {
  log: Uint8Array[] = [];
  failure: unknown = null;
  compactFailure: unknown = null;
  touched: boolean[] = [];
  attempts = 0;
  latencyMs = 0;

  async append(update: Uint8Array, touched: boolean): Promise<void> {
    this.attempts++;
    if (this.latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, this.latencyMs));
    if (this.failure) throw this.failure;
    this.log.push(update);
    this.touched.push(touched);
  }

  async compact(state: Uint8Array): Promise<void> {
    if (this.compactFailure) throw this.compactFailure;
    this.log = [state];
  }

  read(): unknown {
    const doc = new Y.Doc();
    for (const update of this.log) Y.applyUpdate(doc, update);
    return doc.getMap('m').toJSON();
  }
}

function begin(disk: FakeDisk) {
  const doc = new Y.Doc();
  const states: SaveState[] = [];
  const writerChanged = vi.fn();
  const autosave = new Autosave(
    doc,
    disk,
    { updates: 0 },
    { state: (state) => states.push(state), writerChanged },
  );
  const set = (key: string, value: unknown) => doc.getMap('m').set(key, value);
  return { doc, states, writerChanged, autosave, set };
}

const settle = () => vi.advanceTimersByTimeAsync(0);
const full = new DOMException('full', 'QuotaExceededError');

describe('saving by itself', () => {
  test('begins with the edit, joins what one task does, and what comes while it writes', async () => {
    const disk = new FakeDisk();
    disk.latencyMs = 20;
    const { set, states, autosave } = begin(disk);
    set('a', 1);
    set('b', 2);
    await settle();
    expect(disk.attempts).toBe(1);
    for (let step = 0; step < 10; step++) set('a', step);
    await vi.advanceTimersByTimeAsync(100);
    expect(disk.attempts).toBe(2);
    expect(disk.read()).toEqual({ a: 9, b: 2 });
    expect(states.map(({ state }) => state)).toEqual(['saving', 'saved']);
    expect(autosave.state).toEqual({ state: 'saved' });
  });

  test('a full disk is said, tried again with growing pauses, and forgotten when it works', async () => {
    const disk = new FakeDisk();
    const { set, states, autosave } = begin(disk);
    disk.failure = full;
    set('a', 1);
    await settle();
    expect(autosave.state).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('the browser’s storage is full'),
    });
    await vi.advanceTimersByTimeAsync(1000);
    await vi.advanceTimersByTimeAsync(2000);
    expect(disk.attempts).toBe(3);
    await vi.advanceTimersByTimeAsync(3999);
    expect(disk.attempts).toBe(3);
    disk.failure = null;
    await vi.advanceTimersByTimeAsync(1);
    expect(autosave.state).toEqual({ state: 'saved' });
    expect(disk.read()).toEqual({ a: 1 });
    expect(states.at(-1)).toEqual({ state: 'saved' });
  });

  test('nothing of what could not be written is lost, in whatever order it fails', async () => {
    const disk = new FakeDisk();
    const { set, autosave } = begin(disk);
    for (let step = 0; step < 20; step++) {
      disk.failure = step % 3 === 0 ? full : null;
      set(`k${step}`, step);
      await settle();
    }
    disk.failure = null;
    expect(await autosave.flush()).toBe(true);
    expect(Object.keys(disk.read() as object)).toHaveLength(20);
    expect(disk.touched.every(Boolean)).toBe(true);
  });

  test('flush tries at once and tells whether it worked', async () => {
    const disk = new FakeDisk();
    const { set, autosave } = begin(disk);
    disk.failure = new Error('broken');
    set('a', 1);
    expect(await autosave.flush()).toBe(false);
    expect(autosave.state).toMatchObject({ reason: expect.stringContaining('(broken)') });
    disk.failure = null;
    expect(await autosave.flush()).toBe(true);
    expect(await autosave.flush()).toBe(true);
  });

  test('what the program writes is saved but is no touch', async () => {
    const disk = new FakeDisk();
    const { set, autosave } = begin(disk);
    autosave.quietly(() => set('a', 1));
    await autosave.flush();
    set('b', 1);
    await autosave.flush();
    expect(disk.touched).toEqual([false, true]);
  });

  test('another writer ends it: nothing is tried again', async () => {
    const disk = new FakeDisk();
    const { set, autosave, writerChanged } = begin(disk);
    disk.failure = new WriterChangedError('other');
    set('a', 1);
    await settle();
    set('b', 1);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(writerChanged).toHaveBeenCalledTimes(1);
    expect(disk.attempts).toBe(1);
    expect(await autosave.flush()).toBe(false);
  });

  test('a log that can’t be written anew is long, not lost', async () => {
    const disk = new FakeDisk();
    const { set, autosave } = begin(disk);
    disk.compactFailure = full;
    for (let step = 0; step < 450; step++) {
      set('a', step);
      await settle();
    }
    expect(autosave.state).toEqual({ state: 'saved' });
    expect(disk.log).toHaveLength(450);
    disk.compactFailure = null;
    for (let step = 450; step < 850; step++) {
      set('a', step);
      await settle();
    }
    expect(disk.log.length).toBeLessThan(100);
    expect(disk.read()).toEqual({ a: 849 });
  });
});
