import type { ImpulseSpec } from '../../engine/impulseTables';
import type { ProgrammeFigures } from '../../engine/programme';
import type { Stage } from '../../mastering/chain';
import type { Reached, ReachGoal } from '../../mastering/reach';
import type { RenderedScene } from '../render/protocol';

export interface MasteringRequest {
  /** The mix alone. */
  readonly scene: RenderedScene;
  readonly chain: MasteringChain;
  /** Null: the mix and the chain as it is are measured. Else the gain into its limiter is found first. */
  readonly goal: ReachGoal | null;
}

export interface MasteringChain {
  readonly stages: readonly Stage[];
  /** What those of its convolutions play that are on, in their order. */
  readonly impulses: readonly {
    readonly spec: ImpulseSpec;
    readonly source: { readonly id: string; readonly ext: string } | null;
  }[];
}

export type ToMasteringWorker =
  | { readonly kind: 'run'; readonly request: MasteringRequest }
  | { readonly kind: 'cancel' };

/** What is being done, for people, and how far it is. */
export interface MasteringProgress {
  readonly doing: string;
  readonly fraction: number;
}

export interface MasteringResult {
  readonly original: ProgrammeFigures;
  readonly master: ProgrammeFigures;
  /** What the master was measured with. */
  readonly stages: readonly Stage[];
  /** Where a goal was given. */
  readonly reached: Reached | null;
}

export type FromMasteringWorker =
  | ({ readonly kind: 'progress' } & MasteringProgress)
  | ({ readonly kind: 'done' } & MasteringResult)
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly reason: string };
