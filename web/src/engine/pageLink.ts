import { pageFloats } from '../generated/engineLayout';
import { PageFifo, RequestRing } from './pageFifo';

/** One end of the way that pages take from the stream worker to the audio thread, as it travels in a message. */
export type StreamLinkInit =
  | { readonly kind: 'shared'; readonly pages: SharedArrayBuffer; readonly requests: SharedArrayBuffer }
  | { readonly kind: 'port'; readonly port: MessagePort };

/** The stream worker's end: takes requests, hands pages over. */
export interface PageLink {
  /** Resolves when there may be requests. */
  waitForRequests(): Promise<void>;
  /** Moves waiting requests into `into` as pairs handle, page index, oldest first; returns the number of pairs. Never blocks. */
  takeRequests(into: Int32Array): number;
  /** Counts up at every seek and jump: what was taken under an older number need not be answered any more. */
  generation(): number;
  /**
   * Hands one page over: left and right, 4096 each, or 4096 mono. False when there is no room: wait a few milliseconds and try
   * again. The array may be transferred: it is not to be touched afterwards. A page that can't be read is sent as zeros.
   */
  push(handle: number, pageIndex: number, page: Float32Array): boolean;
}

/** The audio thread's end: asks for pages, takes pages. Nothing here allocates with shared memory. */
export interface PageInlet {
  /** How many requests there is room for. */
  requestRoom(): number;
  request(source: number, page: number): void;
  /** What was asked for so far need not be answered. */
  forget(): void;
  /** Sends what was asked since the last time, once a quantum. */
  flush(): void;
  /** Pages that wait; `source`, `page` and `samples` are the oldest one's. */
  readonly length: number;
  readonly source: number;
  readonly page: number;
  readonly samples: Float32Array;
  pop(): void;
}

export function connectPageLink(init: StreamLinkInit): PageLink {
  return init.kind === 'shared' ? new SharedLink(init.requests, init.pages) : new PortLink(init.port);
}

export function connectPageInlet(init: StreamLinkInit): PageInlet {
  return init.kind === 'shared' ? new SharedInlet(init.requests, init.pages) : new PortInlet(init.port);
}

/** The two ends of a new link. */
export function createPageLink(shared: boolean): { worker: StreamLinkInit; audio: StreamLinkInit } {
  if (shared) {
    const init: StreamLinkInit = {
      kind: 'shared',
      pages: PageFifo.create(),
      requests: RequestRing.create(),
    };
    return { worker: init, audio: init };
  }
  const { port1, port2 } = new MessageChannel();
  return { worker: { kind: 'port', port: port1 }, audio: { kind: 'port', port: port2 } };
}

/** The transfer list of a message that carries this end. */
export function linkTransfer(init: StreamLinkInit): Transferable[] {
  return init.kind === 'port' ? [init.port] : [];
}

class SharedLink implements PageLink {
  readonly #requests: RequestRing;
  readonly #pages: PageFifo;

  constructor(requests: SharedArrayBuffer, pages: SharedArrayBuffer) {
    this.#requests = new RequestRing(requests);
    this.#pages = new PageFifo(pages);
  }

  waitForRequests(): Promise<void> {
    return this.#requests.waitForRequests();
  }

  takeRequests(into: Int32Array): number {
    return this.#requests.take(into);
  }

  generation(): number {
    return this.#requests.generation;
  }

  push(handle: number, pageIndex: number, page: Float32Array): boolean {
    return this.#pages.push(handle, pageIndex, page);
  }
}

class SharedInlet implements PageInlet {
  readonly #requests: RequestRing;
  readonly #pages: PageFifo;
  #asked = false;

  constructor(requests: SharedArrayBuffer, pages: SharedArrayBuffer) {
    this.#requests = new RequestRing(requests);
    this.#pages = new PageFifo(pages);
  }

  requestRoom(): number {
    return this.#requests.capacity - this.#requests.length;
  }

  request(source: number, page: number): void {
    this.#requests.push(source, page);
    this.#asked = true;
  }

  forget(): void {
    this.#requests.forget();
  }

  flush(): void {
    if (this.#asked) this.#requests.notify();
    this.#asked = false;
  }

  get length(): number {
    return this.#pages.length;
  }

  get source(): number {
    return this.#pages.source;
  }

  get page(): number {
    return this.#pages.page;
  }

  get samples(): Float32Array {
    return this.#pages.samples;
  }

  pop(): void {
    this.#pages.pop();
  }
}

/** Pages on their way, at most: the same bound as shared memory has. */
const pagesInFlight = 64;
const requestsPerMessage = 256;

interface PageMessage {
  readonly source: number;
  readonly page: number;
  readonly samples: Float32Array;
}

/** From the audio thread: new requests as pairs, and how many pages it has taken since the last message. */
interface DemandMessage {
  readonly forget: boolean;
  readonly requests: readonly number[];
  readonly taken: number;
}

/** Without shared memory requests and pages travel as messages. */
class PortLink implements PageLink {
  readonly #port: MessagePort;
  #requests: number[] = [];
  #generation = 0;
  #inFlight = 0;
  #waiting: (() => void)[] = [];

  constructor(port: MessagePort) {
    this.#port = port;
    port.onmessage = ({ data }: MessageEvent<DemandMessage>) => {
      if (data.forget) {
        this.#requests = [];
        this.#generation++;
      }
      this.#requests.push(...data.requests);
      this.#inFlight -= data.taken;
      if (this.#requests.length > 0) for (const wake of this.#waiting.splice(0)) wake();
    };
  }

  waitForRequests(): Promise<void> {
    if (this.#requests.length > 0) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  takeRequests(into: Int32Array): number {
    const taken = this.#requests.splice(0, into.length & ~1);
    into.set(taken);
    return taken.length >> 1;
  }

  generation(): number {
    return this.#generation;
  }

  push(handle: number, pageIndex: number, page: Float32Array): boolean {
    if (this.#inFlight >= pagesInFlight) return false;
    this.#inFlight++;
    const whole = page.byteLength === page.buffer.byteLength;
    const samples = whole ? page : page.slice();
    this.#port.postMessage({ source: handle, page: pageIndex, samples } satisfies PageMessage, [
      samples.buffer,
    ]);
    return true;
  }
}

const noSamples = new Float32Array(pageFloats);

class PortInlet implements PageInlet {
  readonly #port: MessagePort;
  readonly #queue: PageMessage[] = [];
  #requests: number[] = [];
  #forget = false;
  #taken = 0;

  constructor(port: MessagePort) {
    this.#port = port;
    port.onmessage = ({ data }: MessageEvent<PageMessage>) => {
      this.#queue.push(data);
    };
  }

  requestRoom(): number {
    return requestsPerMessage - (this.#requests.length >> 1);
  }

  request(source: number, page: number): void {
    this.#requests.push(source, page);
  }

  forget(): void {
    this.#forget = true;
    this.#requests = [];
  }

  flush(): void {
    if (!this.#forget && this.#taken === 0 && this.#requests.length === 0) return;
    const message: DemandMessage = { forget: this.#forget, requests: this.#requests, taken: this.#taken };
    this.#port.postMessage(message);
    this.#forget = false;
    this.#requests = [];
    this.#taken = 0;
  }

  get length(): number {
    return this.#queue.length;
  }

  get source(): number {
    return this.#queue[0]?.source ?? 0;
  }

  get page(): number {
    return this.#queue[0]?.page ?? 0;
  }

  get samples(): Float32Array {
    return this.#queue[0]?.samples ?? noSamples;
  }

  pop(): void {
    if (this.#queue.shift()) this.#taken++;
  }
}
