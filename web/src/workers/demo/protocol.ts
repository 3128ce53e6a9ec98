import type { DemoSong } from '../../engine/demoSong';

export interface DemoRequest {
  readonly engine: WebAssembly.Module;
  readonly sampleRateHz: number;
}

export type FromDemoWorker =
  | { readonly kind: 'song'; readonly song: DemoSong }
  /** From 0 to 1, of all stems together. */
  | { readonly kind: 'progress'; readonly fraction: number }
  /** A WAV file. */
  | { readonly kind: 'stem'; readonly stem: number; readonly file: Blob }
  | { readonly kind: 'failed'; readonly reason: string };
