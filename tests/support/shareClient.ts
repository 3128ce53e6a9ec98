import { createHash, randomBytes } from 'node:crypto';

export interface Piece {
  id: string;
  bytes: Uint8Array;
}

export interface Offer {
  manifest?: string;
  pieces: readonly string[];
  password?: { salt: string; iterations: number } | null;
  expiresAt?: number | null;
  revision?: number;
}

export interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the server said
  body: any;
}

export const pieceOf = (bytes: Uint8Array): Piece => ({
  id: createHash('sha256').update(bytes).digest('hex'),
  bytes,
});
export const randomPiece = (length = 3000): Piece => pieceOf(new Uint8Array(randomBytes(length)));
export const randomShareId = () => randomBytes(16).toString('base64url');
export const randomToken = () => randomBytes(32).toString('base64url');

/** Speaks the sharing API, with what is in no way encrypted: the server can't tell. */
export class ShareClient {
  constructor(private readonly request: (path: string, init: RequestInit) => Response | Promise<Response>) {}

  static at(origin: string): ShareClient {
    return new ShareClient((path, init) => fetch(new URL(path, origin), init));
  }

  async ask(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const json: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
    const response = await this.request(path, { method, ...sent, headers: { ...json, ...headers } });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.startsWith('application/json');
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  }

  missing(pieces: readonly { id: string; bytes: Uint8Array | number }[]): Promise<Answer> {
    const asked = pieces.map(({ id, bytes }) => ({
      id,
      bytes: typeof bytes === 'number' ? bytes : bytes.byteLength,
    }));
    return this.ask('POST', '/api/pieces/missing', { pieces: asked });
  }

  async put(url: string, bytes: Uint8Array, headers: Record<string, string> = {}): Promise<Answer> {
    const length = { 'content-length': String(bytes.byteLength) };
    const init = { method: 'PUT', body: new Uint8Array(bytes), headers: { ...length, ...headers } };
    const response = await this.request(url, init);
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text.startsWith('{') ? JSON.parse(text) : text,
    };
  }

  /** Uploads what is missing of these. Returns how many that were; throws when one is refused. */
  async upload(...pieces: Piece[]): Promise<number> {
    const { status, body } = await this.missing(pieces);
    if (status !== 200) throw new Error(`missing: ${status} ${body.error}`);
    for (const { id, url, headers } of body.missing) {
      const piece = pieces.find((one) => one.id === id) as Piece;
      const put = await this.put(url, piece.bytes, headers);
      if (put.status >= 300) throw new Error(`PUT: ${put.status}`);
    }
    return body.missing.length;
  }

  share(id: string, token: string, offer: Offer): Promise<Answer> {
    const whole = { manifest: 'bWFuaWZlc3Q', password: null, expiresAt: null, revision: 1, ...offer };
    return this.ask('PUT', `/api/shares/${id}`, whole, { authorization: `Bearer ${token}` });
  }

  open(id: string): Promise<Answer> {
    return this.ask('GET', `/api/shares/${id}`);
  }

  revoke(id: string, token: string): Promise<Answer> {
    return this.ask('DELETE', `/api/shares/${id}`, undefined, { authorization: `Bearer ${token}` });
  }

  damaged(id: string, piece: string): Promise<Answer> {
    return this.ask('POST', `/api/shares/${id}/damaged`, { piece });
  }

  /** A piece as a recipient gets it, or the status of the refusal. */
  async piece(id: string, piece: string): Promise<Uint8Array | number> {
    const response = await this.request(`/api/shares/${id}/pieces/${piece}`, { method: 'GET' });
    const bytes = new Uint8Array(await response.arrayBuffer());
    return response.status === 200 ? bytes : response.status;
  }
}
