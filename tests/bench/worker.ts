import { instantiateEngine } from '../../web/src/engine/loadModule';
import { timeChanges } from './changes';
import { timeEngine } from './engineTiming';
import { exportSession, heavySession, stripSession } from './session';

// The engine off the page, as in an audio worklet, which has no clock to time it with.
self.onmessage = async ({
  data,
}: MessageEvent<{ bench: string; tracks: number; compiled: WebAssembly.Module }>) => {
  const module = await instantiateEngine(data.compiled);
  if (data.bench === 'changes') postMessage(timeChanges(module));
  else if (data.bench === 'heavy') postMessage(timeEngine(module, heavySession(), 6000));
  else if (data.bench === 'export') postMessage(timeEngine(module, exportSession(), 6000));
  else postMessage(timeEngine(module, stripSession(data.tracks), 8000));
};
