import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join, resolve, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.txt': 'text/plain; charset=utf-8',
  '.wav': 'audio/wav',
  '.flac': 'audio/flac',
  '.mixwell': 'application/zip',
};

const COMPRESSIBLE = /^(text\/|application\/(json|manifest|wasm)|image\/svg)/;

type Encoding = 'br' | 'gzip' | 'identity';

interface StoredFile {
  modifiedMs: number;
  type: string;
  etag: string;
  bodies: Partial<Record<Encoding, Promise<Uint8Array<ArrayBuffer>>>>;
}

/** Files whose name carries a hash of their content never change; everything else is asked for anew. */
const cacheControl = (path: string) =>
  path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';

export function acceptedEncoding(header: string | null | undefined, type: string): Encoding {
  if (!COMPRESSIBLE.test(type)) return 'identity';
  const offered = new Set(
    (header ?? '')
      .split(',')
      .map((part) => part.trim().split(/\s*;\s*/))
      .filter(([, quality]) => !/^q=0(\.0*)?$/.test(quality ?? ''))
      .map(([name]) => name),
  );
  return offered.has('br') ? 'br' : offered.has('gzip') ? 'gzip' : 'identity';
}

/** What is sent for a file; browsers take brotli from localhost and over TLS. */
export async function encode(
  bytes: Uint8Array<ArrayBuffer>,
  encoding: Encoding,
): Promise<Uint8Array<ArrayBuffer>> {
  if (encoding === 'br') {
    const params = { [constants.BROTLI_PARAM_QUALITY]: 9 };
    return new Uint8Array(await promisify(brotliCompress)(bytes, { params }));
  }
  if (encoding === 'gzip') return new Uint8Array(await promisify(gzip)(bytes));
  return bytes;
}

/**
 * The files of one folder as HTTP responses, compressed once and kept in memory (the built page is a few
 * hundred kilobytes). A path outside the folder, or to no file, gives null.
 */
export class StaticFiles {
  private readonly files = new Map<string, StoredFile>();

  constructor(private readonly folder: string) {}

  /** The file that a request asks for, or the one named. */
  async respond(request: Request, path = pathOf(request.url)): Promise<Response | null> {
    if (path === null) return null;
    const file = await this.find(path);
    if (!file) return null;
    const headers = new Headers({
      'content-type': file.type,
      'cache-control': cacheControl(path),
      etag: file.etag,
      vary: 'accept-encoding',
    });
    if (request.headers.get('if-none-match') === file.etag)
      return new Response(null, { status: 304, headers });
    const encoding = acceptedEncoding(request.headers.get('accept-encoding'), file.type);
    const body = await this.bodyOf(file, path, encoding);
    if (encoding !== 'identity') headers.set('content-encoding', encoding);
    headers.set('content-length', String(body.byteLength));
    return new Response(request.method === 'HEAD' ? null : body, { headers });
  }

  /** Compresses all files for browsers, one after the other, before the first visitor waits for it. How many there are. */
  async warm(): Promise<number> {
    const found = await readdir(this.folder, { recursive: true }).catch(() => []);
    for (const name of found) {
      const path = `/${name.split(sep).join('/')}`;
      const file = await this.find(path);
      if (file) await this.bodyOf(file, path, acceptedEncoding('br', file.type));
    }
    return this.files.size;
  }

  private bodyOf(file: StoredFile, path: string, encoding: Encoding): Promise<Uint8Array<ArrayBuffer>> {
    const body = file.bodies[encoding] ?? this.read(path).then((bytes) => encode(bytes, encoding));
    file.bodies[encoding] = body;
    return body;
  }

  private async find(path: string): Promise<StoredFile | null> {
    const facts = await stat(this.locate(path)).catch(() => null);
    if (!facts?.isFile()) return null;
    const known = this.files.get(path);
    if (known && known.modifiedMs === facts.mtimeMs) return known;
    const bytes = await this.read(path);
    const file: StoredFile = {
      modifiedMs: facts.mtimeMs,
      type: TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream',
      etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
      bodies: { identity: Promise.resolve(bytes) },
    };
    this.files.set(path, file);
    return file;
  }

  private async read(path: string): Promise<Uint8Array<ArrayBuffer>> {
    return new Uint8Array(await readFile(this.locate(path)));
  }

  /** The place of a path in the folder; a path that leads out of it leads to nothing. */
  private locate(path: string): string {
    const root = resolve(this.folder);
    const place = resolve(join(root, path));
    return place.startsWith(root + sep) ? place : join(root, '\0');
  }
}

function pathOf(url: string): string | null {
  try {
    const path = decodeURIComponent(new URL(url).pathname);
    return path === '/' ? '/index.html' : path;
  } catch {
    return null;
  }
}
