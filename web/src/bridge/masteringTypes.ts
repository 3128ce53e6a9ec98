import type { Accessor } from 'solid-js';
import type { EndRepair } from '../mastering/ends';
import type { Measures, Programme } from '../mastering/measures';
import type { Move } from '../mastering/moves';
import type { Note } from '../mastering/proposal';
import type { Reached } from '../mastering/reach';
import type { Id, ProjectSnapshot } from '../model/types';
import type { MeteredBus } from './meterTypes';

/** What the listener compares: the master, the mix that goes into the chain, or a reference by its id. */
export type ListenChoice = 'master' | 'original' | Id;

export interface StudioMastering {
  /** Reactive: whether the chain is heard now. */
  readonly engaged: Accessor<boolean>;
  /** The Master room hears the chain, whatever its switch says. */
  setRoom(open: boolean): void;
  /** Reactive; 'master' where the chosen reference has gone. */
  readonly listening: Accessor<ListenChoice>;
  listen(choice: ListenChoice): void;
  /** Reactive: whether everything is heard as loud as the softest of what can be listened to. */
  readonly levelMatched: Accessor<boolean>;
  setLevelMatched(on: boolean): void;
  /** Integrated loudness of a choice as far as it is known; null before. Reactive. */
  loudnessOf(choice: ListenChoice): number | null;
  /** Tells how loud something is as a whole, from an analysis. */
  setLoudness(choice: ListenChoice, lufs: number | null): void;
  /** How much a choice is turned down by, in dB, 0 or negative. Reactive. */
  matchGainDb(choice: ListenChoice): number;
  /** Fills `into`, see loudnessFields; false, and nothing is filled, where there is no engine. No garbage. */
  readLoudness(bus: MeteredBus, into: Float64Array): boolean;
  /** Measures anew from now on. */
  resetLoudness(): void;
  /** The track that the bus 'track' is; null: none. */
  meterTrack(trackId: Id | null): void;
  /** Takes a song as a reference, as one step of undo. What can't be taken becomes a message. */
  addReference(file: File): Promise<void>;
  readonly song: StudioSong;
}

/** The whole song as it was last measured, in a worker. */
export interface SongAnalysis {
  /** Of what it was measured. */
  readonly project: ProjectSnapshot;
  /** What goes into the chain, and what comes out of it. */
  readonly original: Programme;
  readonly master: Programme;
  readonly before: Measures;
  readonly after: Measures;
  /** Where in the song what was measured begins. */
  readonly startSeconds: number;
  /** What came of the last 'Reach the target', where the chain is still as it left it. */
  readonly reached: Reached | null;
}

/** What measures the whole song and sets the chain by it. What goes wrong becomes a message. */
export interface StudioSong {
  /** Reactive: the newest analysis; null before the first, and in another project. */
  readonly analysis: Accessor<SongAnalysis | null>;
  /** Reactive: whether something that is heard has changed since. */
  readonly stale: Accessor<boolean>;
  /** Reactive: what is being worked out; null: nothing. */
  readonly work: Accessor<{ readonly doing: string; readonly fraction: number } | null>;
  /** Lays out the standard chain where there is none; no step of undo. */
  setUp(): Promise<void>;
  /** Measures mix and master, and references that are not measured yet. */
  analyse(): Promise<void>;
  /** Reactive: what is known of each reference, by its id. */
  readonly references: Accessor<ReadonlyMap<Id, Programme>>;
  /** Sets the gain into the limiter, and its ceiling, so that the master lands on its target; one step of undo. */
  reach(): Promise<void>;
  /**
   * Measures the mix and sets the chain by what it seems to need, or towards a reference in tone and width, by so much (0 to 1); one
   * step of undo.
   */
  propose(amount: number, referenceId?: Id | null): Promise<void>;
  /** Reactive: what the last proposal did, each in a sentence and whether the chain has it, and what no device mends. */
  readonly moves: Accessor<readonly ProposedMove[]>;
  readonly notes: Accessor<readonly Note[]>;
  /** Mends an end of the master, by what was measured of it; one step of undo. */
  repair(repair: EndRepair): Promise<void>;
  /** Masters the song from its start to its end again; one step of undo. */
  masterWhole(): Promise<void>;
  /** Takes one move back, or makes it again; one step of undo. */
  setMove(id: string, on: boolean): Promise<void>;
  cancel(): void;
}

export interface ProposedMove extends Move {
  readonly on: boolean;
}
