import { describe, expect, it } from 'vitest';
import { TableIntake } from '../../../web/src/audio-thread/tableIntake';
import type { EngineHost } from '../../../web/src/engine/engineHost';
import { telemetryFields } from '../../../web/src/generated/engineLayout';

/** An engine that takes tables for the inserts that are there, and counts what is copied. */
function fakeEngine(playing: boolean) {
  const telemetry = new Float64Array(16);
  telemetry[telemetryFields.playing] = playing ? 1 : 0;
  const taken = new Map<number, number[]>();
  const engine = {
    telemetry,
    inserts: new Set<number>(),
    copied: 0,
    taken,
    makeDevices() {},
    copyTable(insert: number, table: Float32Array, from: number, to: number) {
      if (!engine.inserts.has(insert)) return false;
      engine.copied = to - from;
      const into = from === 0 ? [] : (taken.get(insert) ?? []);
      into.push(...table.subarray(from, to));
      taken.set(insert, into);
      return true;
    },
  };
  return engine;
}

const host = (engine: ReturnType<typeof fakeEngine>) => engine as unknown as EngineHost;
const table = (floats: number, first: number) => Float32Array.from({ length: floats }, (_, at) => first + at);

describe('tables on their way', () => {
  it('go in slices while the song plays, in their order, and wait for inserts that are not there', () => {
    const engine = fakeEngine(true);
    const intake = new TableIntake();
    intake.put(1, table(10, 0));
    intake.put(2, table(40_000, 5));
    engine.inserts.add(2);
    for (let quantum = 0; quantum < 6; quantum++) {
      intake.step(host(engine));
      expect(engine.copied).toBeLessThanOrEqual(16_384);
    }
    expect(engine.taken.get(2)).toEqual([...table(40_000, 5)]);
    engine.inserts.add(1);
    intake.step(host(engine));
    expect(engine.taken.get(1)).toHaveLength(10);
  });

  it('begin anew where a newer one comes for the same insert, or the insert goes in the midst', () => {
    const engine = fakeEngine(true);
    engine.inserts.add(1);
    const intake = new TableIntake();
    intake.put(1, table(40_000, 0));
    intake.step(host(engine));
    intake.put(1, table(20_000, 7));
    intake.step(host(engine));
    engine.inserts.delete(1);
    intake.step(host(engine));
    engine.inserts.add(1);
    for (let quantum = 0; quantum < 4; quantum++) intake.step(host(engine));
    expect(engine.taken.get(1)).toEqual([...table(20_000, 7)]);
  });

  it('are all there before the song plays', () => {
    const engine = fakeEngine(false);
    for (const insert of [1, 2]) engine.inserts.add(insert);
    const intake = new TableIntake();
    intake.put(1, table(100_000, 0));
    intake.put(3, table(10, 0));
    intake.put(2, table(100_000, 0));
    intake.step(host(engine));
    expect([...engine.taken.keys()]).toEqual([1, 2]);
    expect(engine.taken.get(2)).toHaveLength(100_000);
    intake.put(3, null);
    engine.inserts.add(3);
    intake.step(host(engine));
    expect(engine.taken.has(3)).toBe(false);
  });
});
