import { PieceDamaged } from './chunks';
import { type Bytes, fromBase64url, joined, toBase64url } from './encoding';
import type { PasswordCost } from './keys';
import { maxManifestBytes } from './manifest';

/** Nobody waits longer at an open page, as for the end of a day's quota. */
const longestPatienceS = 600;

/** What the server says no with; codes are those of its interface. */
export class ServerRefusal extends Error {
  override readonly name = 'ServerRefusal';

  constructor(
    readonly code: string,
    readonly status: number,
    message: string,
    /** Pieces that are not there, where that is the reason. */
    readonly missing: readonly string[] = [],
    /** When to come back, in seconds. */
    readonly retryAfterS: number | null = null,
  ) {
    super(message);
  }

  /** Whether the same request may soon go well. A full server stays full until somebody makes room. */
  get passes(): boolean {
    if ((this.retryAfterS ?? 0) > longestPatienceS) return false;
    return this.status === 429 || (this.status >= 500 && this.status !== 507);
  }
}

/** No answer came: the network is cut, or the server is away. */
export class ServerAway extends Error {
  override readonly name = 'ServerAway';

  constructor() {
    super('The server can’t be reached.');
  }
}

export interface ServerConfig {
  readonly maxPieceBytes: number;
  readonly maxPieces: number;
  readonly maxManifestBytes: number;
  /** Null: links may stay for good. */
  readonly maxExpiryDays: number | null;
}

/** A share as the server knows it. */
export interface ShareRecord {
  readonly manifest: Bytes;
  readonly password: PasswordCost | null;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Milliseconds since 1970; null: for good. */
  readonly expiresAt: number | null;
  readonly revision: number;
}

export interface Publication {
  readonly manifest: Bytes;
  readonly pieces: readonly string[];
  readonly password: PasswordCost | null;
  readonly expiresAt: number | null;
  readonly revision: number;
}

export interface UploadPlace {
  readonly id: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * The server's interface. Every method rejects with ServerRefusal where it says no, with ServerAway where no answer comes, and with
 * the signal's reason. No key is ever part of a request.
 */
export class ShareServer {
  readonly #origin: string;

  constructor(origin: string) {
    this.#origin = origin;
  }

  async config(): Promise<ServerConfig> {
    return jsonOf(await this.#ask('/api/config'));
  }

  async record(id: string, signal?: AbortSignal): Promise<ShareRecord> {
    const answer = await jsonOf(await this.#ask(`/api/shares/${id}`, { signal }), maxRecordBytes);
    return { ...answer, manifest: fromBase64url(answer.manifest) ?? new Uint8Array(0) };
  }

  /** Of at most 1024 pieces, those that the server lacks, and where they are to be put. */
  async missing(
    pieces: readonly { readonly id: string; readonly bytes: number }[],
    signal?: AbortSignal,
  ): Promise<readonly UploadPlace[]> {
    const answer = await this.#ask('/api/pieces/missing', { ...asJson('POST', { pieces }), signal });
    return (await jsonOf(answer)).missing;
  }

  async upload({ url, headers }: UploadPlace, body: Bytes, signal?: AbortSignal): Promise<void> {
    await this.#ask(url, { method: 'PUT', headers, body, signal });
  }

  async publish(id: string, token: string, content: Publication, signal?: AbortSignal): Promise<void> {
    const body = { ...content, manifest: toBase64url(content.manifest) };
    await this.#ask(`/api/shares/${id}`, { ...asJson('PUT', body, bearer(token)), signal });
  }

  async revoke(id: string, token: string): Promise<void> {
    await this.#ask(`/api/shares/${id}`, { method: 'DELETE', headers: bearer(token) });
  }

  /** The ciphertext of a piece. Throws PieceDamaged where it is longer than `maxBytes`. */
  async piece(shareId: string, pieceId: string, maxBytes: number, signal?: AbortSignal): Promise<Bytes> {
    const answer = await this.#ask(`/api/shares/${shareId}/pieces/${pieceId}`, { signal });
    const body = await bodyOf(answer, maxBytes);
    if (!body) throw new PieceDamaged(pieceId);
    return body;
  }

  /** Tells that a piece came damaged; true where it is so on the server and not on the way. */
  async reportDamaged(shareId: string, pieceId: string): Promise<boolean> {
    const answer = await this.#ask(`/api/shares/${shareId}/damaged`, asJson('POST', { piece: pieceId }));
    return (await jsonOf(answer)).damaged;
  }

  async #ask(path: string, init: RequestInit = {}): Promise<Response> {
    const url = new URL(path, this.#origin);
    const answer = await fetch(url, {
      ...init,
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
    }).catch((error: unknown) => {
      if (init.signal?.aborted) throw error;
      throw new ServerAway();
    });
    if (!answer.ok) throw await refusalOf(answer);
    return answer;
  }
}

/** A manifest of the largest kind in base64url, and what stands beside it. */
const maxRecordBytes = Math.ceil((maxManifestBytes * 4) / 3) + 4096;
const maxAnswerBytes = 1 << 20;

/** The shape is that of the interface. Refuses what is longer than any answer of its kind. */
async function jsonOf(answer: Response, maxBytes = maxAnswerBytes) {
  const body = await bodyOf(answer, maxBytes);
  try {
    if (body) return JSON.parse(new TextDecoder().decode(body));
  } catch {
    // Said below.
  }
  throw new ServerRefusal('odd-answer', 0, 'What answers there is no Mixwell server.');
}

/** Null where it is longer than was announced: a server can't fill the memory. */
async function bodyOf(answer: Response, maxBytes: number): Promise<Bytes | null> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = answer.body?.getReader();
  try {
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      length += part.value.length;
      if (length > maxBytes) {
        await reader?.cancel();
        return null;
      }
      parts.push(part.value);
    }
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ServerAway();
  }
  return joined(...parts);
}

async function refusalOf(answer: Response): Promise<ServerRefusal> {
  const told = await jsonOf(answer).catch(() => null);
  const code = typeof told?.error === 'string' ? told.error : 'failed';
  const message =
    typeof told?.message === 'string' ? told.message : `The server answered with ${answer.status}.`;
  const missing = Array.isArray(told?.missing) ? told.missing.map(String) : [];
  const after = Number(answer.headers.get('retry-after') ?? Number.NaN);
  return new ServerRefusal(code, answer.status, message, missing, Number.isFinite(after) ? after : null);
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

function asJson(method: string, body: unknown, headers: Record<string, string> = {}): RequestInit {
  return { method, headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
