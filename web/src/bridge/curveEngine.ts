import { EqCurves } from '../engine/curves';
import { ditherNoise } from '../engine/ditherNoise';
import { instantiateOnPage } from '../engine/loadModule';
import type { MixwellModule } from '../engine/mixwellModule';
import { devices, stripParams } from '../generated/devices';
import type { ExportDither } from './exportTypes';

export type Values = Readonly<Record<string, number>>;

const mostCurves = 8;
const tables = new Map(devices.map(({ id, params }) => [id as string, params]));
const cutIds = stripParams.map(({ id }) => id).filter((id) => id.startsWith('cut.'));

/** An instance of the engine on the page, for what is drawn: it never sounds. */
export class CurveEngine {
  readonly #module: MixwellModule;
  readonly #curves = new Map<ArrayLike<number>, EqCurves>();
  readonly #latencies = new Map<string, number>();
  readonly #noises = new Map<string, Float64Array>();

  private constructor(module: MixwellModule) {
    this.#module = module;
  }

  static async start(engine: Promise<WebAssembly.Module>): Promise<CurveEngine> {
    return new CurveEngine(await instantiateOnPage(await engine));
  }

  /** See StudioCurves. */
  eqGainsDb(values: Values, frequenciesHz: ArrayLike<number>, sampleRateHz: number): Float64Array {
    const eq = (tables.get('eq') ?? []).map((param) =>
      param.id === 'on' ? 1 : (values[param.id] ?? param.default),
    );
    const cut = cutIds.map((id) => values[id] ?? 0);
    const hasCuts = cutIds.every((id) => values[id] !== undefined);
    return this.#curvesAt(frequenciesHz).gainsDb(hasCuts ? { eq, cut } : { eq }, sampleRateHz);
  }

  /** Frames by which a device makes the sound late at its values. */
  latencyOf(deviceId: string, values: Values, sampleRateHz: number): number {
    const table = tables.get(deviceId) ?? [];
    const changing = table.flatMap((param, index) =>
      param.changesLatency ? [[index, values[param.id] ?? param.default] as const] : [],
    );
    const key = `${deviceId} ${sampleRateHz} ${changing.join(' ')}`;
    let latency = this.#latencies.get(key);
    if (latency === undefined) {
      const chain = new this.#module.DeviceChain(sampleRateHz, 2);
      const place = chain.add(deviceId);
      for (const [index, value] of changing) chain.setParam(place, index, value);
      latency = chain.latencySamples();
      chain.delete();
      this.#latencies.set(key, latency);
    }
    return latency;
  }

  /** See StudioCurves. */
  ditherNoise(word: '16' | '24', dither: ExportDither, sampleRateHz: number, frames: number): Float64Array {
    const key = `${word} ${dither} ${sampleRateHz} ${frames}`;
    const known = this.#noises.get(key);
    if (known) return known;
    const noise = ditherNoise(this.#module, word, dither, sampleRateHz, frames);
    this.#noises.set(key, noise);
    return noise;
  }

  #curvesAt(frequenciesHz: ArrayLike<number>): EqCurves {
    let curves = this.#curves.get(frequenciesHz);
    if (!curves) {
      curves = new EqCurves(this.#module, frequenciesHz);
      this.#curves.set(frequenciesHz, curves);
      const [oldest] = this.#curves.entries();
      if (this.#curves.size > mostCurves && oldest) {
        oldest[1].delete();
        this.#curves.delete(oldest[0]);
      }
    }
    return curves;
  }
}
