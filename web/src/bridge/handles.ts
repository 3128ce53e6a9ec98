/** Gives whole numbers, counting from 1, to ids. A number is never given twice. */
export class Handles {
  readonly #byId = new Map<string, number>();
  #next = 1;

  of(id: string): number {
    let handle = this.#byId.get(id);
    if (handle === undefined) {
      handle = this.#next++;
      this.#byId.set(id, handle);
    }
    return handle;
  }

  /** The handle without giving one. */
  get(id: string): number | undefined {
    return this.#byId.get(id);
  }

  /** Forgets the id and returns the handle it had. Should it come back, it gets another one. */
  release(id: string): number {
    const handle = this.of(id);
    this.#byId.delete(id);
    return handle;
  }

  entries(): IterableIterator<[string, number]> {
    return this.#byId.entries();
  }
}
