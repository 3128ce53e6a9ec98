import { type Context, Hono } from 'hono';
import { createLogger, errorFacts, type Logger, telling } from './log';
import { Metrics } from './metrics';
import { securityHeaders } from './security';
import { MAX_MANIFEST_BYTES, MAX_PIECE_BYTES, MAX_PIECES } from './shares/limits';
import { pieceRoutes } from './shares/pieceRoutes';
import { shareIdSchema } from './shares/records';
import { Refusal, refuse } from './shares/refusal';
import { addressOf } from './shares/requests';
import { shareRoutes } from './shares/shareRoutes';
import type { Sharing } from './shares/sharing';
import type { StaticFiles } from './staticFiles';
import { StoreAway, StoreFull } from './store/store';

export interface ServerOptions {
  /** The built page. */
  files: StaticFiles;
  /** Whether the page is cross-origin isolated, and with it has shared memory. */
  isolated: boolean;
  version: string;
  sharing: Sharing;
  log?: Logger;
  metrics?: Metrics;
}

const NO_SUCH_LINK = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Mixwell</title>
<p>There is nothing to hear at this address. Please check that the link was copied whole.</p></html>
`;

/** The studio's server: the built page with the headers it needs, and sharing by link. */
export function createServerApp(options: ServerOptions): Hono {
  const { files, sharing, log = createLogger('silent'), metrics = new Metrics() } = options;
  const headers = Object.entries(securityHeaders(options.isolated, sharing.store.origin));
  const app = new Hono();

  app.use(
    telling((request) => {
      metrics.requestDone(request);
      log.info(request, 'request');
    }),
  );
  app.use(async (context, next) => {
    await next();
    for (const [name, value] of headers) context.res.headers.set(name, value);
  });

  app.use('/api/*', async (context, next) => {
    context.header('cache-control', 'no-store');
    sharing.rate.spend(addressOf(context, sharing.trustProxy));
    await next();
  });
  app.get('/api/config', (context) =>
    context.json({
      maxPieceBytes: MAX_PIECE_BYTES,
      maxPieces: MAX_PIECES,
      maxManifestBytes: MAX_MANIFEST_BYTES,
      maxExpiryDays: sharing.limits.maxExpiryDays,
      storeOrigin: sharing.store.origin,
    }),
  );
  app.route('/api/pieces', pieceRoutes(sharing));
  app.route('/api/shares', shareRoutes(sharing));
  app.all('/api/*', () => {
    throw refuse.unknownAddress();
  });

  app.get('/health', async (context) => {
    const well = await isReachable();
    context.header('cache-control', 'no-store');
    return context.json(
      { status: well ? 'ok' : 'store-unreachable', version: options.version },
      well ? 200 : 503,
    );
  });
  app.get('/metrics', async (context) => {
    context.header('cache-control', 'no-store');
    return context.body(await metrics.text(), 200, { 'content-type': metrics.contentType });
  });

  app.on(['GET', 'HEAD'], '/s/:id', async (context) => {
    const known = shareIdSchema.safeParse(context.req.param('id')).success;
    const page = known ? await files.respond(context.req.raw, '/listen.html') : null;
    const answer = page ?? context.html(NO_SUCH_LINK, 404);
    answer.headers.set('x-robots-tag', 'noindex, nofollow');
    return answer;
  });
  app.on(['GET', 'HEAD'], '*', async (context) => {
    return (await files.respond(context.req.raw)) ?? context.text('Not found\n', 404);
  });

  app.onError((error, context) => {
    const refusal = refusalFor(error);
    if (refusal) return answerRefusal(context, refusal);
    log.error(errorFacts(error), 'request failed');
    return context.json({ error: 'internal', message: 'Something went wrong here.' }, 500);
  });

  let asked: { atMs: number; answer: Promise<boolean> } | null = null;
  /** Asks the store at most once a second, however often it is asked itself. */
  const isReachable = (): Promise<boolean> => {
    if (!asked || performance.now() - asked.atMs > 1000) {
      const answer = sharing.store.check().then(
        () => true,
        (error) => {
          log.warn(errorFacts(error), 'the store does not answer');
          return false;
        },
      );
      asked = { atMs: performance.now(), answer };
    }
    return asked.answer;
  };
  return app;
}

function refusalFor(error: unknown): Refusal | null {
  if (error instanceof Refusal) return error;
  if (error instanceof StoreFull) return refuse.full();
  if (error instanceof StoreAway) return refuse.unavailable();
  return null;
}

function answerRefusal(context: Context, { status, code, message, more }: Refusal): Response {
  context.header('cache-control', 'no-store');
  if (more.retryAfterS !== undefined) context.header('retry-after', String(more.retryAfterS));
  const missing = more.missing ? { missing: more.missing } : {};
  return context.json({ error: code, message, ...missing }, status);
}
