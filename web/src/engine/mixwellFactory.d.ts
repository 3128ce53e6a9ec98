declare module '*/build/wasm/mixwell.js' {
  interface Receive {
    instantiateWasm(
      imports: WebAssembly.Imports,
      receive: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
    ): WebAssembly.Exports;
    locateFile(path: string): string;
  }
  export default function createMixwell(options: Receive): Promise<unknown>;
}
