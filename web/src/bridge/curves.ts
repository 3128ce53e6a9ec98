import { type Accessor, createSignal, untrack } from 'solid-js';
import type { Insert, ProjectSnapshot } from '../model/types';
import type { CurveEngine } from './curveEngine';
import type { StudioCurves, StudioLatency } from './studioTypes';

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
    },
    latency: {
      insertFrames,
      ownerFrames(ownerId) {
        const { tracks, master, sampleRateHz } = project();
        const track = tracks.find(({ id }) => id === ownerId);
        let frames = 0;
        for (const insert of (track ?? master).inserts) {
          const own = insertFrames(insert);
          if (own === null) return null;
          frames += own;
        }
        if (track?.params['compressor.on'] !== 1) return frames;
        const lookaheadMs = track.params['compressor.lookaheadMs'];
        const section = engine()?.latencyOf('compressor', { lookaheadMs }, sampleRateHz) ?? null;
        return section === null ? null : frames + section;
      },
      mixFrames,
    },
  };
}
