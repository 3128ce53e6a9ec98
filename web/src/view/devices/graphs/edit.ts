import { claimGesture, type Gesture, releaseGesture } from '../../kit/gesture';
import type { ParamWriter } from '../deviceGraph';
import type { Values } from './handles';

/** One change of some values of a device by one hand: shown while it lasts, written once. */
export class Edit implements Gesture {
  readonly #write: ParamWriter;
  readonly #label: string;
  #values: Values | null = null;
  #active = true;

  constructor(write: ParamWriter, label: string) {
    this.#write = write;
    this.#label = label;
    claimGesture(this);
  }

  set(values: Values): void {
    if (!this.#active) return;
    this.#values = { ...this.#values, ...values };
    this.#write.preview(this.#values);
  }

  /** A gesture of the kit previews a number; a picture has several at once. */
  preview(): void {}

  finish(): void {
    if (!this.#end() || !this.#values) return;
    this.#write.commit(this.#label, this.#values);
  }

  cancel(): void {
    if (!this.#end() || !this.#values) return;
    this.#write.cancel();
  }

  get active(): boolean {
    return this.#active;
  }

  #end(): boolean {
    if (!this.#active) return false;
    this.#active = false;
    releaseGesture(this);
    return true;
  }
}

/** Many small steps of keys or the wheel are one change, until a pause ends it. */
export class RunOfSteps {
  #edit: Edit | null = null;
  #id = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  set(write: ParamWriter, label: string, id: string, values: Values, pauseMs: number): void {
    if (!this.#edit?.active || this.#id !== id) {
      this.finish();
      this.#edit = new Edit(write, label);
      this.#id = id;
    }
    this.#edit.set(values);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.finish(), pauseMs);
  }

  finish(): void {
    clearTimeout(this.#timer);
    this.#edit?.finish();
    this.#edit = null;
  }
}
