import type { MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import pino, { type DestinationStream, type Logger } from 'pino';

export type { Logger };

/**
 * Lines of JSON. They say what kind of request came and how it went; never a link's id, a key, a token, an address or content.
 */
export function createLogger(level: string, destination: DestinationStream = pino.destination(2)): Logger {
  return pino({ level, base: { pid: process.pid } }, destination);
}

/** What may be said of an error: its kind and where it came from; its message might hold a path with an id. */
export function errorFacts(error: unknown) {
  if (!(error instanceof Error)) return { error: typeof error };
  const stack = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const { code } = error as NodeJS.ErrnoException;
  return { error: error.constructor.name, code, at: stack.slice(0, 8).map((line) => line.trim()) };
}

export interface Request {
  method: string;
  /** The route's pattern, such as `/api/shares/:id`; everything that is no route of its own is `/*`. */
  route: string;
  status: number;
  ms: number;
  bytesIn: number;
  bytesOut: number;
}

/** Tells what each request was and how it went, once its answer begins. */
export function telling(tell: (request: Request) => void): MiddlewareHandler {
  return async (context, next) => {
    const started = performance.now();
    await next();
    const length = (value: string | null | undefined) => Number(value ?? 0) || 0;
    tell({
      method: context.req.method,
      route: routePath(context),
      status: context.res.status,
      ms: Math.round((performance.now() - started) * 10) / 10,
      bytesIn: length(context.req.header('content-length')),
      bytesOut: length(context.res.headers.get('content-length')),
    });
  };
}
