import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createServerApp } from '../../../web/server/app';
import { listen, requestedPort } from '../../../web/server/listen';
import { DEFAULT_LIMITS } from '../../../web/server/shares/limits';
import { Sharing } from '../../../web/server/shares/sharing';
import { StaticFiles } from '../../../web/server/staticFiles';
import { FolderStore } from '../../../web/server/store/folderStore';

let folder: string;
let sharing: Sharing;
const script = `export const words = ${JSON.stringify('a strip, a bus, a fader '.repeat(200))};`;

beforeAll(async () => {
  const outer = mkdtempSync(join(tmpdir(), 'mixwell-server-'));
  folder = join(outer, 'app');
  sharing = new Sharing(await FolderStore.at(join(outer, 'store')), DEFAULT_LIMITS);
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(outer, 'secret.txt'), 'outside');
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Mixwell</title>');
  writeFileSync(join(folder, 'assets/index-1a2b3c.js'), script);
  writeFileSync(join(folder, 'assets/mixwell-9f.wasm'), new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]));
});
afterAll(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

const app = (isolated = true) =>
  createServerApp({ files: new StaticFiles(folder), isolated, version: '1.2.3', sharing });
const get = (path: string, headers: Record<string, string> = {}, isolated = true) =>
  app(isolated).request(`http://localhost${path}`, { headers });

describe('headers', () => {
  it('isolates the page, so that it has shared memory', async () => {
    const { headers } = await get('/');
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('cross-origin-embedder-policy')).toBe('require-corp');
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("script-src 'self' 'wasm-unsafe-eval'");
  });

  it('lets nothing in from elsewhere and runs no inline script', async () => {
    const { headers } = await get('/');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/script-src[^;]*unsafe-inline|unsafe-eval'[^;]*unsafe-inline|https?:/);
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).toContain("connect-src 'self';");
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('set-cookie')).toBeNull();
  });

  it('leaves isolation out when told to', async () => {
    const { headers } = await get('/', {}, false);
    expect(headers.get('cross-origin-opener-policy')).toBeNull();
    expect(headers.get('cross-origin-embedder-policy')).toBeNull();
  });

  it('asks for the page anew each time and never again for a hashed file', async () => {
    expect((await get('/')).headers.get('cache-control')).toBe('no-cache');
    expect((await get('/assets/index-1a2b3c.js')).headers.get('cache-control')).toContain('immutable');
  });

  it.each([
    ['/', 'text/html; charset=utf-8'],
    ['/assets/index-1a2b3c.js', 'text/javascript; charset=utf-8'],
    ['/assets/mixwell-9f.wasm', 'application/wasm'],
  ])('names the type of %s', async (path, type) => {
    expect((await get(path)).headers.get('content-type')).toBe(type);
  });

  it('answers 304 to a copy that is current', async () => {
    const etag = (await get('/')).headers.get('etag') ?? '';
    const again = await get('/', { 'if-none-match': etag });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe('');
  });
});

describe('bodies', () => {
  it.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ])('compresses with %s what compresses', async (encoding, decode) => {
    const response = await get('/assets/index-1a2b3c.js', { 'accept-encoding': encoding });
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(response.headers.get('content-encoding')).toBe(encoding);
    expect(bytes.length).toBeLessThan(script.length / 4);
    expect(decode(bytes).toString()).toBe(script);
  });

  it('are compressed before anybody asks, once', async () => {
    const path = join(folder, 'assets/early-77.js');
    writeFileSync(path, script);
    utimesSync(path, 1, 1);
    const files = new StaticFiles(folder);
    expect(await files.warm()).toBe(4);
    writeFileSync(path, 'other');
    utimesSync(path, 1, 1);
    const headers = { 'accept-encoding': 'br' };
    const response = await files.respond(new Request('http://localhost/assets/early-77.js', { headers }));
    expect(response?.headers.get('content-encoding')).toBe('br');
    expect(brotliDecompressSync(new Uint8Array((await response?.arrayBuffer()) ?? [])).toString()).toBe(
      script,
    );
    rmSync(path);
    expect(await new StaticFiles('/nowhere').warm()).toBe(0);
  });

  it('sends the bytes as they are to a client that refuses compression', async () => {
    const response = await get('/assets/index-1a2b3c.js', { 'accept-encoding': 'br;q=0, gzip;q=0' });
    expect(response.headers.get('content-encoding')).toBeNull();
    expect(await response.text()).toBe(script);
  });

  it('has no body for HEAD, but its length', async () => {
    const response = await app().request('http://localhost/assets/index-1a2b3c.js', { method: 'HEAD' });
    expect(response.headers.get('content-length')).toBe(String(script.length));
    expect(await response.text()).toBe('');
  });

  it.each(['/none.js', '/..%2Fsecret.txt', '/%2e%2e/secret.txt', '/%E0%A4%A', '/assets'])(
    'has nothing at %s',
    async (path) => {
      expect((await get(path)).status).toBe(404);
    },
  );

  it('says that it is well', async () => {
    expect(await (await get('/health')).json()).toEqual({ status: 'ok', version: '1.2.3' });
  });
});

describe('ports', () => {
  const open: Server[] = [];
  const fetch = () => new Response('ok');
  const portOf = (server: Server) => (server.address() as AddressInfo).port;
  afterEach(() => Promise.all(open.splice(0).map((server) => new Promise((done) => server.close(done)))));

  it('goes to the next free port when its own is taken', async () => {
    const taken = createServer().listen(0);
    open.push(taken);
    const server = await listen(fetch, null, portOf(taken));
    open.push(server);
    expect(portOf(server)).toBeGreaterThan(portOf(taken));
    expect(await (await globalThis.fetch(`http://localhost:${portOf(server)}/`)).text()).toBe('ok');
  });

  it('does not leave the port it was told', async () => {
    const taken = createServer().listen(0);
    open.push(taken);
    await expect(listen(fetch, portOf(taken))).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('reads PORT', () => {
    expect(requestedPort(undefined)).toBeNull();
    expect(requestedPort('')).toBeNull();
    expect(requestedPort('9090')).toBe(9090);
    expect(() => requestedPort('web')).toThrow('PORT=web');
    expect(() => requestedPort('70000')).toThrow();
  });
});
