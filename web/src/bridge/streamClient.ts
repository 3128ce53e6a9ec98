import { linkTransfer, type StreamLinkInit } from '../engine/pageLink';
import { readWaveformPeaks, type WaveformPeaks } from '../engine/waveformPeaks';
import { startWorker } from '../trusted';
import type { FromStreamWorker, PoolAddress, ToStreamWorker } from '../workers/stream/protocol';
import workerUrl from '../workers/stream/streamWorker?worker&url';
import type { PeaksReader } from './peaks';
import type { SourceOpener } from './sceneFeed';

export interface StreamClientOptions {
  readonly link: StreamLinkInit;
  /** The pool does not have a source that is played. */
  onMissing(sourceId: string): void;
  /** A source could not be read; silence is played in its place. */
  onFailed(sourceId: string, reason: string): void;
}

export interface StreamClient extends SourceOpener, PeaksReader {
  dispose(): void;
}

/** Starts the stream worker: it feeds the audio thread from the pool and reads waveforms and samples for the painter. */
export function createStreamClient(
  engine: WebAssembly.Module | Promise<WebAssembly.Module>,
  options: StreamClientOptions,
): StreamClient {
  const worker = startWorker(workerUrl);
  const calls = new Map<number, (answer: FromStreamWorker) => void>();
  let count = 0;
  const begun = Promise.resolve(engine).then((module) => {
    const message: ToStreamWorker = { kind: 'begin', engine: module, link: options.link };
    worker.postMessage(message, linkTransfer(options.link));
  });
  const send = (message: ToStreamWorker) =>
    void begun.then(
      () => worker.postMessage(message),
      () => {},
    );

  worker.addEventListener('message', ({ data }: MessageEvent<FromStreamWorker>) => {
    if (data.kind === 'missing') return options.onMissing(data.id);
    if (data.kind === 'failed') return options.onFailed(data.id, data.reason);
    const answer = calls.get(data.call);
    calls.delete(data.call);
    answer?.(data);
  });

  const ask = (message: (call: number) => ToStreamWorker): Promise<FromStreamWorker> =>
    new Promise((resolve) => {
      const call = ++count;
      calls.set(call, resolve);
      send(message(call));
    });

  return {
    open(handle, { id, ext, projectRateHz, channels }) {
      send({ kind: 'open', handle, source: { id, ext, projectRateHz }, channels });
    },
    close: (handle) => send({ kind: 'close', handle }),
    async peaks(id, ext, projectRateHz): Promise<WaveformPeaks | null> {
      const source: PoolAddress = { id, ext, projectRateHz };
      const answer = await ask((call) => ({ kind: 'peaks', call, source }));
      return answer.kind === 'peaks' && answer.bytes ? readWaveformPeaks(answer.bytes) : null;
    },
    async samples(id, ext, projectRateHz, firstFrame, frames) {
      const source: PoolAddress = { id, ext, projectRateHz };
      const answer = await ask((call) => ({ kind: 'samples', call, source, firstFrame, count: frames }));
      return answer.kind === 'samples' ? answer.channels : [];
    },
    dispose: () => worker.terminate(),
  };
}
