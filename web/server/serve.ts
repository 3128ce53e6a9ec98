import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import packageFacts from '../../package.json';
import { createServerApp } from './app';
import { listen, requestedPort } from './listen';
import { createLogger, errorFacts, type Logger } from './log';
import { Metrics } from './metrics';
import { openStore, readSettings } from './settings';
import { Sharing } from './shares/sharing';
import { sweepRegularly } from './shares/sweep';
import { StaticFiles } from './staticFiles';

/** A connection on which nothing moves for so long is cut. */
const IDLE_MS = 120_000;
/** How long a connection waits for its next request: longer than a proxy keeps its own, so that none is cut under one. */
const KEPT_MS = 75_000;

const besideServer = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Serves the page that lies beside the built server, and sharing from the store that the settings name. */
async function main() {
  const settings = readSettings(
    process.env,
    besideServer('../../data'),
    process.stderr.isTTY ? 'warn' : 'info',
  );
  const log = createLogger(settings.logLevel);
  const metrics = new Metrics();
  const store = await openStore(settings.store);
  const sharing = new Sharing(store, settings.limits, settings.trustProxy);
  const files = new StaticFiles(besideServer('../app'));
  const warming = files.warm();
  const app = createServerApp({
    files,
    isolated: settings.isolated,
    version: packageFacts.version,
    sharing,
    log,
    metrics,
  });
  const server = await listen(app.fetch, requestedPort(process.env.PORT));
  server.setTimeout(IDLE_MS);
  server.keepAliveTimeout = KEPT_MS;
  const endSweeps = sweepRegularly(
    sharing,
    (swept, ms) => {
      metrics.sweepDone(swept);
      log.info({ ...swept, ms: Math.round(ms) }, 'swept');
    },
    (error) => {
      metrics.sweepFailed();
      log.error(errorFacts(error), 'the sweep failed');
    },
  );
  const { port } = server.address() as AddressInfo;
  await warming;
  process.stdout.write(`Mixwell is at http://localhost:${port}\n`);
  log.info({ port, store: store.kind }, 'started');
  stopOnSignal(server, endSweeps, settings.stopSeconds, log);
}

/** The first signal lets running requests finish, up to a limit; the second ends at once. */
function stopOnSignal(server: Server, endSweeps: () => void, seconds: number, log: Logger) {
  let stopping = false;
  const stop = () => {
    if (stopping) process.exit(1);
    stopping = true;
    log.info('stopping');
    endSweeps();
    server.close(() => process.exit(0));
    setInterval(() => server.closeIdleConnections(), 50).unref();
    setTimeout(() => {
      log.warn('some requests were cut');
      server.closeAllConnections();
    }, seconds * 1000).unref();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

main().catch((error: NodeJS.ErrnoException) => {
  const cause = error.code === 'EADDRINUSE' ? `port ${process.env.PORT} is taken` : error.message;
  process.stderr.write(`mixwell: ${cause}\n`);
  process.exit(1);
});
