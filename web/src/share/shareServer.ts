import { type Bytes, fromBase64url, toBase64url } from './encoding';
import type { PasswordCost } from './keys';

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

  /** Whether the same request may go well later. */
  get passes(): boolean {
    return this.status === 429 || this.status >= 500;
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
    return (await this.#ask('/api/config')).json();
  }

  async record(id: string, signal?: AbortSignal): Promise<ShareRecord> {
    const answer = await (await this.#ask(`/api/shares/${id}`, { signal })).json();
    return { ...answer, manifest: fromBase64url(answer.manifest) ?? new Uint8Array(0) };
  }

  /** Of at most 1024 pieces, those that the server lacks, and where they are to be put. */
  async missing(
    pieces: readonly { readonly id: string; readonly bytes: number }[],
    signal?: AbortSignal,
  ): Promise<readonly UploadPlace[]> {
    const answer = await this.#ask('/api/pieces/missing', { ...asJson('POST', { pieces }), signal });
    return (await answer.json()).missing;
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

  /** The ciphertext of a piece, which is at most `maxBytes` long. */
  async piece(shareId: string, pieceId: string, maxBytes: number, signal?: AbortSignal): Promise<Bytes> {
    const answer = await this.#ask(`/api/shares/${shareId}/pieces/${pieceId}`, { signal });
    return bodyOf(answer, maxBytes);
  }

  /** Tells that a piece came damaged; true where it is so on the server and not on the way. */
  async reportDamaged(shareId: string, pieceId: string): Promise<boolean> {
    const answer = await this.#ask(`/api/shares/${shareId}/damaged`, asJson('POST', { piece: pieceId }));
    return (await answer.json()).damaged;
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

/** Reads no more than was announced: a server can't fill the memory. */
async function bodyOf(answer: Response, maxBytes: number): Promise<Bytes> {
  const body = new Uint8Array(maxBytes);
  let length = 0;
  const reader = answer.body?.getReader();
  try {
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      if (length + part.value.length > maxBytes) {
        await reader?.cancel();
        break;
      }
      body.set(part.value, length);
      length += part.value.length;
    }
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ServerAway();
  }
  return body.subarray(0, length);
}

async function refusalOf(answer: Response): Promise<ServerRefusal> {
  const told = await answer.json().catch(() => null);
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
