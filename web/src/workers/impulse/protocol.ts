import type { ImpulseSpec } from '../../engine/impulseTables';
import type { PoolAddress } from '../stream/protocol';

export type ToImpulseWorker =
  | { readonly kind: 'begin'; readonly engine: WebAssembly.Module }
  /** `source` is where the impulse lies that is not built in. */
  | {
      readonly kind: 'bake';
      readonly call: number;
      readonly spec: ImpulseSpec;
      readonly sampleRateHz: number;
      readonly source: PoolAddress | null;
    }
  /** The outline of one that is built in. */
  | {
      readonly kind: 'outline';
      readonly call: number;
      readonly impulseId: string;
      readonly sampleRateHz: number;
    };

/** Minimum and maximum in turn of equal stretches of each side, 127 is full scale. */
export interface ImpulseOutline {
  readonly frames: number;
  readonly framesPerPoint: number;
  readonly channels: readonly Int8Array[];
}

export type FromImpulseWorker =
  /** Null where there is no such sound. */
  | { readonly kind: 'baked'; readonly call: number; readonly table: Float32Array<ArrayBuffer> | null }
  | { readonly kind: 'outline'; readonly call: number; readonly outline: ImpulseOutline | null }
  | { readonly kind: 'failed'; readonly call: number; readonly reason: string };
