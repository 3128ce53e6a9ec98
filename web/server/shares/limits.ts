import { refuse } from './refusal';

export const CHUNK_BYTES = 1024 * 1024;
export const MAX_PIECE_BYTES = 4 * CHUNK_BYTES + 64;
export const MAX_MANIFEST_BYTES = 4 * 1024 * 1024;
export const MAX_PIECES = 16_384;
export const MAX_ASKED_AT_ONCE = 1024;

const DAY_MS = 24 * 3600 * 1000;
const MOST_ADDRESSES = 50_000;
const MOST_REMEMBERED_PIECES = 20_000;

/** How much one address may do, and how much the whole store may hold; `null`: as much as there is room for. */
export interface Limits {
  maxStoreBytes: number | null;
  maxShareBytes: number;
  maxExpiryDays: number | null;
  /** What one address may upload within a day. */
  uploadBytesPerDay: number;
  /** Requests to the API that one address may make a second, on average; ten seconds' worth at once. */
  requestsPerSecond: number;
  /** Room on the disk that uploads leave free, so that links can still be made and revoked. */
  keepFreeBytes: number;
}

export const DEFAULT_LIMITS: Limits = {
  maxStoreBytes: null,
  maxShareBytes: 8 * 1024 ** 3,
  maxExpiryDays: null,
  uploadBytesPerDay: 50 * 1024 ** 3,
  requestsPerSecond: 200,
  keepFreeBytes: 256 * 1024 ** 2,
};

interface Bucket {
  tokens: number;
  filledAtMs: number;
}

/** A token bucket for each address, in this process only. */
export class RequestRate {
  readonly #buckets = new Map<string, Bucket>();

  constructor(
    private readonly perSecond: number,
    private readonly now: () => number,
  ) {}

  /** Takes tokens, or throws `slow-down` with the time until they are there. */
  spend(address: string, tokens = 1): void {
    const now = this.now();
    const most = this.perSecond * 10;
    const bucket = this.#buckets.get(address) ?? { tokens: most, filledAtMs: now };
    const earned = (Math.max(0, now - bucket.filledAtMs) / 1000) * this.perSecond;
    bucket.tokens = Math.min(most, bucket.tokens + earned);
    bucket.filledAtMs = now;
    this.#buckets.delete(address);
    this.#buckets.set(address, bucket);
    forgetOldest(this.#buckets);
    const cost = Math.min(tokens, most);
    if (bucket.tokens < cost) throw refuse.slowDown((cost - bucket.tokens) / this.perSecond);
    bucket.tokens -= cost;
  }
}

interface Day {
  startedAtMs: number;
  bytes: number;
  pieces: Set<string>;
}

const short = (id: string) => id.slice(0, 16);

/** What each address uploads within a day, in this process only. A piece counts once, however often it is tried. */
export class UploadQuota {
  readonly #days = new Map<string, Day>();

  constructor(
    private readonly bytesPerDay: number,
    private readonly now: () => number,
  ) {}

  /** Whether this piece was counted for the address today. */
  knows(address: string, id: string): boolean {
    return this.#today(address).pieces.has(short(id));
  }

  /** Counts a piece that is about to come, or throws `slow-down` with the time until the day is over. */
  reserve(address: string, id: string, bytes: number): void {
    const now = this.now();
    const day = this.#today(address);
    if (day.bytes + bytes > this.bytesPerDay) {
      throw refuse.slowDown((day.startedAtMs + DAY_MS - now) / 1000);
    }
    day.bytes += bytes;
    if (day.pieces.size < MOST_REMEMBERED_PIECES) day.pieces.add(short(id));
  }

  #today(address: string): Day {
    const now = this.now();
    let day = this.#days.get(address);
    if (!day || now - day.startedAtMs >= DAY_MS) day = { startedAtMs: now, bytes: 0, pieces: new Set() };
    this.#days.delete(address);
    this.#days.set(address, day);
    forgetOldest(this.#days);
    return day;
  }
}

function forgetOldest(map: Map<string, unknown>): void {
  if (map.size <= MOST_ADDRESSES) return;
  const oldest = map.keys().next().value;
  if (oldest !== undefined) map.delete(oldest);
}

/** The store's fill: what the last sweep counted, and what came since through this process. Approximate by design. */
export class StoreUsage {
  bytes = 0;

  constructor(private readonly maxBytes: number | null) {}

  add(bytes: number): void {
    this.bytes += bytes;
  }

  /** Throws `full` when so much more would be too much. */
  makeRoom(bytes: number): void {
    if (this.maxBytes !== null && this.bytes + bytes > this.maxBytes) throw refuse.full();
  }
}

/** How many octets of request bodies are held in memory at once, over all requests. */
export class BodyMemory {
  #held = 0;

  constructor(private readonly mostBytes = 128 * 1024 ** 2) {}

  async holding<T>(bytes: number, work: () => Promise<T>): Promise<T> {
    if (this.#held + bytes > this.mostBytes) throw refuse.slowDown(1);
    this.#held += bytes;
    try {
      return await work();
    } finally {
      this.#held -= bytes;
    }
  }
}
