import { createHash } from 'node:crypto';
import {
  assertKey,
  chunksOf,
  type Expected,
  type Store,
  StoreFull,
  TooLong,
  VersionConflict,
  WrongHash,
} from '../../web/server/store/store';

interface Held {
  bytes: Uint8Array;
  modifiedMs: number;
  version: string;
}

/** A store in memory with a clock and a size of one's own. */
export class MemoryStore implements Store {
  readonly kind = 'folder';
  readonly origin = null;
  readonly objects = new Map<string, Held>();
  capacityBytes = Number.POSITIVE_INFINITY;
  #writes = 0;

  constructor(private readonly now: () => number = Date.now) {}

  async read(key: string, knownVersion?: string) {
    const held = this.#get(key);
    if (held?.version === knownVersion && held) return 'unchanged' as const;
    return held ? { bytes: held.bytes, version: held.version } : null;
  }

  async stat(key: string) {
    const held = this.#get(key);
    return held ? { bytes: held.bytes.byteLength, modifiedMs: held.modifiedMs, version: held.version } : null;
  }

  async open(key: string) {
    const held = this.#get(key);
    if (!held) return null;
    const octets = new Blob([new Uint8Array(held.bytes)]).stream();
    return { bytes: held.bytes.byteLength, version: held.version, octets };
  }

  async write(key: string, bytes: Uint8Array, expected?: string | null) {
    if (expected !== undefined && (this.#get(key)?.version ?? null) !== expected) throw new VersionConflict();
    this.#put(key, bytes);
  }

  async receive(key: string, octets: ReadableStream<Uint8Array>, { sha256, maxBytes }: Expected) {
    const chunks: Uint8Array[] = [];
    let taken = 0;
    for await (const chunk of chunksOf(octets)) {
      taken += chunk.byteLength;
      if (taken > maxBytes) throw new TooLong();
      chunks.push(chunk);
    }
    const bytes = Buffer.concat(chunks);
    if (createHash('sha256').update(bytes).digest('hex') !== sha256) throw new WrongHash();
    this.#put(key, bytes);
    return taken;
  }

  async remove(key: string, version?: string) {
    if (version === undefined || this.#get(key)?.version === version) this.objects.delete(key);
  }

  async *list(prefix: string) {
    for (const [key, { bytes, modifiedMs }] of [...this.objects]) {
      if (key.startsWith(prefix)) yield { key, bytes: bytes.byteLength, modifiedMs };
    }
  }

  async uploadTicket() {
    return null;
  }

  async downloadAddress() {
    return null;
  }

  async freeBytes() {
    return null;
  }

  async check() {}

  async tidy() {}

  #get(key: string): Held | undefined {
    assertKey(key);
    return this.objects.get(key);
  }

  #put(key: string, bytes: Uint8Array): void {
    assertKey(key);
    const others = [...this.objects].filter(([other]) => other !== key);
    const used = others.reduce((sum, [, held]) => sum + held.bytes.byteLength, 0);
    if (used + bytes.byteLength > this.capacityBytes) throw new StoreFull();
    this.objects.set(key, {
      bytes: Uint8Array.from(bytes),
      modifiedMs: this.now(),
      version: String(++this.#writes),
    });
  }
}
