import { Hono } from 'hono';
import { StaticFiles } from './staticFiles';

export interface ServerOptions {
  /** The folder of the built page. */
  folder: string;
  /** Whether the page is cross-origin isolated, and with it has shared memory. */
  isolated: boolean;
  version: string;
}

/** Nothing comes from elsewhere; the engine and the decoders are WebAssembly, made in the page and in its workers. */
const CONTENT_POLICY = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "worker-src 'self'",
  "connect-src 'self' blob: data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const SECURITY: Record<string, string> = {
  'content-security-policy': CONTENT_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
};

const ISOLATION: Record<string, string> = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};

/** The studio's server: the built page with the headers it needs, and a place to ask whether it is well. */
export function createServerApp(options: ServerOptions): Hono {
  const files = new StaticFiles(options.folder);
  const headers = Object.entries(options.isolated ? { ...SECURITY, ...ISOLATION } : SECURITY);
  const app = new Hono();

  app.use(async (context, next) => {
    await next();
    for (const [name, value] of headers) context.header(name, value);
  });
  app.get('/health', (context) => {
    context.header('cache-control', 'no-store');
    return context.json({ status: 'ok', version: options.version });
  });
  app.on(['GET', 'HEAD'], '*', async (context) => {
    return (await files.respond(context.req.raw)) ?? context.text('Not found\n', 404);
  });
  return app;
}
