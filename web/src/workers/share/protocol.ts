import type { Bytes } from '../../share/encoding';
import type { Manifest } from '../../share/manifest';
import type { Packed } from '../../share/upload';

/** The mix as a recipient hears it first, and what is told of it. */
export interface Preview {
  readonly file: File;
  readonly mimeType: Manifest['preview']['mimeType'];
  /** As the manifest has it. */
  readonly waveform: string;
  readonly integratedLufs: number | null;
}

/** A file that travels. */
export interface Parcel {
  /** What the sender calls it. */
  readonly key: string;
  readonly blob: Blob;
  /** Of the blob: "wav". */
  readonly ext: string;
  /** Integer PCM goes as FLAC; else the blob goes as it is. */
  readonly asFlac: boolean;
  readonly chunksPerPiece: number;
  /** What it was when it travelled before. */
  readonly known: Packed | null;
}

/** Constant for one worker. */
export interface ShareSetup {
  readonly origin: string;
  readonly engine: WebAssembly.Module;
  readonly projectSecret: Bytes;
}

export type ToShareWorker =
  | { readonly kind: 'setup'; readonly setup: ShareSetup }
  | { readonly kind: 'preview'; readonly mix: File }
  | { readonly kind: 'deliver'; readonly parcels: readonly Parcel[] }
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' }
  | { readonly kind: 'cancel' };

export type FromShareWorker =
  | { readonly kind: 'previewing'; readonly fraction: number }
  | { readonly kind: 'preview'; readonly preview: Preview }
  /** What is known of the whole delivery now: bytes to send, of which some are an estimate, and bytes that are there. */
  | { readonly kind: 'sending'; readonly totalBytes: number; readonly doneBytes: number }
  /** A parcel is encoded and encrypted; what it has become is worth remembering. */
  | { readonly kind: 'packed'; readonly key: string; readonly packed: Packed }
  /** The server is away and is asked again after so many milliseconds; null: it is back. */
  | { readonly kind: 'waiting'; readonly ms: number | null }
  | { readonly kind: 'delivered' }
  | { readonly kind: 'cancelled' }
  /** `code` is the server's, where it was the server that refused. */
  | { readonly kind: 'failed'; readonly reason: string; readonly code: string | null };
