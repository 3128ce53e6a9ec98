import type { StreamLinkInit } from '../../engine/pageLink';

/** A source at a project's rate. */
export interface PoolAddress {
  readonly id: string;
  readonly ext: string;
  readonly projectRateHz: number;
}

export type ToStreamWorker =
  | { readonly kind: 'begin'; readonly engine: WebAssembly.Module; readonly link: StreamLinkInit }
  | { readonly kind: 'open'; readonly handle: number; readonly source: PoolAddress; readonly channels: 1 | 2 }
  | { readonly kind: 'close'; readonly handle: number }
  | { readonly kind: 'peaks'; readonly call: number; readonly source: PoolAddress }
  | {
      readonly kind: 'samples';
      readonly call: number;
      readonly source: PoolAddress;
      readonly firstFrame: number;
      readonly count: number;
    };

export type FromStreamWorker =
  | { readonly kind: 'missing'; readonly id: string }
  | { readonly kind: 'failed'; readonly id: string; readonly reason: string }
  | { readonly kind: 'peaks'; readonly call: number; readonly bytes: Uint8Array<ArrayBuffer> | null }
  | { readonly kind: 'samples'; readonly call: number; readonly channels: Float32Array[] };
