import { CommandWriter } from '../engine/encodeCommands';
import { EngineHost } from '../engine/engineHost';
import type { EngineModule } from '../engine/mixwellModule';
import { pageFloats, quantumFrames } from '../generated/engineLayout';

const tracks = 8;
const sourceFrames = 1 << 20;
const quanta = 1500;

/**
 * Runs silent sound through all that plays, for a few hundredths of a second: the browser compiles wasm well only after it
 * has run for a while, and the first bars of a song should not pay for it.
 */
export function warmUp(module: EngineModule, sampleRateHz: number): void {
  const engine = new EngineHost(module, { sampleRateHz, pageSlots: 4 * tracks });
  const out = new CommandWriter();
  const handles = Array.from({ length: tracks }, (_, index) => index + 1);
  for (const handle of handles) out.sourceAdd(handle, handle % 2 === 0 ? 1 : 2, sourceFrames);
  out.trackList(handles);
  for (const handle of handles) {
    out.trackChannels(handle, handle % 2 === 0 ? 1 : 2);
    out.trackClips(handle, [handle, 0, 0, sourceFrames, 0, sourceFrames / 4, handle % 5, 0, 0]);
  }
  out.play();
  engine.apply(out.take());
  const silence = new Float32Array(pageFloats);
  for (let quantum = 0; quantum < quanta; quantum++) {
    const pairs = engine.missingPages(quantumFrames);
    for (let pair = 0; pair < pairs; pair++) {
      engine.supply(engine.requests[2 * pair] ?? 0, engine.requests[2 * pair + 1] ?? 0, silence);
    }
    engine.process(quantumFrames);
  }
  engine.delete();
}
