import solid from 'vite-plugin-solid';
import { defineConfig } from 'vitest/config';

const here = (file: string): string => new URL(file, import.meta.url).pathname;

export default defineConfig({
  root: here('../..'),
  plugins: [solid()],
  test: {
    environment: 'node',
    include: ['tests/web/**/*.test.{ts,tsx}'],
    setupFiles: [here('./seed.ts')],
    reporters: ['default', here('./countsReporter.ts')],
    maxWorkers: 2,
    testTimeout: 30_000,
  },
});
