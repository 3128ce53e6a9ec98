import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import packageFacts from '../../package.json';
import { createServerApp } from './app';
import { listen, requestedPort } from './listen';

/** Serves the page that lies beside the built server. `MIXWELL_ISOLATED=0` leaves shared memory off. */
async function main() {
  const app = createServerApp({
    folder: fileURLToPath(new URL('../app', import.meta.url)),
    isolated: process.env.MIXWELL_ISOLATED !== '0',
    version: packageFacts.version,
  });
  const server = await listen(app.fetch, requestedPort(process.env.PORT));
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`Mixwell is at http://localhost:${port}\n`);
  const stop = () => {
    server.close(() => process.exit(0));
    server.closeAllConnections();
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

main().catch((error: NodeJS.ErrnoException) => {
  const cause = error.code === 'EADDRINUSE' ? `port ${process.env.PORT} is taken` : error.message;
  process.stderr.write(`mixwell: ${cause}\n`);
  process.exit(1);
});
