import type { ByteSink } from '../../../web/src/engine/byteSink';
import type { PoolFiles } from '../../../web/src/storage/poolFiles';

/** The pool's folder in memory. Files that are being written can't be read, renamed or removed, as in the browser. */
export class MemoryFolder implements PoolFiles {
  readonly finished = new Map<string, Blob>();
  readonly writing = new Set<string>();
  /** Bytes that can be written before the disk is full. */
  roomBytes = Number.POSITIVE_INFINITY;
  /** Names of finished files that were ever replaced or removed. */
  readonly lost: string[] = [];

  get names(): string[] {
    return [...this.finished.keys(), ...this.writing].sort();
  }

  async list(): Promise<string[]> {
    return this.names;
  }

  async open(name: string): Promise<Blob | null> {
    return this.finished.get(name) ?? null;
  }

  async create(name: string): Promise<ByteSink> {
    if (this.writing.has(name)) throw new DOMException('locked', 'NoModificationAllowedError');
    this.writing.add(name);
    let bytes = new Uint8Array(0);
    const end = () => {
      if (!this.writing.delete(name)) throw new DOMException('closed', 'InvalidStateError');
    };
    return {
      write: async (position, part) => {
        if (!this.writing.has(name)) throw new DOMException('closed', 'InvalidStateError');
        if (part.length > this.roomBytes) throw new DOMException('full', 'QuotaExceededError');
        this.roomBytes -= part.length;
        const longer = new Uint8Array(Math.max(bytes.length, position + part.length));
        longer.set(bytes);
        longer.set(part, position);
        bytes = longer;
      },
      close: async () => {
        end();
        this.finished.set(name, new Blob([bytes]));
      },
      abort: async () => end(),
    };
  }

  async rename(from: string, to: string): Promise<void> {
    const file = this.finished.get(from);
    if (!file) throw new DOMException('none', 'NotFoundError');
    if (this.finished.has(to)) this.lost.push(to);
    this.finished.delete(from);
    this.finished.set(to, file);
  }

  async remove(name: string): Promise<void> {
    if (this.writing.has(name)) throw new DOMException('locked', 'NoModificationAllowedError');
    if (this.finished.delete(name) && !name.startsWith('~')) this.lost.push(name);
  }
}
