import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from 's3rver';

/**
 * An S3 bucket in this process. `s3rver` keeps the objects but checks neither signatures of version 4 nor hashes nor conditions.
 * This door in front of it does, as Amazon documents them: Signature Version 4 in headers and in the query, the signed
 * SHA-256 of the body, `x-amz-checksum-sha256`, the life of presigned addresses, `If-Match` and `If-None-Match` on writes. It answers listings itself,
 * because `s3rver` makes its continuation tokens with a cipher that OpenSSL 3 no longer has.
 */
export class StrictS3 {
  readonly bucket = 'mixwell';
  readonly accessKeyId = 'S3RVER';
  readonly secretAccessKey = 'S3RVER';
  readonly region = 'eu-test-1';
  /** Every request: its method, key and status. */
  readonly seen: { method: string; key: string; status: number }[] = [];
  now: () => number = Date.now;
  #busy = new Map<string, Promise<unknown>>();

  private constructor(
    private readonly door: Server,
    private readonly keeper: S3rver,
    private readonly keeperPort: number,
    private readonly directory: string,
  ) {}

  static async start(): Promise<StrictS3> {
    const directory = mkdtempSync(join(tmpdir(), 'mixwell-s3-'));
    const keeper = new S3rver({
      address: '127.0.0.1',
      port: 0,
      silent: true,
      directory,
      vhostBuckets: false,
      configureBuckets: [{ name: 'mixwell', configs: [] }],
    });
    const { port } = await keeper.run();
    const door = createServer();
    const s3 = new StrictS3(door, keeper, port, directory);
    door.on('request', (incoming, outgoing) => void s3.#answer(incoming, outgoing));
    await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
    return s3;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.door.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.door.closeAllConnections();
    await new Promise((resolve) => this.door.close(resolve));
    await this.keeper.close();
    rmSync(this.directory, { recursive: true, force: true });
  }

  async #answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const url = new URL(incoming.url ?? '/', this.endpoint);
    const key = decodeURIComponent(url.pathname).slice(this.bucket.length + 2);
    const say = (status: number, code: string) => {
      this.seen.push({ method: incoming.method ?? '', key, status });
      outgoing.writeHead(status, { 'content-type': 'application/xml' });
      outgoing.end(`<Error><Code>${code}</Code></Error>`);
    };
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of incoming) chunks.push(chunk);
    } catch {
      return;
    }
    const body = Buffer.concat(chunks);
    const objection = refusalOf(incoming, url, body, this.secretAccessKey, this.now());
    if (objection) return say(objection.status, objection.code);
    if (url.searchParams.get('list-type') === '2') return this.#list(url.searchParams, outgoing);
    // One at a time for each key, so that a condition and its write belong together.
    const before = this.#busy.get(key) ?? Promise.resolve();
    const mine = before.then(async () => {
      if (!(await this.#meetsConditions(incoming, url.pathname))) return say(412, 'PreconditionFailed');
      await this.#forward(incoming, key, body, outgoing);
    });
    this.#busy.set(
      key,
      mine.catch(() => undefined),
    );
    await mine.catch(() => say(500, 'InternalError'));
  }

  async #list(query: URLSearchParams, outgoing: ServerResponse): Promise<void> {
    const token = query.get('continuation-token');
    const { objects, isTruncated } = await this.keeper.store.listObjects(this.bucket, {
      prefix: query.get('prefix') ?? '',
      maxKeys: Number(query.get('max-keys') ?? 1000),
      startAfter: token ? token.replace(/^after<&>/, '') : '',
    });
    const contents = objects.map(
      ({ key, size, lastModifiedDate }) =>
        `<Contents><Key>${key}</Key><LastModified>${lastModifiedDate.toISOString()}</LastModified><Size>${size}</Size></Contents>`,
    );
    const next = `<NextContinuationToken>after&lt;&amp;&gt;${objects.at(-1)?.key}</NextContinuationToken>`;
    const xml = `<?xml version="1.0"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><IsTruncated>${isTruncated}</IsTruncated>${isTruncated ? next : ''}${contents.join('')}</ListBucketResult>`;
    this.seen.push({ method: 'LIST', key: query.get('prefix') ?? '', status: 200 });
    outgoing.writeHead(200, { 'content-type': 'application/xml' }).end(xml);
  }

  async #meetsConditions({ method, headers }: IncomingMessage, path: string): Promise<boolean> {
    const match = headers['if-match'];
    const none = headers['if-none-match'];
    if (method === 'GET' || method === 'HEAD' || (!match && !none)) return true;
    const there = await new Promise<string | undefined>((resolve, reject) => {
      const head = request({ port: this.keeperPort, host: '127.0.0.1', method: 'HEAD', path }, (response) => {
        response.resume();
        resolve(response.statusCode === 200 ? response.headers.etag : undefined);
      });
      head.on('error', reject).end();
    });
    return none === '*' ? there === undefined : there === match;
  }

  #forward(incoming: IncomingMessage, key: string, body: Buffer, outgoing: ServerResponse): Promise<void> {
    return new Promise((resolve, reject) => {
      const forwarded = request(
        {
          port: this.keeperPort,
          host: '127.0.0.1',
          method: incoming.method,
          path: incoming.url,
          headers: incoming.headers,
        },
        (response) => {
          this.seen.push({ method: incoming.method ?? '', key, status: response.statusCode ?? 0 });
          outgoing.writeHead(response.statusCode ?? 500, response.headers);
          response.pipe(outgoing);
          response.on('end', resolve).on('error', reject);
        },
      );
      forwarded.on('error', reject).end(body);
    });
  }
}

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest();
const hmac = (key: string | Buffer, data: string) => createHmac('sha256', key).update(data).digest();
const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/** Amazon S3, "Authenticating Requests (AWS Signature Version 4)": what makes a store refuse a request, or null. */
function refusalOf(incoming: IncomingMessage, url: URL, body: Buffer, secret: string, now: number) {
  const lines = incoming.headers as Record<string, string | undefined>;
  const inQuery = url.searchParams.has('X-Amz-Signature');
  const authorization = lines.authorization ?? '';
  const part = (name: string) =>
    (inQuery
      ? url.searchParams.get(`X-Amz-${name}`)
      : new RegExp(`${name}=([^, ]+)`).exec(authorization)?.[1]) ?? '';
  const stamp = (inQuery ? url.searchParams.get('X-Amz-Date') : lines['x-amz-date']) ?? '';
  const signedMs = Date.parse(stamp.replace(/(....)(..)(..)T(..)(..)(..)Z/, '$1-$2-$3T$4:$5:$6Z'));
  const livesMs = inQuery ? Number(url.searchParams.get('X-Amz-Expires')) * 1000 : 900_000;
  if (!(now - signedMs <= livesMs && signedMs - now < 900_000)) return { status: 403, code: 'AccessDenied' };
  const names = part('SignedHeaders').split(';');
  const payload = lines['x-amz-content-sha256'] ?? (inQuery ? 'UNSIGNED-PAYLOAD' : '');
  const signature = signatureOf({
    method: incoming.method ?? '',
    url,
    headers: names.map((name) => [name, (lines[name] ?? '').trim().replace(/ +/g, ' ')]),
    payload,
    stamp,
    scope: part('Credential').split('/').slice(1).join('/'),
    secret,
  });
  const said = Buffer.from(part('Signature').padEnd(64, '-'));
  if (said.length !== 64 || !timingSafeEqual(said, Buffer.from(signature))) {
    return { status: 403, code: 'SignatureDoesNotMatch' };
  }
  const hash = sha256(body);
  if (payload !== 'UNSIGNED-PAYLOAD' && payload !== hash.toString('hex')) {
    return { status: 400, code: 'XAmzContentSHA256Mismatch' };
  }
  const checksum = lines['x-amz-checksum-sha256'];
  if (checksum !== undefined && checksum !== hash.toString('base64'))
    return { status: 400, code: 'BadDigest' };
  return null;
}

/** The signature that a request must carry, in hexadecimal. */
export function signatureOf(asked: {
  method: string;
  url: URL;
  headers: readonly (readonly [string, string])[];
  payload: string;
  stamp: string;
  scope: string;
  secret: string;
}): string {
  const query = [...asked.url.searchParams]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');
  const canonical = [
    asked.method,
    decodeURIComponent(asked.url.pathname).split('/').map(encode).join('/'),
    query,
    ...asked.headers.map(([name, value]) => `${name}:${value}`),
    '',
    asked.headers.map(([name]) => name).join(';'),
    asked.payload,
  ].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', asked.stamp, asked.scope, sha256(canonical).toString('hex')].join('\n');
  const key = asked.scope
    .split('/')
    .reduce((k: string | Buffer, step) => hmac(k, step), `AWS4${asked.secret}`);
  return hmac(key, toSign).toString('hex');
}
