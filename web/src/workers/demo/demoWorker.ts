import { MemorySink } from '../../engine/byteSink';
import { describeDemoSong, writeDemoStem } from '../../engine/demoSong';
import { instantiateEngine } from '../../engine/loadModule';
import type { DemoRequest, FromDemoWorker } from './protocol';

const say = (message: FromDemoWorker) => postMessage(message);

addEventListener('message', ({ data }: MessageEvent<DemoRequest>) => {
  playStems(data).catch((error: unknown) => {
    say({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) });
  });
});

/** Plays one stem after the other; terminating the worker is how it is called off. */
async function playStems({ engine, sampleRateHz }: DemoRequest): Promise<void> {
  const module = await instantiateEngine(engine);
  const song = describeDemoSong(module, sampleRateHz);
  say({ kind: 'song', song });
  for (const stem of song.tracks.keys()) {
    const sink = new MemorySink();
    await writeDemoStem(module, song, stem, sink);
    say({ kind: 'stem', stem, file: new Blob([sink.bytes]) });
    say({ kind: 'progress', fraction: (stem + 1) / song.tracks.length });
  }
}
