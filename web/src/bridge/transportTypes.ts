import type { Accessor } from 'solid-js';

export interface StudioTransport {
  readonly playing: Accessor<boolean>;
  /** Whether there is anything to play. */
  readonly canPlay: Accessor<boolean>;
  /** From the position; from the start where the position is the end of the song. */
  play(): void;
  /** Stops and stays. */
  pause(): void;
  /** Stops and goes back to where playing began; a second stop goes to the start. */
  stop(): void;
  /** play or pause. */
  toggle(): void;
  seek(frame: number): void;
  returnToStart(): void;
  /** Interpolated between two quanta of sound; read it once an animation frame. Not reactive. */
  positionFrames(): number;
  /** Reactive at the speed of edits, not of playing: where the playhead was put last, and where it stopped. */
  readonly restFrame: Accessor<number>;
  /** The end of the last clip. */
  readonly songEndFrame: Accessor<number>;
}
