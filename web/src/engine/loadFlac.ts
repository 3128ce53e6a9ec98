import wasmAddress from 'libflacjs/dist/libflac.min.wasm.wasm?url';
import type { FlacLibrary } from './flacLibrary';

let loading: Promise<FlacLibrary> | null = null;

/** The encoder of libflacjs, once a worker. */
export function loadFlac(): Promise<FlacLibrary> {
  loading ??= load();
  return loading;
}

async function load(): Promise<FlacLibrary> {
  // The script looks here for its WebAssembly, and puts a fetch of its own in the place of the worker's, which swallows errors.
  Object.assign(globalThis, { FLAC_SCRIPT_LOCATION: { 'libflac.min.wasm.wasm': wasmAddress } });
  const ownFetch = globalThis.fetch;
  const { default: flac }: { default: FlacLibrary } = await import('libflacjs/dist/libflac.min.wasm.js');
  globalThis.fetch = ownFetch;
  if (!flac.isReady()) await new Promise<void>((resolve) => flac.on('ready', resolve));
  return flac;
}
