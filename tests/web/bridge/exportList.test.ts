import { createSignal } from 'solid-js';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { exportList } from '../../../web/src/bridge/exportList';
import type {
  ExportedFile,
  ExportJob,
  ExportSettings,
  ExportState,
} from '../../../web/src/bridge/exportTypes';

const settings = (fileName: string): ExportSettings => ({
  what: 'master',
  range: 'song',
  format: 'wav',
  bits: 24,
  dither: 'none',
  sampleRateHz: 48_000,
  fileName,
});
const list = ['a', 'b', 'c'].map(settings);

/** Exports that end when the test says so. */
function stagedExporter() {
  const started: { name: string; end: (state: ExportState) => void; cancelled: boolean }[] = [];
  return {
    started,
    run({ fileName = '' }: ExportSettings): ExportJob {
      const [state, setState] = createSignal<ExportState>('rendering');
      let over = () => {};
      const ended = new Promise<void>((resolve) => {
        over = resolve;
      });
      const entry = {
        name: fileName,
        cancelled: false,
        end(next: ExportState) {
          setState(next);
          over();
        },
      };
      started.push(entry);
      return {
        state,
        ended,
        progress: () => ({ fraction: 0.5, speed: 1, secondsLeft: 1 }),
        files: () => [{ name: fileName } as ExportedFile],
        report: () => null,
        error: () => (state() === 'failed' ? 'The disk is full.' : null),
        cancel() {
          entry.cancelled = true;
          entry.end('cancelled');
        },
      };
    },
  };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

beforeEach(() => vi.stubGlobal('window', {}));

describe('several exports', () => {
  it('run one after the other', async () => {
    const exporter = stagedExporter();
    const job = exportList(exporter, list, 'Song');
    for (const name of ['a', 'b', 'c']) {
      await settled();
      expect(exporter.started.at(-1)?.name).toBe(name);
      expect(job.state()).toBe('rendering');
      expect(job.progress().fraction).toBeCloseTo((job.at() + 0.5) / 3, 9);
      exporter.started.at(-1)?.end('done');
    }
    await settled();
    expect(job.state()).toBe('done');
    expect(job.files().map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  });

  it('end where one is called off or fails, and keep what was written', async () => {
    for (const [ending, state] of [
      ['cancel', 'cancelled'],
      ['fail', 'failed'],
    ] as const) {
      const exporter = stagedExporter();
      const job = exportList(exporter, list, 'Song');
      await settled();
      exporter.started[0]?.end('done');
      await settled();
      if (ending === 'cancel') job.cancel();
      else exporter.started[1]?.end('failed');
      await settled();
      expect(job.state()).toBe(state);
      expect(job.files().map(({ name }) => name)).toEqual(['a']);
      expect(exporter.started).toHaveLength(2);
      expect(job.error()).toBe(ending === 'fail' ? 'The disk is full.' : null);
    }
  });

  it('never begin where no folder is chosen', async () => {
    const abort = () => Promise.reject(new DOMException('', 'AbortError'));
    vi.stubGlobal('window', { showDirectoryPicker: abort });
    const exporter = stagedExporter();
    const job = exportList(exporter, list, 'Song');
    await settled();
    expect(job.state()).toBe('cancelled');
    expect(exporter.started).toEqual([]);
  });
});
