import type { ChainScene } from '../../engine/chainRun';
import type { ProgrammeFigures } from '../../engine/programme';
import type { Stage } from '../../mastering/chain';
import type { Reached, ReachGoal } from '../../mastering/reach';
import type { RenderedScene } from '../render/protocol';

export interface MasteringRequest {
  /** The mix alone. */
  readonly scene: RenderedScene;
  readonly chain: RunnableChain;
  /** Null: the mix and the chain as it is are measured. */
  readonly goal: MasteringGoal | null;
}

/** The gain into the last limiter is found first. */
export interface MasteringGoal extends ReachGoal {
  /** What lies in front of that limiter: run once. */
  readonly front: RunnableChain;
  /** The limiter and what follows: run with one gain after the other. */
  readonly last: RunnableChain;
}

/** A chain, or a part of one, to run a mix through. */
export interface RunnableChain {
  readonly scene: ChainScene;
  readonly stages: readonly Stage[];
  /** Of each stage, its handle in the scene. */
  readonly inserts: readonly number[];
  readonly impulses: RenderedScene['impulses'];
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
