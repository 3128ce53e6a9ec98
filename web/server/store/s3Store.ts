import { createHash } from 'node:crypto';
import { AwsClient } from 'aws4fetch';
import { type Listing, parseListing } from './s3Listing';
import {
  assertKey,
  type ListedObject,
  type ObjectFacts,
  type OpenObject,
  type Store,
  StoreAway,
  type StoredObject,
  StoreFull,
  type Ticket,
  VersionConflict,
} from './store';

export interface S3Settings {
  bucket: string;
  /** Where the server reaches the store, path-style: `ENDPOINT/BUCKET/KEY`. */
  endpoint: string;
  /** Where browsers reach it, when that is elsewhere. */
  publicEndpoint?: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

const TICKET_SECONDS = 300;
const PATIENCE_MS = 30_000;
const RETRIES = 3;

/**
 * A bucket of any S3-compatible store. Audio does not pass through the server: browsers put and get pieces at presigned
 * addresses. Those for uploads sign length and SHA-256 of the body, so that the store itself refuses any other.
 * Records are replaced by conditional writes (`If-Match`), which a store may ignore: then the later of two wins.
 */
export class S3Store implements Store {
  readonly kind = 's3';
  readonly origin: string;
  readonly #client: AwsClient;
  readonly #root: string;
  readonly #publicRoot: string;

  constructor(
    settings: S3Settings,
    /** How many objects one page of a listing names; stores give at most 1000. */
    private readonly pageObjects = 1000,
  ) {
    const { bucket, endpoint, publicEndpoint = endpoint, region, ...keys } = settings;
    this.#client = new AwsClient({ ...keys, region, service: 's3', retries: RETRIES });
    this.#root = `${endpoint.replace(/\/+$/, '')}/${bucket}`;
    this.#publicRoot = `${publicEndpoint.replace(/\/+$/, '')}/${bucket}`;
    this.origin = new URL(publicEndpoint).origin;
  }

  async read(key: string, knownVersion?: string): Promise<StoredObject | 'unchanged' | null> {
    const headers: Record<string, string> = knownVersion ? { 'if-none-match': knownVersion } : {};
    const response = await this.#ask('GET', key, { headers }, [304, 404]);
    if (response.status !== 200) await response.body?.cancel();
    if (response.status === 304) return 'unchanged';
    if (response.status === 404) return null;
    const bytes = await arrived(response.arrayBuffer());
    return { bytes: new Uint8Array(bytes), version: versionOf(response) };
  }

  async stat(key: string): Promise<ObjectFacts | null> {
    const response = await this.#ask('HEAD', key, {}, [404]);
    if (response.status === 404) return null;
    return {
      bytes: Number(response.headers.get('content-length')),
      modifiedMs: Date.parse(response.headers.get('last-modified') ?? ''),
      version: versionOf(response),
    };
  }

  async open(key: string): Promise<OpenObject | null> {
    const response = await this.#ask('GET', key, {}, [404]);
    if (response.status === 404 || !response.body) {
      await response.body?.cancel();
      return null;
    }
    const bytes = Number(response.headers.get('content-length'));
    return { bytes, version: versionOf(response), octets: response.body };
  }

  async write(key: string, bytes: Uint8Array, expected?: string | null): Promise<void> {
    const headers: Record<string, string> = { 'x-amz-content-sha256': sha256Hex(bytes) };
    if (expected === null) headers['if-none-match'] = '*';
    else if (expected !== undefined) headers['if-match'] = expected;
    // 412: another version is there; 409: another write of it is under way; 404: it is gone.
    const response = await this.#ask('PUT', key, { headers, body: new Uint8Array(bytes) }, [404, 409, 412]);
    await response.body?.cancel();
    if (!response.ok) throw new VersionConflict();
  }

  receive(): Promise<number> {
    throw new Error('pieces go to this store directly');
  }

  async remove(key: string, version?: string): Promise<void> {
    // Not every store knows a conditional DELETE: the version is looked at just before.
    if (version !== undefined && (await this.stat(key))?.version !== version) return;
    const headers: Record<string, string> = version === undefined ? {} : { 'if-match': version };
    await (await this.#ask('DELETE', key, { headers }, [404, 412])).body?.cancel();
  }

  async *list(prefix: string): AsyncGenerator<ListedObject> {
    let continuation: string | null = null;
    do {
      const listing: Listing = await this.#listPage(prefix, continuation, this.pageObjects);
      yield* listing.objects;
      continuation = listing.continuation;
    } while (continuation !== null);
  }

  async uploadTicket(key: string, expected: { sha256: string; bytes: number }): Promise<Ticket> {
    const headers = {
      'x-amz-content-sha256': expected.sha256,
      'x-amz-checksum-sha256': Buffer.from(expected.sha256, 'hex').toString('base64'),
    };
    const signed = { ...headers, 'content-length': String(expected.bytes) };
    return { url: await this.#presign('PUT', key, signed), headers };
  }

  downloadAddress(key: string): Promise<string> {
    return this.#presign('GET', key, {});
  }

  async freeBytes() {
    return null;
  }

  async check(): Promise<void> {
    await this.#listPage('shares/', null, 1);
  }

  async tidy() {}

  async #presign(method: string, key: string, headers: Record<string, string>): Promise<string> {
    assertKey(key);
    const address = `${this.#publicRoot}/${key}?X-Amz-Expires=${TICKET_SECONDS}`;
    return (await this.#client.sign(address, { method, headers, aws: { signQuery: true, allHeaders: true } }))
      .url;
  }

  async #listPage(prefix: string, continuation: string | null, most: number): Promise<Listing> {
    const query = new URLSearchParams({ 'list-type': '2', 'max-keys': String(most), prefix });
    if (continuation !== null) query.set('continuation-token', continuation);
    const response = await this.#fetch(`${this.#root}?${query}`, { method: 'GET' }, []);
    return parseListing(await arrived(response.text()));
  }

  #ask(method: string, key: string, init: RequestInit, also: number[]): Promise<Response> {
    assertKey(key);
    return this.#fetch(`${this.#root}/${key}`, { ...init, method }, also);
  }

  async #fetch(address: string, init: RequestInit, also: number[]): Promise<Response> {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const response = await arrived(this.#client.fetch(address, { ...init, signal }));
    if (response.ok || also.includes(response.status)) return response;
    const said = await response.text().catch(() => '');
    if (response.status === 507 || /QuotaExceeded|StorageFull|<Code>XMinioStorageFull/.test(said))
      throw new StoreFull();
    throw new StoreAway(
      `the store answered ${response.status} ${/<Code>(\w+)<\/Code>/.exec(said)?.[1] ?? ''}`.trim(),
    );
  }
}

const sha256Hex = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const versionOf = (response: Response) => response.headers.get('etag') ?? '';

async function arrived<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw new StoreAway(`the store can't be reached (${error instanceof Error ? error.name : 'unknown'})`);
  }
}
