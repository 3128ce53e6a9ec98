import { createHash } from 'node:crypto';
import type { Piece } from '../../web/src/share/chunks';
import type { Bytes } from '../../web/src/share/encoding';
import { ServerRefusal, type UploadPlace } from '../../web/src/share/shareServer';
import type { UploadServer } from '../../web/src/share/upload';

/** A server in memory, as far as an upload sees it; it fails when it is told to. */
export class FakeShareServer implements UploadServer {
  readonly pieces = new Map<string, Bytes>();
  /** Ids of pieces that were taken, in order. */
  readonly taken: string[] = [];
  asked = 0;
  mostAtOnce = 0;
  /** Called before each upload; what it throws is the answer. */
  onUpload: (count: number) => void = () => {};
  #uploads = 0;
  #atOnce = 0;

  async missing(wanted: readonly Piece[], signal?: AbortSignal): Promise<readonly UploadPlace[]> {
    signal?.throwIfAborted();
    if (wanted.length > 1024) throw new ServerRefusal('invalid', 400, 'Too many pieces.');
    this.asked += wanted.length;
    return wanted
      .filter(({ id }) => !this.pieces.has(id))
      .map(({ id }) => ({ id, url: `/api/pieces/${id}`, headers: {} }));
  }

  async upload({ id }: UploadPlace, body: Bytes, signal?: AbortSignal): Promise<void> {
    this.#atOnce++;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#atOnce);
    try {
      this.onUpload(++this.#uploads);
      await new Promise((resolve) => setImmediate(resolve));
      signal?.throwIfAborted();
      const hash = createHash('sha256').update(body).digest('hex');
      if (hash !== id) throw new ServerRefusal('wrong-hash', 422, 'Another piece.');
      this.taken.push(id);
      this.pieces.set(id, body);
    } finally {
      this.#atOnce--;
    }
  }
}
