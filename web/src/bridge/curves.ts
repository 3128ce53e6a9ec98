import { type Accessor, createSignal, untrack } from 'solid-js';
import type { Insert, ProjectSnapshot } from '../model/types';
import { masteringId } from '../model/types';
import type { CurveEngine } from './curveEngine';
import type { StudioCurves, StudioLatency } from './probeTypes';

interface CurveOptions {
  readonly engineModule: Promise<WebAssembly.Module>;
  readonly project: Accessor<ProjectSnapshot>;
  /** Of the whole mix, as the engine tells it; 0 without one. */
  mixFrames(): number;
}

/** What the page draws with the engine's own arithmetic; its instance is made when it is first asked for. */
export function createCurves({ engineModule, project, mixFrames }: CurveOptions): {
  curves: StudioCurves;
  latency: StudioLatency;
} {
  const [ready, setReady] = createSignal<CurveEngine | null>(null);
  let asked = false;
  const engine = (): CurveEngine | null => {
    if (!asked) {
      asked = true;
      import('./curveEngine')
        .then(({ CurveEngine }) => CurveEngine.start(engineModule))
        .then((made) => setReady(() => made))
        .catch(() => {});
    }
    return ready();
  };
  const insertFrames = (insert: Insert): number | null =>
    engine()?.latencyOf(insert.device, insert.params, untrack(project).sampleRateHz) ?? null;

  return {
    curves: {
      eqGainsDb: (values, frequenciesHz, rateHz) =>
        engine()?.eqGainsDb(values, frequenciesHz, rateHz) ?? null,
      ditherNoise: (word, dither, rateHz, frames) =>
        engine()?.ditherNoise(word, dither, rateHz, frames) ?? null,
    },
    latency: {
      insertFrames,
      chainMs(ownerId) {
        const { tracks, master, mastering, sampleRateHz } = project();
        const track = tracks.find(({ id }) => id === ownerId);
        const { inserts } = track ?? (ownerId === masteringId ? mastering : master);
        let frames = inserts.reduce((sum, insert) => sum + (insertFrames(insert) ?? 0), 0);
        if (track?.params['compressor.on'] === 1) {
          const lookaheadMs = track.params['compressor.lookaheadMs'];
          frames += engine()?.latencyOf('compressor', { lookaheadMs }, sampleRateHz) ?? 0;
        }
        return (1000 * frames) / sampleRateHz;
      },
      mixFrames,
    },
  };
}
