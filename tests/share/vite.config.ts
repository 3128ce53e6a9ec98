import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// The driver, for Node.
export default defineConfig({
  root: at('.'),
  logLevel: 'error',
  build: {
    ssr: at('faults.ts'),
    outDir: at('../../build/share-faults'),
    emptyOutDir: true,
    target: 'node20',
    minify: false,
  },
});
