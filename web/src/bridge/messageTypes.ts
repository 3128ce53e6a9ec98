import type { Accessor } from 'solid-js';
import type { Id } from '../model/types';

export interface MessageAction {
  readonly label: string;
  run(): void;
}

export interface Message {
  readonly id: Id;
  readonly text: string;
  readonly kind: 'status' | 'alert';
  readonly action?: MessageAction;
}

export interface StudioMessages {
  readonly list: Accessor<readonly Message[]>;
  /** A status goes by itself after a while, an alert stays until it is dismissed. Returns its id. */
  say(text: string, kind: 'status' | 'alert', action?: MessageAction): Id;
  dismiss(id: Id): void;
}
