import type { ByteReader } from '../engine/byteReader';
import { type Bytes, joined, sha256Hex } from './encoding';
import { aesKey } from './keys';

// A file is cut into chunks of 1 MiB, each encrypted with AES-256-GCM under the file's own key. The nonce is the chunk's index: a key
// belongs to one content, so no nonce ever meets two plaintexts. Index and a mark of the last chunk are authenticated: chunks can't be
// left out, moved, or cut off. Some chunks in a row are a piece, which the server stores by the hash of its ciphertext.

export const chunkBytes = 1 << 20;
const tagBytes = 16;
/** Chunks in a piece: of files that are read as a whole, and of those whose beginning is wanted soon. */
export const chunksPerPiece = { whole: 4, early: 1 } as const;

export interface Piece {
  /** SHA-256 of the ciphertext, 64 hexadecimal digits. */
  readonly id: string;
  /** Of ciphertext. */
  readonly bytes: number;
}

/** What went wrong with a piece, for the sentence that names it. */
export class PieceDamaged extends Error {
  override readonly name = 'PieceDamaged';

  constructor(readonly pieceId: string) {
    super('A part of the sound on the server is damaged.');
  }
}

export const chunkCount = (bytes: number): number => Math.max(1, Math.ceil(bytes / chunkBytes));

/** Ciphertext of a file of this length. */
export const encryptedBytes = (bytes: number): number => bytes + tagBytes * chunkCount(bytes);

/** Encrypts the pieces of one file in any order, in the memory of one piece. */
export class PieceEncryptor {
  /** Pieces in the file. */
  readonly count: number;
  readonly #reader: ByteReader;
  readonly #aes: Promise<CryptoKey>;
  readonly #chunks: number;
  readonly #perPiece: number;

  constructor(reader: ByteReader, key: Bytes, perPiece: number) {
    this.#reader = reader;
    this.#aes = aesKey(key);
    this.#chunks = chunkCount(reader.size);
    this.#perPiece = perPiece;
    this.count = Math.ceil(this.#chunks / perPiece);
  }

  async encrypt(index: number): Promise<{ readonly piece: Piece; readonly body: Bytes }> {
    const chunks: Bytes[] = [];
    const first = index * this.#perPiece;
    for (let chunk = first; chunk < Math.min(this.#chunks, first + this.#perPiece); chunk++) {
      const plain = new Uint8Array(await this.#reader.read(chunk * chunkBytes, chunkBytes));
      const expected = Math.min(chunkBytes, this.#reader.size - chunk * chunkBytes);
      if (plain.length !== expected) throw new Error('A file was cut short while it was being read.');
      const sealed = await crypto.subtle.encrypt(place(chunk, this.#chunks), await this.#aes, plain);
      chunks.push(new Uint8Array(sealed));
    }
    const body = joined(...chunks);
    return { piece: { id: await sha256Hex(body), bytes: body.length }, body };
  }
}

/** Encrypts a file, piece after piece. */
export async function* encryptPieces(
  reader: ByteReader,
  key: Bytes,
  perPiece: number,
): AsyncGenerator<{ readonly piece: Piece; readonly body: Bytes }> {
  const encryptor = new PieceEncryptor(reader, key, perPiece);
  for (let index = 0; index < encryptor.count; index++) yield encryptor.encrypt(index);
}

/** Decrypts the pieces of one file in any order. */
export class PieceDecryptor {
  readonly #aes: Promise<CryptoKey>;
  readonly #count: number;
  readonly #bytes: number;
  readonly #perPiece: number;

  /** `bytes` is the length of the file. */
  constructor(key: Bytes, bytes: number, perPiece: number) {
    this.#aes = aesKey(key);
    this.#count = chunkCount(bytes);
    this.#bytes = bytes;
    this.#perPiece = perPiece;
  }

  /** Throws PieceDamaged where the body is not the file's piece at this place. */
  async decrypt(body: Bytes, index: number, pieceId: string): Promise<Bytes> {
    const plain: Bytes[] = [];
    let at = 0;
    const first = index * this.#perPiece;
    for (let chunk = first; chunk < Math.min(this.#count, first + this.#perPiece); chunk++) {
      const length = Math.min(chunkBytes, this.#bytes - chunk * chunkBytes) + tagBytes;
      const sealed = body.subarray(at, at + length);
      at += length;
      if (sealed.length !== length) throw new PieceDamaged(pieceId);
      try {
        const opened = await crypto.subtle.decrypt(place(chunk, this.#count), await this.#aes, sealed);
        plain.push(new Uint8Array(opened));
      } catch {
        throw new PieceDamaged(pieceId);
      }
    }
    if (at !== body.length) throw new PieceDamaged(pieceId);
    return joined(...plain);
  }
}

function place(index: number, count: number): AesGcmParams {
  const iv = new Uint8Array(12);
  new DataView(iv.buffer).setUint32(8, index);
  const additionalData = new Uint8Array(5);
  new DataView(additionalData.buffer).setUint32(0, index);
  additionalData[4] = index === count - 1 ? 1 : 0;
  return { name: 'AES-GCM', iv, additionalData, tagLength: 8 * tagBytes };
}
