import { requireFlac } from '../../web/cli/flac';
import type { FlacLibrary } from '../../web/src/engine/flacLibrary';

/** The encoder in Node, as the package has it. */
export const nodeFlac = (): Promise<FlacLibrary> =>
  requireFlac(import.meta.url, 'libflacjs/dist/libflac.min.wasm.js');
