import { builtInImpulse } from '../../engine/impulse';
import { bakeTables, builtInOf } from '../../engine/impulseTables';
import { instantiateEngine } from '../../engine/loadModule';
import type { MixwellModule } from '../../engine/mixwellModule';
import { openPool } from '../../storage/pool';
import { openPoolSource } from '../stream/openPoolSource';
import type { FromImpulseWorker, ImpulseOutline, ToImpulseWorker } from './protocol';

const points = 1280;

let begun: (module: Promise<MixwellModule>) => void;
const engine = new Promise<MixwellModule>((resolve) => {
  begun = resolve;
});

const say = (message: FromImpulseWorker, transfer: Transferable[] = []) => postMessage(message, { transfer });

addEventListener('message', ({ data }: MessageEvent<ToImpulseWorker>) => {
  if (data.kind === 'begin') return begun(instantiateEngine(data.engine));
  const work = data.kind === 'bake' ? bake(data) : outline(data);
  work.catch((error: unknown) => {
    say({
      kind: 'failed',
      call: data.call,
      reason: error instanceof Error ? error.message : String(error),
    });
  });
});

async function bake(request: Extract<ToImpulseWorker, { kind: 'bake' }>): Promise<void> {
  const { call, spec, sampleRateHz, source } = request;
  const module = await engine;
  const [made] = await bakeTables(module, new Map([[0, spec]]), sampleRateHz, async () => {
    if (!source) return null;
    return openPoolSource(await openPool(), module, source.id, source.ext, source.projectRateHz);
  });
  const table = made?.table ?? null;
  say({ kind: 'baked', call, table }, table ? [table.buffer] : []);
}

async function outline(request: Extract<ToImpulseWorker, { kind: 'outline' }>): Promise<void> {
  const { call, impulseId, sampleRateHz } = request;
  const name = builtInOf(impulseId);
  if (!name) return say({ kind: 'outline', call, outline: null });
  const { left, right } = builtInImpulse(await engine, name, sampleRateHz);
  say({ kind: 'outline', call, outline: outlineOf([left, right]) });
}

function outlineOf(sides: readonly Float32Array[]): ImpulseOutline {
  const frames = sides[0]?.length ?? 0;
  const framesPerPoint = Math.max(1, Math.ceil(frames / points));
  const loudest = Math.max(
    1e-9,
    ...sides.map((side) => side.reduce((most, x) => Math.max(most, Math.abs(x)), 0)),
  );
  const channels = sides.map((side) => {
    const extremes = new Int8Array(2 * Math.ceil(frames / framesPerPoint));
    side.forEach((sample, frame) => {
      const at = 2 * Math.floor(frame / framesPerPoint);
      const size = Math.round((sample / loudest) * 127);
      extremes[at] = Math.min(extremes[at] as number, size);
      extremes[at + 1] = Math.max(extremes[at + 1] as number, size);
    });
    return extremes;
  });
  return { frames, framesPerPoint, channels };
}
