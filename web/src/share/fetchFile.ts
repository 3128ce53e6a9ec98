import { runningSha256 } from '../interchange/sha256';
import { encryptedBytes, PieceDamaged, PieceDecryptor } from './chunks';
import { type Bytes, fromBase64url, sha256Hex } from './encoding';
import type { SharedFile } from './manifest';
import { ServerAway, ServerRefusal, type ShareServer } from './shareServer';

export interface FetchOptions {
  readonly signal?: AbortSignal;
  /** Called with bytes of plaintext as they come. */
  onBytes?(bytes: number): void;
  /** The server is away, and is asked again after so many milliseconds; null when it answers again. */
  onWaiting?(ms: number | null): void;
}

/**
 * The content of a shared file, a piece at a time, each checked against its hash and its tag, and the whole against the
 * file's hash at the end. Where the network is cut it waits and goes on. Throws PieceDamaged, or a ServerRefusal.
 */
export async function* fetchFile(
  server: ShareServer,
  shareId: string,
  file: SharedFile,
  options: FetchOptions = {},
): AsyncGenerator<Bytes> {
  requireWhole(file);
  const decryptor = new PieceDecryptor(
    fromBase64url(file.key) ?? new Uint8Array(0),
    file.bytes,
    file.chunksPerPiece,
  );
  const ask = (index: number): Promise<Bytes> | null => {
    const piece = file.pieces[index];
    if (!piece) return null;
    const body = patiently(() => server.piece(shareId, piece.id, piece.bytes, options.signal), options);
    // What fails is met where it is awaited.
    body.catch(() => {});
    return body;
  };
  // The first request goes out at once, and each next one while the piece before it is opened.
  let coming = ask(0);
  const hash = await runningSha256();
  for (const [index, piece] of file.pieces.entries()) {
    const body = (await coming) as Bytes;
    coming = ask(index + 1);
    if ((await sha256Hex(body)) !== piece.id) throw new PieceDamaged(piece.id);
    const plain = await decryptor.decrypt(body, index, piece.id);
    hash.update(plain);
    options.onBytes?.(plain.length);
    yield plain;
  }
  if (hash.digest() !== file.sha256) throw new PieceDamaged(file.pieces[0]?.id ?? '');
}

/** A small file as a whole. */
export async function fetchWhole(
  server: ShareServer,
  shareId: string,
  file: SharedFile,
  maxBytes: number,
  options: FetchOptions = {},
): Promise<Bytes> {
  if (file.bytes > maxBytes) throw new Error('A file of this session is larger than any of its kind.');
  const all = new Uint8Array(file.bytes);
  let at = 0;
  for await (const part of fetchFile(server, shareId, file, options)) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** A manifest whose pieces can't make up the file is refused before anything is fetched. */
function requireWhole(file: SharedFile): void {
  const sum = file.pieces.reduce((bytes, piece) => bytes + piece.bytes, 0);
  if (sum !== encryptedBytes(file.bytes)) throw new PieceDamaged(file.pieces[0]?.id ?? '');
}

const firstWaitMs = 500;
const longestWaitMs = 15_000;

/** Asks again, ever more rarely, for as long as the server is away or busy. */
export async function patiently<T>(
  ask: () => Promise<T>,
  { signal, onWaiting }: Pick<FetchOptions, 'signal' | 'onWaiting'>,
): Promise<T> {
  let waitMs = firstWaitMs;
  let waited = false;
  for (;;) {
    try {
      const answer = await ask();
      if (waited) onWaiting?.(null);
      return answer;
    } catch (error) {
      signal?.throwIfAborted();
      const passes = error instanceof ServerAway || (error instanceof ServerRefusal && error.passes);
      if (!passes) throw error;
      const asked = error instanceof ServerRefusal ? error.retryAfterS : null;
      const ms = asked === null ? waitMs : Math.min(1000 * asked, longestWaitMs);
      waited = true;
      onWaiting?.(ms);
      await pause(ms, signal);
      waitMs = Math.min(2 * waitMs, longestWaitMs);
    }
  }
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
