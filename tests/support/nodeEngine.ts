import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { instantiateEngine } from '../../web/src/engine/loadModule';
import type { MixwellModule } from '../../web/src/engine/mixwellModule';

export const repository = fileURLToPath(new URL('../..', import.meta.url));

let compiled: WebAssembly.Module | undefined;

/** A fresh instance of the built engine in Node. */
export function nodeEngine(): Promise<MixwellModule> {
  compiled ??= new WebAssembly.Module(readFileSync(`${repository}/build/wasm/mixwell.wasm`));
  return instantiateEngine(compiled);
}
