import { createRequire } from 'node:module';
import type { FlacLibrary } from '../src/engine/flacLibrary';

let loading: Promise<FlacLibrary> | null = null;

/** The encoder that lies beside the built program. */
export function loadFlac(): Promise<FlacLibrary> {
  loading ??= requireFlac(import.meta.url, './libflac.min.wasm.cjs');
  return loading;
}

/** The encoder's script would fetch its WebAssembly where there is a fetch, which takes no file's path in Node. */
export async function requireFlac(from: string, path: string): Promise<FlacLibrary> {
  const { fetch } = globalThis;
  Reflect.deleteProperty(globalThis, 'fetch');
  try {
    const flac: FlacLibrary = createRequire(from)(path);
    if (!flac.isReady()) await new Promise<void>((resolve) => flac.on('ready', resolve));
    return flac;
  } finally {
    globalThis.fetch = fetch;
  }
}
