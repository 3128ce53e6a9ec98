import { pageFloats } from '../generated/engineLayout';

const headerInts = 8;
const writeAt = 0;
const readAt = 1;
const capacityAt = 2;
const forgetAt = 3;
const generationAt = 4;
const slotHeaderInts = 4;

/**
 * Pages of sound in shared memory from the stream worker (one producer) to the audio thread (one consumer). Both
 * counters run freely and wrap at 32 bits; each is written by one side only.
 */
export class PageFifo {
  readonly capacity: number;
  readonly #counters: Int32Array;
  readonly #slotHeaders: Int32Array;
  readonly #slots: Float32Array[] = [];

  /** `slots` is a power of two. */
  static create(slots = 64): SharedArrayBuffer {
    const memory = new SharedArrayBuffer(4 * (headerInts + slots * (slotHeaderInts + pageFloats)));
    new Int32Array(memory)[capacityAt] = checkedPowerOfTwo(slots);
    return memory;
  }

  constructor(memory: SharedArrayBuffer) {
    this.#counters = new Int32Array(memory, 0, headerInts);
    this.capacity = this.#counters[capacityAt] ?? 0;
    const headers = 4 * headerInts;
    this.#slotHeaders = new Int32Array(memory, headers, this.capacity * slotHeaderInts);
    const samples = headers + 4 * this.capacity * slotHeaderInts;
    for (let slot = 0; slot < this.capacity; slot++) {
      this.#slots.push(new Float32Array(memory, samples + 4 * slot * pageFloats, pageFloats));
    }
  }

  /** Pages that wait. Either side. */
  get length(): number {
    return waiting(this.#counters);
  }

  /** Producer: false where the queue is full. */
  push(source: number, page: number, samples: Float32Array): boolean {
    if (this.length >= this.capacity) return false;
    const write = Atomics.load(this.#counters, writeAt);
    const slot = write & (this.capacity - 1);
    this.#slotHeaders[slot * slotHeaderInts] = source;
    this.#slotHeaders[slot * slotHeaderInts + 1] = page;
    (this.#slots[slot] as Float32Array).set(samples);
    Atomics.store(this.#counters, writeAt, (write + 1) | 0);
    return true;
  }

  /** Consumer: the oldest page's source handle; only while length > 0. */
  get source(): number {
    return this.#slotHeaders[this.#readSlot() * slotHeaderInts] ?? 0;
  }

  /** Consumer: the oldest page's index in its source; only while length > 0. */
  get page(): number {
    return this.#slotHeaders[this.#readSlot() * slotHeaderInts + 1] ?? 0;
  }

  /** Consumer: the oldest page's samples, both halves, a view that stands until pop(); only while length > 0. */
  get samples(): Float32Array {
    return this.#slots[this.#readSlot()] as Float32Array;
  }

  /** Consumer: frees the oldest page's slot. */
  pop(): void {
    Atomics.store(this.#counters, readAt, (Atomics.load(this.#counters, readAt) + 1) | 0);
  }

  #readSlot(): number {
    return Atomics.load(this.#counters, readAt) & (this.capacity - 1);
  }
}

/** Requests for pages in shared memory, from the audio thread (one producer) to the stream worker (one consumer). */
export class RequestRing {
  readonly capacity: number;
  readonly #counters: Int32Array;
  readonly #pairs: Int32Array;

  /** `pairs` is a power of two. */
  static create(pairs = 1024): SharedArrayBuffer {
    const memory = new SharedArrayBuffer(4 * (headerInts + 2 * pairs));
    new Int32Array(memory)[capacityAt] = checkedPowerOfTwo(pairs);
    return memory;
  }

  constructor(memory: SharedArrayBuffer) {
    this.#counters = new Int32Array(memory, 0, headerInts);
    this.capacity = this.#counters[capacityAt] ?? 0;
    this.#pairs = new Int32Array(memory, 4 * headerInts, 2 * this.capacity);
  }

  /** Requests that wait, forgotten ones included. Either side. */
  get length(): number {
    return waiting(this.#counters);
  }

  /** How often the producer has forgotten its requests. Either side. */
  get generation(): number {
    return Atomics.load(this.#counters, generationAt);
  }

  /** Producer: false where the ring is full. */
  push(source: number, page: number): boolean {
    if (this.length >= this.capacity) return false;
    const write = Atomics.load(this.#counters, writeAt);
    const at = 2 * (write & (this.capacity - 1));
    this.#pairs[at] = source;
    this.#pairs[at + 1] = page;
    Atomics.store(this.#counters, writeAt, (write + 1) | 0);
    return true;
  }

  /** Producer: everything asked for so far need not be answered. */
  forget(): void {
    Atomics.store(this.#counters, forgetAt, Atomics.load(this.#counters, writeAt));
    Atomics.add(this.#counters, generationAt, 1);
  }

  /** Producer: wakes the consumer after pushes. */
  notify(): void {
    Atomics.notify(this.#counters, writeAt);
  }

  /** Consumer: moves pairs (source, page) that still count to `into`; returns how many pairs. */
  take(into: Int32Array): number {
    let read = Atomics.load(this.#counters, readAt);
    const forgotten = (Atomics.load(this.#counters, forgetAt) - read) | 0;
    if (forgotten > 0) read = (read + forgotten) | 0;
    const count = Math.min((Atomics.load(this.#counters, writeAt) - read) | 0, into.length >> 1);
    for (let pair = 0; pair < count; pair++) {
      const at = 2 * ((read + pair) & (this.capacity - 1));
      into[2 * pair] = this.#pairs[at] ?? 0;
      into[2 * pair + 1] = this.#pairs[at + 1] ?? 0;
    }
    Atomics.store(this.#counters, readAt, (read + count) | 0);
    return count;
  }

  /** Consumer: resolves when there may be a request. */
  async waitForRequests(): Promise<void> {
    while (this.length === 0) await changed(this.#counters, writeAt, Atomics.load(this.#counters, writeAt));
  }
}

function waiting(counters: Int32Array): number {
  return (Atomics.load(counters, writeAt) - Atomics.load(counters, readAt)) | 0;
}

function checkedPowerOfTwo(count: number): number {
  if (count < 1 || (count & (count - 1)) !== 0) throw new RangeError(`${count} is not a power of two`);
  return count;
}

interface AsyncWait {
  readonly async: boolean;
  readonly value: Promise<string> | string;
}
type WaitAsync = (array: Int32Array, index: number, value: number, timeoutMs: number) => AsyncWait;

const pollMs = 4;
const recheckMs = 1000;

/** Resolves when the counter has left `value`, or a while has passed. */
function changed(counters: Int32Array, index: number, value: number): Promise<unknown> {
  const waitAsync = (Atomics as unknown as { waitAsync?: WaitAsync }).waitAsync;
  if (!waitAsync) return new Promise((resolve) => setTimeout(resolve, pollMs));
  const wait = waitAsync(counters, index, value, recheckMs);
  return wait.async ? (wait.value as Promise<string>) : Promise.resolve();
}
