import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// The page for Chromium; peers come from the benchmark's own node_modules.
export default defineConfig({
  root: at('.'),
  publicDir: false,
  logLevel: 'error',
  worker: { format: 'es' },
  build: {
    outDir: at('../../build/bench'),
    emptyOutDir: true,
    target: 'es2022',
    minify: false,
    chunkSizeWarningLimit: 20000,
    reportCompressedSize: false,
  },
});
