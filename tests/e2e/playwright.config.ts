import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';

const root = fileURLToPath(new URL('../..', import.meta.url));

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

// Playwright reads this file again in each of its processes: what the first one chose is handed on in the environment.
process.env.MIXWELL_E2E_PORT ??= String(await freePort());
process.env.MIXWELL_E2E_PLAIN_PORT ??= String(await freePort());
const isolatedUrl = `http://localhost:${process.env.MIXWELL_E2E_PORT}`;
const plainUrl = `http://localhost:${process.env.MIXWELL_E2E_PLAIN_PORT}`;

const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const chromium = process.env.CHROMIUM || installed.find((path) => existsSync(path));

const server = (port: string, isolated: '0' | '1') => ({
  command: 'node build/server/serve.js',
  cwd: root,
  env: {
    PORT: port,
    MIXWELL_ISOLATED: isolated,
    MIXWELL_STORE: `${root}/build/e2e-store/${port}`,
    MIXWELL_LOG: 'warn',
  },
  url: `http://localhost:${port}/health`,
  reuseExistingServer: false,
});

export default defineConfig({
  testDir: '.',
  outputDir: `${root}/build/e2e`,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  workers: 1,
  reporter: [['list']],
  use: {
    baseURL: isolatedUrl,
    viewport: { width: 1440, height: 900 },
    serviceWorkers: 'block',
    // A trace of each step makes the whole half as long again: MIXWELL_TRACE=1 when a failure asks for one.
    trace: process.env.MIXWELL_TRACE === '1' ? 'retain-on-failure' : 'off',
    launchOptions: {
      executablePath: chromium,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--autoplay-policy=no-user-gesture-required',
      ],
    },
  },
  projects: [
    { name: 'isolated', use: { baseURL: isolatedUrl } },
    { name: 'plain', use: { baseURL: plainUrl }, grep: /@plain/ },
  ],
  webServer: [server(process.env.MIXWELL_E2E_PORT, '1'), server(process.env.MIXWELL_E2E_PLAIN_PORT, '0')],
});
