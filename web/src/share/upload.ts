import type { ByteReader } from '../engine/byteReader';
import { sha256Of } from '../interchange/sha256';
import { type Piece, PieceEncryptor } from './chunks';
import { type Bytes, toBase64url } from './encoding';
import { type FetchOptions, patiently } from './fetchFile';
import { fileKey } from './keys';
import type { SharedFile } from './manifest';
import { ServerRefusal, type ShareServer, type UploadPlace } from './shareServer';

/** What is known of a file that was encrypted once: enough to tell what the server lacks of it without reading it again. */
export type StoredFile = Omit<SharedFile, 'key'>;

/** A file in the form that it travels in. */
export interface Packed {
  /** "flac" where integer PCM was encoded, else that of the original. */
  readonly ext: string;
  readonly file: StoredFile;
}

/** What an upload needs of the server. */
export type UploadServer = Pick<ShareServer, 'missing' | 'upload'>;

export interface Transfer {
  readonly server: UploadServer;
  readonly pauses: Pauses;
  readonly signal: AbortSignal;
  /** Called with bytes that the server has taken, or turned out to have. */
  onDone?(bytes: number): void;
  onWaiting?: FetchOptions['onWaiting'];
}

/** Lets an upload stand still and go on. */
export class Pauses {
  #control = new AbortController();
  #waiting: (() => void)[] = [];

  get paused(): boolean {
    return this.#control.signal.aborted;
  }

  /** Aborted by the next pause. */
  get signal(): AbortSignal {
    return this.#control.signal;
  }

  pause(): void {
    this.#control.abort();
  }

  resume(): void {
    if (!this.paused) return;
    this.#control = new AbortController();
    for (const go of this.#waiting.splice(0)) go();
  }

  /** Resolves when there is no pause; rejects with the signal's reason. */
  async over(signal: AbortSignal): Promise<void> {
    while (this.paused) {
      signal.throwIfAborted();
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
    }
    signal.throwIfAborted();
  }
}

/** Reads a file twice, for its hash and for the names of its pieces. Nothing is sent. */
export async function measureFile(
  reader: ByteReader,
  projectSecret: Bytes,
  chunksPerPiece: number,
  signal?: AbortSignal,
): Promise<StoredFile> {
  const sha256 = await sha256Of(reader, { signal });
  const encryptor = new PieceEncryptor(reader, await fileKey(projectSecret, sha256), chunksPerPiece);
  const pieces: Piece[] = [];
  for (let index = 0; index < encryptor.count; index++) {
    signal?.throwIfAborted();
    pieces.push((await encryptor.encrypt(index)).piece);
  }
  return { sha256, bytes: reader.size, chunksPerPiece, pieces };
}

/** A file as a manifest names it. */
export async function sharedFile(stored: StoredFile, projectSecret: Bytes): Promise<SharedFile> {
  return { ...stored, key: toBase64url(await fileKey(projectSecret, stored.sha256)) };
}

const mostPiecesAtOnce = 1024;

/** The names of those pieces that the server lacks. */
export async function missingPieces(pieces: readonly Piece[], transfer: Transfer): Promise<Set<string>> {
  const unique = [...new Map(pieces.map((piece) => [piece.id, piece])).values()];
  const missing = new Set<string>();
  for (let at = 0; at < unique.length; at += mostPiecesAtOnce) {
    const places = await ask(unique.slice(at, at + mostPiecesAtOnce), transfer);
    for (const { id } of places) missing.add(id);
  }
  return missing;
}

const uploadsAtOnce = 3;
/** Places are good for some minutes only, so few are asked for at a time. */
const placesAtOnce = 12;
const mostRefusals = 4;

/**
 * Sends those pieces of a file that the server lacks, some at once, for as long as it takes. `wanted` are the only ones that
 * are asked for. Rejects with ServerRefusal, or with the signal's reason.
 */
export async function uploadFile(
  reader: ByteReader,
  file: StoredFile,
  projectSecret: Bytes,
  transfer: Transfer,
  wanted?: ReadonlySet<string>,
): Promise<void> {
  const key = await fileKey(projectSecret, file.sha256);
  const encryptor = new PieceEncryptor(reader, key, file.chunksPerPiece);
  const indexes = file.pieces.flatMap((piece, index) => (wanted && !wanted.has(piece.id) ? [] : [index]));
  for (let at = 0; at < indexes.length; at += placesAtOnce) {
    const batch = indexes.slice(at, at + placesAtOnce);
    const pieces = batch.map((index) => file.pieces[index] as Piece);
    const places = new Map((await ask(pieces, transfer)).map((place) => [place.id, place]));
    const queue = batch.values();
    const carry = async () => {
      for (const index of queue) {
        const piece = file.pieces[index] as Piece;
        const place = places.get(piece.id);
        places.delete(piece.id);
        if (place) await sendPiece(encryptor, index, piece, place, transfer);
        transfer.onDone?.(piece.bytes);
      }
    };
    await allOf(Array.from({ length: uploadsAtOnce }, carry));
  }
}

function ask(pieces: readonly Piece[], transfer: Transfer): Promise<readonly UploadPlace[]> {
  return unpaused(transfer, (signal) => transfer.server.missing(pieces, signal));
}

async function sendPiece(
  encryptor: PieceEncryptor,
  index: number,
  expected: Piece,
  place: UploadPlace,
  transfer: Transfer,
): Promise<void> {
  const { piece, body } = await encryptor.encrypt(index);
  if (piece.id !== expected.id) throw new Error('A file has changed while it was being shared.');
  let there: UploadPlace | undefined = place;
  for (let refusals = 0; there; ) {
    const to: UploadPlace = there;
    try {
      return await unpaused(transfer, (signal) => transfer.server.upload(to, body, signal));
    } catch (error) {
      // A place that has expired, or a body that was damaged on the way.
      const again = error instanceof ServerRefusal && [400, 403, 422].includes(error.status);
      if (!again || ++refusals === mostRefusals) throw error;
    }
    [there] = await ask([piece], transfer);
  }
}

/** Does it when there is no pause, and again where a pause has cut it off. */
async function unpaused<T>(transfer: Transfer, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  for (;;) {
    await transfer.pauses.over(transfer.signal);
    const pause = transfer.pauses.signal;
    const signal = AbortSignal.any([transfer.signal, pause]);
    try {
      return await patiently(() => work(signal), { signal, onWaiting: transfer.onWaiting });
    } catch (error) {
      if (!pause.aborted || transfer.signal.aborted) throw error;
    }
  }
}

/** Waits for all, and rejects as the first of them did. */
async function allOf(work: readonly Promise<void>[]): Promise<void> {
  for (const { status, ...rest } of await Promise.allSettled(work)) {
    if (status === 'rejected') throw (rest as PromiseRejectedResult).reason;
  }
}
