import type { ByteSink } from '../../engine/byteSink';
import type { PoolFiles } from '../../storage/poolFiles';

interface Part {
  readonly unfinishedName: string;
  readonly sink: ByteSink;
  closed: boolean;
}

/** Files of one import: they get their names when all of them are written, or none of them stays. */
export class UnfinishedFiles {
  readonly #files: PoolFiles;
  readonly #newName: () => string;
  readonly #parts = new Set<Part>();

  constructor(files: PoolFiles, newName: () => string) {
    this.#files = files;
    this.#newName = newName;
  }

  async create(): Promise<Part> {
    const unfinishedName = this.#newName();
    const part = { unfinishedName, sink: await this.#files.create(unfinishedName), closed: false };
    this.#parts.add(part);
    return part;
  }

  async write(bytes: Uint8Array): Promise<Part> {
    const part = await this.create();
    await part.sink.write(0, bytes);
    await this.close(part);
    return part;
  }

  /** By way of the sink that wraps the part's, where there is one. */
  async close(part: Part, wrapper: ByteSink = part.sink): Promise<void> {
    await wrapper.close();
    part.closed = true;
  }

  /** A file that is there is left alone: it is the same, and somebody may be reading it. */
  async keep(part: Part, name: string): Promise<void> {
    if (await this.#files.open(name)) return;
    await this.#files.rename(part.unfinishedName, name);
    this.#parts.delete(part);
  }

  async replace(part: Part, name: string): Promise<void> {
    await this.#files.remove(name);
    await this.#files.rename(part.unfinishedName, name);
    this.#parts.delete(part);
  }

  /** Removes what was not given a name. */
  async discard(): Promise<void> {
    for (const { sink, closed, unfinishedName } of this.#parts) {
      await (closed ? this.#files.remove(unfinishedName) : sink.abort()).catch(() => {});
    }
    this.#parts.clear();
  }
}
