import { createRequire } from 'node:module';
import type { FlacLibrary } from '../../web/src/engine/flacLibrary';

/** The encoder in Node. Its script would fetch its WebAssembly where there is a fetch, which takes no file's path here. */
export async function nodeFlac(): Promise<FlacLibrary> {
  const { fetch } = globalThis;
  Reflect.deleteProperty(globalThis, 'fetch');
  try {
    const flac: FlacLibrary = createRequire(import.meta.url)('libflacjs/dist/libflac.min.wasm.js');
    if (!flac.isReady()) await new Promise<void>((resolve) => flac.on('ready', resolve));
    return flac;
  } finally {
    globalThis.fetch = fetch;
  }
}
