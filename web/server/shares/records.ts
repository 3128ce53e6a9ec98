import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { lastPart, type Store, shareKey } from '../store/store';
import { MAX_PIECES } from './limits';

z.config({ jitless: true });

export const pieceIdSchema = z.string().regex(/^[0-9a-f]{64}$/, 'a piece is named by 64 hexadecimal digits');
export const shareIdSchema = z.string().regex(/^[A-Za-z0-9_-]{22}$/, 'a link is named by 22 characters');
const base64url = z.string().regex(/^[A-Za-z0-9_-]*$/, 'not base64url');
const wholeMs = z.number().int().min(0).max(8.64e15);

export const passwordSchema = z
  .strictObject({ salt: base64url.length(22), iterations: z.number().int().min(1).max(10_000_000) })
  .nullable();

const shared = {
  format: z.literal(1),
  /** SHA-256 of the owner's token, in hexadecimal. */
  owner: z.string().regex(/^[0-9a-f]{64}$/),
  revision: z.number().int().min(0),
};

const liveSchema = z.object({
  ...shared,
  manifest: base64url,
  pieces: z.array(pieceIdSchema).max(MAX_PIECES),
  password: passwordSchema,
  createdAt: wholeMs,
  updatedAt: wholeMs,
  expiresAt: wholeMs.nullable(),
});

const endedSchema = z.object({ ...shared, ended: z.enum(['revoked', 'expired']), endedAt: wholeMs });

export type LiveRecord = z.infer<typeof liveSchema>;
/** What stays of a share that is over, so that its link says so. */
export type EndedRecord = z.infer<typeof endedSchema>;
export type ShareRecord = LiveRecord | EndedRecord;

export const isEnded = (record: ShareRecord): record is EndedRecord => 'ended' in record;
export const isExpired = (record: LiveRecord, now: number) =>
  record.expiresAt !== null && record.expiresAt <= now;

export function tombstone(record: ShareRecord, ended: EndedRecord['ended'], now: number): EndedRecord {
  return { format: 1, owner: record.owner, revision: record.revision, ended, endedAt: now };
}

/** A record as it was read: its version in the store, and its pieces ready to be looked up. */
export interface Known {
  record: ShareRecord;
  version: string;
  pieces: ReadonlySet<string>;
  bytes: number;
}

const NO_PIECES: ReadonlySet<string> = new Set();
const CACHE_BYTES = 64 * 1024 ** 2;

/**
 * The records of shares in a store. Each read asks the store, so that a link that was revoked through another process is
 * over at once; only the parsing of a record that has not changed is saved.
 */
export class ShareRecords {
  readonly #parsed = new Map<string, Known>();
  #parsedBytes = 0;

  constructor(private readonly store: Store) {}

  async read(id: string): Promise<Known | null> {
    const parsed = this.#parsed.get(id);
    const stored = await this.store.read(shareKey(id), parsed?.version);
    if (stored === 'unchanged') return parsed ?? null;
    const meanwhile = this.#parsed.get(id);
    if (stored !== null && meanwhile?.version === stored.version) return meanwhile;
    this.#forget(id);
    if (stored === null) return null;
    const record = parseRecord(stored.bytes);
    const known: Known = {
      record,
      version: stored.version,
      pieces: isEnded(record) ? NO_PIECES : new Set(record.pieces),
      bytes: stored.bytes.byteLength,
    };
    this.#remember(id, known);
    return known;
  }

  /** Replaces the version that was read (null: none). Throws `VersionConflict` when another came first. */
  async write(id: string, record: ShareRecord, over: string | null): Promise<void> {
    await this.store.write(shareKey(id), new TextEncoder().encode(JSON.stringify(record)), over);
  }

  async remove(id: string, version: string): Promise<void> {
    await this.store.remove(shareKey(id), version);
  }

  /** Every share there is, one after the other, without filling memory. Throws when one can't be read. */
  async *all(): AsyncGenerator<{ id: string; record: ShareRecord; version: string }> {
    for await (const { key } of this.store.list('shares/')) {
      const id = lastPart(key);
      if (!shareIdSchema.safeParse(id).success) continue;
      const stored = await this.store.read(shareKey(id));
      if (stored === null || stored === 'unchanged') continue;
      yield { id, record: parseRecord(stored.bytes), version: stored.version };
    }
  }

  #remember(id: string, known: Known): void {
    this.#forget(id);
    this.#parsed.set(id, known);
    this.#parsedBytes += known.bytes;
    for (const oldest of this.#parsed.keys()) {
      if (this.#parsedBytes <= CACHE_BYTES) break;
      this.#forget(oldest);
    }
  }

  #forget(id: string): void {
    this.#parsedBytes -= this.#parsed.get(id)?.bytes ?? 0;
    this.#parsed.delete(id);
  }
}

function parseRecord(bytes: Uint8Array): ShareRecord {
  const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
  const ended = endedSchema.safeParse(value);
  return ended.success ? ended.data : liveSchema.parse(value);
}

/** The token of an `Authorization: Bearer` line as it is stored, or null when there is none. */
export function ownerOf(authorization: string | undefined): string | null {
  const token = /^Bearer ([A-Za-z0-9_-]{43})$/i.exec(authorization ?? '')?.[1];
  if (token === undefined) return null;
  return createHash('sha256').update(Buffer.from(token, 'base64url')).digest('hex');
}

/** Compares in constant time. */
export function sameOwner(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(a, 'hex'), Buffer.from(b, 'hex'));
}
