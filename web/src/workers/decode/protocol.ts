import type { PoolEntry } from '../../storage/pool';

export type DecodeJob =
  | { readonly kind: 'import'; readonly name: string; readonly blob: Blob; readonly projectRateHz: number }
  | {
      readonly kind: 'prepare';
      readonly id: string;
      readonly ext: string;
      readonly name: string;
      readonly projectRateHz: number;
    }
  | { readonly kind: 'rate'; readonly name: string; readonly blob: Blob };

/** What is known of a source after an import, and what the person should be told of it. */
export interface ImportedFile {
  readonly id: string;
  readonly entry: PoolEntry;
  readonly note?: string;
}

export type ToDecodeWorker =
  | { readonly kind: 'begin'; readonly engine: WebAssembly.Module }
  | { readonly kind: 'job'; readonly call: number; readonly job: DecodeJob }
  | { readonly kind: 'cancel'; readonly call: number };

export type FromDecodeWorker =
  | { readonly kind: 'progress'; readonly call: number; readonly fraction: number }
  | { readonly kind: 'imported'; readonly call: number; readonly file: ImportedFile }
  | { readonly kind: 'rate'; readonly call: number; readonly sampleRateHz: number | null }
  | { readonly kind: 'cancelled'; readonly call: number }
  | { readonly kind: 'error'; readonly call: number; readonly sentence: string };
