import type { Accessor } from 'solid-js';
import type { Id, LaneKind } from '../model/types';

/** A control that automation can move. */
export interface Control {
  readonly ownerId: Id | 'master';
  readonly kind: LaneKind;
  /** The insert or the send; null for the strip's own. */
  readonly targetId: Id | null;
  /** An id of the table; 'gainDb' or 'pan' of a send. */
  readonly param: string;
}

/** A hand on a control that is being written while the song plays. */
export interface AutomationTouch {
  /** Heard at once; the document gets it when the writing ends. */
  set(value: number): void;
  /** The hand lets go: 'touch' writes what was done and reads on, 'latch' and 'write' hold the value until the song stops. */
  release(): void;
  /** Called off: nothing of this touch is written. */
  cancel(): void;
}

/** A stretch of writing without a jump of the playhead in it: from its first sample to a frame. */
export interface WrittenStretch {
  readonly samples: readonly { readonly frame: number; readonly value: number }[];
  readonly toFrame: number;
}

export interface StudioAutomation {
  /**
   * A hand takes a control. Null where nothing is to be written (the song stands still, or the owner's mode is 'off' or
   * 'read'): then moving it is an edit like any other.
   */
  touch(control: Control): AutomationTouch | null;
  /**
   * The value as it is heard now: that of the hand, or the lane's at the playhead; null where no automation moves it and
   * the document's own value counts. Not reactive; read it once an animation frame.
   */
  valueNow(control: Control): number | null;
  /** The same at a frame of the song, hands left out. */
  valueAt(control: Control, frame: number): number | null;
  /** What is being written of a lane and is not in the document yet. Not reactive. */
  writtenSoFar(control: Control): readonly WrittenStretch[];
  /** Reactive: whether something is being written. */
  readonly writing: Accessor<boolean>;
}
