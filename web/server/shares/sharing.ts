import type { Store } from '../store/store';
import { BodyMemory, type Limits, RequestRate, StoreUsage, UploadQuota } from './limits';
import { Pieces } from './pieces';
import { ShareRecords } from './records';
import { refuse } from './refusal';

/** All that the sharing routes and the sweep work with: the store and this process' limits. */
export class Sharing {
  readonly records: ShareRecords;
  readonly pieces: Pieces;
  readonly usage: StoreUsage;
  readonly rate: RequestRate;
  readonly memory = new BodyMemory();
  readonly #quota: UploadQuota;

  constructor(
    readonly store: Store,
    readonly limits: Limits,
    /** Whether a proxy of our own stands in front and says in `X-Forwarded-For` who asks. */
    readonly trustProxy = false,
    readonly now: () => number = Date.now,
  ) {
    this.records = new ShareRecords(store);
    this.pieces = new Pieces(store);
    this.usage = new StoreUsage(limits.maxStoreBytes);
    this.rate = new RequestRate(limits.requestsPerSecond, now);
    this.#quota = new UploadQuota(limits.uploadBytesPerDay, now);
  }

  /** Lets a piece in from an address, once a day each, or throws `full` or `slow-down`. */
  admit(address: string, id: string, bytes: number): void {
    if (this.#quota.knows(address, id)) return;
    this.usage.makeRoom(bytes);
    this.#quota.reserve(address, id, bytes);
    this.usage.add(bytes);
  }

  /** Throws `full` when the disk has no room for so much. */
  async findRoom(bytes: number): Promise<void> {
    const free = await this.store.freeBytes();
    if (free !== null && free - bytes < this.limits.keepFreeBytes) throw refuse.full();
  }
}
