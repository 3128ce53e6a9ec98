import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';

type Fetch = Parameters<typeof createAdaptorServer>[0]['fetch'];

const DEFAULT_PORT = 8080;
const PORTS_TO_TRY = 64;

/** The port that `PORT=` names, or null when it is unset. Throws when it is no port number. */
export function requestedPort(value: string | undefined): number | null {
  if (value === undefined || value === '') return null;
  const port = Number(value);
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Error(`PORT=${value} is no port number`);
  return port;
}

function listenOn(fetch: Fetch, port: number): Promise<Server> {
  const server = createAdaptorServer({ fetch }) as Server;
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, () => {
      server.off('error', reject);
      resolve(server);
    });
  });
}

/**
 * Serves on the port asked for, and on no other; without one on 8080 or the next free port.
 * Resolves when connections are accepted.
 */
export async function listen(fetch: Fetch, port: number | null, first = DEFAULT_PORT): Promise<Server> {
  if (port !== null) return listenOn(fetch, port);
  for (let candidate = first; candidate < first + PORTS_TO_TRY; candidate++) {
    try {
      return await listenOn(fetch, candidate);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    }
  }
  return listenOn(fetch, 0);
}
