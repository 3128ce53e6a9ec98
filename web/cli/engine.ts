import { readFile } from 'node:fs/promises';
import { instantiateEngine } from '../src/engine/loadModule';
import type { MixwellModule } from '../src/engine/mixwellModule';

/** The engine that lies beside the built program. */
export async function loadEngine(): Promise<MixwellModule> {
  const bytes = await readFile(new URL('mixwell.wasm', import.meta.url));
  return instantiateEngine(await WebAssembly.compile(bytes));
}
