import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// The driver, for Node; packages stay outside.
export default defineConfig({
  root: at('.'),
  logLevel: 'error',
  build: {
    ssr: at('bench.ts'),
    outDir: at('../../tests/bench/.built'),
    emptyOutDir: true,
    target: 'node20',
    minify: false,
  },
});
