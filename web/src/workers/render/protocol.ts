import type { ImpulseSpec } from '../../engine/impulseTables';
import type { ProgrammeFigures } from '../../engine/programme';
import type { SoundReport } from '../../engine/soundOutput';
import type { FileFormat } from '../../engine/soundWriter';
import type { Measured } from '../../engine/writtenSound';
import type { RunnableChain } from '../mastering/protocol';

/** Where the files go. */
export type RenderTarget =
  /** One file that the person has chosen. */
  | { readonly kind: 'file'; readonly handle: FileSystemFileHandle }
  /** A folder that the person has chosen. */
  | { readonly kind: 'folder'; readonly handle: FileSystemDirectoryHandle }
  /** A folder of the private file system. */
  | { readonly kind: 'private'; readonly handle: FileSystemDirectoryHandle }
  /** The private file system, to be downloaded from there; several files become one zip of this name. */
  | { readonly kind: 'download'; readonly zipName: string };

/** A scene, and what of it is rendered. */
export interface RenderedScene {
  readonly engine: WebAssembly.Module;
  readonly sampleRateHz: number;
  /** Makes the whole scene. */
  readonly commands: Float64Array;
  readonly sources: readonly {
    readonly handle: number;
    readonly id: string;
    readonly ext: string;
    readonly name: string;
  }[];
  /** What the convolutions play; `source` lies in the pool, null is built in. */
  readonly impulses: readonly {
    readonly insert: number;
    readonly spec: ImpulseSpec;
    readonly source: { readonly id: string; readonly ext: string } | null;
  }[];
  readonly startFrame: number;
  readonly frames: number;
}

/** How the finished mix is mastered on its way to the file. */
export type RenderedMaster =
  /** The scene has the chain in it. */
  | { readonly kind: 'scene' }
  /** The scene is the mix alone, which is converted first: the chain runs at the file's rate. */
  | { readonly kind: 'converted'; readonly chain: RunnableChain };

export interface RenderRequest extends RenderedScene {
  /** Null: the mix or stems. */
  readonly master: RenderedMaster | null;
  readonly format: {
    readonly file: FileFormat;
    readonly sampleRateHz: number;
    readonly bits: '16' | '24' | '32f';
    readonly dither: 'none' | 'tpdf' | 'shaped';
  };
  /** `title` is what players show; `track` a track's handle, or null for the mix. */
  readonly files: readonly {
    readonly name: string;
    readonly title: string;
    readonly track: number | null;
  }[];
  readonly target: RenderTarget;
  /** What is told of each file; nothing unless asked for. */
  readonly measured?: Measured;
}

export type ToRenderWorker =
  | { readonly kind: 'render'; readonly request: RenderRequest }
  | { readonly kind: 'cancel' };

export type RenderedFile = SoundReport & { readonly name: string };

export type FromRenderWorker =
  | { readonly kind: 'progress'; readonly frames: number }
  /** All is rendered; files are gathered. */
  | { readonly kind: 'saving' }
  /** `download` is the file to download, where the target was that. */
  | {
      readonly kind: 'done';
      readonly files: readonly RenderedFile[];
      readonly download: File | null;
      /** What went into the mastering chain; of a master. */
      readonly original: ProgrammeFigures | null;
    }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly reason: string };
