import { type MasteringDevice, type Stage, withParams } from './chain';

/** One thing that a proposal does: values of a device, and in a sentence each what it does and why. */
export interface Move {
  readonly id: string;
  /** The device of the chain that it sets. */
  readonly stage: MasteringDevice;
  readonly params: Readonly<Record<string, number>>;
  readonly what: string;
  readonly why: string;
}

/** The chain with the moves, but for those that are left out. No move sets what another one sets. */
export function withMoves(
  chain: readonly Stage[],
  moves: readonly Move[],
  leftOut: ReadonlySet<string> = new Set(),
): Stage[] {
  return moves
    .filter(({ id }) => !leftOut.has(id))
    .reduce<Stage[]>((stages, { stage, params }) => withParams(stages, stage, params), [...chain]);
}
