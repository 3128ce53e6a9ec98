import engineUrl from '../../../build/wasm/mixwell.wasm?url';

/** The engine, compiled once for the page: workers and the audio thread get the module and make instances of their own. */
export async function compileEngine(): Promise<WebAssembly.Module> {
  const response = await fetch(engineUrl);
  if (!response.ok) throw new Error(`The engine could not be loaded (${response.status}).`);
  if (response.headers.get('content-type')?.startsWith('application/wasm')) {
    return WebAssembly.compileStreaming(response);
  }
  return WebAssembly.compile(await response.arrayBuffer());
}
