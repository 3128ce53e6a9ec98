import { type Accessor, createSignal, untrack } from 'solid-js';
import { engineVersion } from '../../generated/engineLayout';
import type { Manifest } from '../../share/manifest';
import { isCancelled } from '../tasks';
import type { Desk } from './desk';

export type Verification =
  | { readonly kind: 'idle' }
  | { readonly kind: 'working'; readonly fraction: number }
  | { readonly kind: 'same' }
  /** Sentences: that it differs, and why that may be so. */
  | { readonly kind: 'differs'; readonly sentence: string }
  | { readonly kind: 'failed'; readonly sentence: string };

export interface Verifying {
  readonly state: Accessor<Verification>;
  start(desk: Desk): void;
  cancel(): void;
}

/** Renders the project again and compares the bits with those that the sender's browser rendered. */
export function createVerifying({ mix }: Manifest): Verifying {
  const [state, setState] = createSignal<Verification>({ kind: 'idle' });
  let control = new AbortController();

  const work = async (desk: Desk) => {
    control = new AbortController();
    setState({ kind: 'working', fraction: 0 });
    try {
      const hash = await desk.render(control.signal, (fraction) => setState({ kind: 'working', fraction }));
      setState(hash === mix.pcmSha256 ? { kind: 'same' } : { kind: 'differs', sentence: differs(mix) });
    } catch (error) {
      const sentence = error instanceof Error ? error.message : String(error);
      setState(isCancelled(error) ? { kind: 'idle' } : { kind: 'failed', sentence });
    }
  };
  return {
    state,
    start(desk) {
      if (untrack(state).kind !== 'working') void work(desk);
    },
    cancel: () => control.abort(),
  };
}

export function differs({
  what,
  engineVersion: theirs,
}: Pick<Manifest['mix'], 'what' | 'engineVersion'>): string {
  const sentence = `The bits differ: the project does not render to the ${what} that was shared.`;
  if (theirs === engineVersion) return sentence;
  return `${sentence} It was shared with engine ${theirs}, and this one is ${engineVersion}: that may be why.`;
}
