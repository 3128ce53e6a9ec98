import { EngineHost } from '../../web/src/engine/engineHost';
import type { MixwellModule } from '../../web/src/engine/mixwellModule';
import { pageFloats, quantumFrames } from '../../web/src/generated/engineLayout';
import { type BenchSession, sampleRateHz } from './session';
import { noise, type Timing, timingOf } from './timing';

const warmUpQuanta = 6000;
/** Timed together, so that the clock's grain does not count. */
const batchQuanta = 16;

/** Times the engine's process alone: pages are handed over in between. */
export function timeEngine(module: MixwellModule, session: BenchSession, quanta: number): Timing {
  const engine = new EngineHost(module, { sampleRateHz, pageSlots: 4 * session.tracks + 64 });
  engine.apply(session.commands);
  const page = noise(pageFloats, 1);
  const run = (count: number) => {
    for (let quantum = 0; quantum < count; quantum++) {
      if (engine.process(quantumFrames) !== quantumFrames) throw new Error('the engine did not go on');
    }
  };
  const supply = () => {
    const pairs = engine.missingPages(2 * batchQuanta * quantumFrames);
    for (let pair = 0; pair < pairs; pair++) {
      engine.supply(engine.requests[2 * pair] ?? 0, engine.requests[2 * pair + 1] ?? 0, page);
    }
  };
  for (let done = 0; done < warmUpQuanta; done += batchQuanta) {
    supply();
    run(batchQuanta);
  }
  const batches: number[] = [];
  const singles: number[] = [];
  for (let done = 0; done < quanta; done += batchQuanta) {
    supply();
    const begin = performance.now();
    run(batchQuanta);
    batches.push(((performance.now() - begin) * 1000) / batchQuanta);
  }
  for (let done = 0; done < quanta; done++) {
    if (done % batchQuanta === 0) supply();
    const begin = performance.now();
    run(1);
    singles.push((performance.now() - begin) * 1000);
  }
  const peak = Math.max(...engine.tapLeft.map(Math.abs));
  engine.delete();
  if (!(peak > 0)) throw new Error('the session is silent');
  return { median: timingOf(batches).median, p999: timingOf(singles).p999 };
}
