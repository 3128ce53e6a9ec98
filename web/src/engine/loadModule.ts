import createMixwell from '../../../build/wasm/mixwell.js';
import type { MixwellModule } from './mixwellModule';

/**
 * An instance of the engine with memory of its own. Works in page, worker, worklet and Node: nothing is fetched and no
 * address is resolved, since an audio worklet has neither `fetch` nor `URL`.
 */
export async function instantiateEngine(module: WebAssembly.Module): Promise<MixwellModule> {
  const instance = await createMixwell({
    instantiateWasm(imports, receive) {
      const made = new WebAssembly.Instance(module, imports);
      receive(made, module);
      return made.exports;
    },
    locateFile: (path) => path,
  });
  return instance as MixwellModule;
}
