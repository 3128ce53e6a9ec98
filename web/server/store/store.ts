/**
 * What keeps shares: a folder or an S3 bucket. Keys are `pieces/AB/HASH`, `doomed/HASH` and `shares/ID.json`. The store is
 * the only state there is, so any number of server processes may work on one. Every method may throw `StoreFull` when it
 * writes, and `StoreAway` when the store can't be reached.
 */
export interface Store {
  readonly kind: 'folder' | 's3';
  /** Where browsers fetch and put pieces, when that is not the server itself. */
  readonly origin: string | null;

  /** A small object whole, or null; `'unchanged'` when it still has the version that the caller knows. */
  read(key: string, knownVersion?: string): Promise<StoredObject | 'unchanged' | null>;
  /** How long an object is, and since when it has been there; null when it is not. */
  stat(key: string): Promise<ObjectFacts | null>;
  /** An object's octets, in order, or null. */
  open(key: string): Promise<OpenObject | null>;

  /**
   * Writes a small object whole or not at all; it lasts once this resolves. With `expected` only when the object has that
   * version (null: only when there is none), else it throws `VersionConflict`.
   */
  write(key: string, bytes: Uint8Array, expected?: string | null): Promise<void>;
  /**
   * Takes octets in as they come, without holding more than a part of them. Stores them, lasting, when they have that
   * SHA-256; throws `WrongHash` or `TooLong` and leaves what was there before. Only a store without an origin of its own.
   */
  receive(key: string, octets: ReadableStream<Uint8Array>, expected: Expected): Promise<number>;
  /** Removes an object, with `version` only while it has that. What is not there is removed already. */
  remove(key: string, version?: string): Promise<void>;
  /** All objects whose key begins with this, in no particular order. */
  list(prefix: string): AsyncIterable<ListedObject>;

  /** An address that takes these octets and no others for five minutes; null: they go through the server. */
  uploadTicket(key: string, expected: { sha256: string; bytes: number }): Promise<Ticket | null>;
  /** An address that gives the object's octets for five minutes; null: they come through the server. */
  downloadAddress(key: string): Promise<string | null>;

  /** Octets that may still be written; null: the store doesn't say. */
  freeBytes(): Promise<number | null>;
  /** Throws when the store can't be used. */
  check(): Promise<void>;
  /** Clears away what unfinished writes left behind before that time. */
  tidy(beforeMs: number): Promise<void>;
}

export interface ObjectFacts {
  bytes: number;
  modifiedMs: number;
  version: string;
}

export interface StoredObject {
  bytes: Uint8Array;
  version: string;
}

export interface OpenObject {
  bytes: number;
  version: string;
  octets: ReadableStream<Uint8Array>;
}

export interface ListedObject {
  key: string;
  bytes: number;
  modifiedMs: number;
}

export interface Expected {
  sha256: string;
  maxBytes: number;
}

export interface Ticket {
  url: string;
  headers: Record<string, string>;
}

export class StoreFull extends Error {}
export class StoreAway extends Error {}
export class VersionConflict extends Error {}
export class WrongHash extends Error {}
export class TooLong extends Error {}

const KEY = /^[a-z]+(\/[A-Za-z0-9_-]+)+(\.json)?$/;

/** Refuses keys that no part of the server makes, before they become a path or an address. */
export function assertKey(key: string): void {
  if (!KEY.test(key)) throw new Error('no key of this store');
}

export const pieceKey = (id: string) => `pieces/${id.slice(0, 2)}/${id}`;
export const doomedKey = (id: string) => `doomed/${id}`;
export const shareKey = (id: string) => `shares/${id}.json`;
export const lastPart = (key: string) => key.slice(key.lastIndexOf('/') + 1).replace(/\.json$/, '');

/** Chunks of a web stream; the stream is cancelled when the loop ends early. */
export async function* chunksOf(octets: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = octets.getReader();
  let finished = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        finished = true;
        return;
      }
      yield value;
    }
  } finally {
    if (!finished) await reader.cancel().catch(() => undefined);
    reader.releaseLock();
  }
}
