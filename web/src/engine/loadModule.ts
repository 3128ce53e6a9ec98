import createMixwell from '../../../build/wasm/mixwell.js';
import type { MixwellModule } from './mixwellModule';

/**
 * An instance of the engine with memory of its own. Works in page, worker, worklet and Node: nothing is fetched and no
 * address is resolved, since an audio worklet has neither `fetch` nor `URL`.
 */
export function instantiateEngine(module: WebAssembly.Module): Promise<MixwellModule> {
  return create((imports, receive) => receive(new WebAssembly.Instance(module, imports)), module);
}

/** The same on the page, where a large module is not to be instantiated at one go. */
export function instantiateOnPage(module: WebAssembly.Module): Promise<MixwellModule> {
  return create((imports, receive) => {
    void WebAssembly.instantiate(module, imports).then(receive);
  }, module);
}

async function create(
  make: (imports: WebAssembly.Imports, receive: (made: WebAssembly.Instance) => void) => void,
  module: WebAssembly.Module,
): Promise<MixwellModule> {
  const instance = await createMixwell({
    instantiateWasm(imports, receive) {
      make(imports, (made) => receive(made, module));
      return {};
    },
    locateFile: (path) => path,
  });
  return instance as MixwellModule;
}
