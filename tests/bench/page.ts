import type { ChangeTimes } from './changes';
import { timeFaust } from './peers/faust';
import { timeWebAudioNodes } from './peers/webAudioNodes';
import type { Timing } from './timing';

declare global {
  interface Window {
    /** Called by the benchmark's driver. */
    bench: Record<string, (tracks: number) => Promise<Timing | ChangeTimes>>;
  }
}

const compiled = WebAssembly.compileStreaming(fetch('/mixwell.wasm'));

async function inWorker<Result>(bench: string, tracks: number): Promise<Result> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  const result = new Promise<Result>((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
  });
  worker.postMessage({ bench, tracks, compiled: await compiled });
  return result.finally(() => worker.terminate());
}

window.bench = {
  strips: (tracks) => inWorker<Timing>('strips', tracks),
  heavy: (tracks) => inWorker<Timing>('heavy', tracks),
  export: (tracks) => inWorker<Timing>('export', tracks),
  changes: (tracks) => inWorker<ChangeTimes>('changes', tracks),
  webAudio: (tracks) => timeWebAudioNodes(tracks, 5),
  faust: (tracks) => timeFaust(tracks, 40),
};
