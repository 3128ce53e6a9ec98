import { instantiateEngine } from '../../web/src/engine/loadModule';
import { timeEngine } from './engineTiming';
import { timeFaust } from './peers/faust';
import { timeWebAudioNodes } from './peers/webAudioNodes';
import { heavySession, stripSession } from './session';
import type { Timing } from './timing';

declare global {
  interface Window {
    /** Called by the benchmark's driver. */
    bench: Record<string, (tracks: number) => Promise<Timing>>;
  }
}

const compiled = WebAssembly.compileStreaming(fetch('/mixwell.wasm'));

window.bench = {
  strips: async (tracks) => timeEngine(await instantiateEngine(await compiled), stripSession(tracks), 8000),
  heavy: async () => timeEngine(await instantiateEngine(await compiled), heavySession(), 4000),
  webAudio: (tracks) => timeWebAudioNodes(tracks, 5),
  faust: (tracks) => timeFaust(tracks, 40),
};
