import type { RenderRequest } from '../workers/render/protocol';
import { RenderClient, type RenderOutcome } from './renderClient';

export type Rendered = Extract<RenderOutcome, { kind: 'done' }>;

/** Renders what nobody has asked to export. Rejects with the signal's reason, or with a sentence. */
export async function renderInBackground(
  request: RenderRequest,
  signal: AbortSignal,
  onFraction: (fraction: number) => void,
): Promise<Rendered> {
  signal.throwIfAborted();
  const client = new RenderClient(request);
  const cancel = () => client.cancel();
  signal.addEventListener('abort', cancel);
  try {
    const outcome = await client.result((frames) => onFraction(frames / request.frames));
    signal.throwIfAborted();
    if (outcome.kind === 'done') return outcome;
    throw new Error(outcome.kind === 'failed' ? outcome.reason : 'The mix was not rendered.');
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}
