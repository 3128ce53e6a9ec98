import { copyFileSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const { version } = JSON.parse(readFileSync(at('../../package.json'), 'utf8')) as { version: string };

/** The program finds its engine and the encoder of FLAC beside itself. */
const libraries: Plugin = {
  name: 'mixwell-libraries-beside',
  apply: 'build',
  writeBundle() {
    copyFileSync(at('../../build/wasm/mixwell.wasm'), at('../../build/cli/mixwell.wasm'));
    const flac = at('../../node_modules/libflacjs/dist/libflac.min.wasm');
    copyFileSync(`${flac}.js`, at('../../build/cli/libflac.min.wasm.cjs'));
    copyFileSync(`${flac}.wasm`, at('../../build/cli/libflac.min.wasm.wasm'));
  },
};

export default defineConfig({
  root: at('.'),
  logLevel: 'warn',
  plugins: [libraries],
  define: { MIXWELL_VERSION: JSON.stringify(version) },
  build: {
    ssr: at('main.ts'),
    outDir: at('../../build/cli'),
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    rolldownOptions: {
      checks: { pluginTimings: false },
      output: { entryFileNames: 'mixwell.mjs', format: 'es' },
    },
  },
  ssr: { noExternal: true },
});
