/** What happened over the last seconds, as one number for each equal stretch of time; the newest is at the right. */
export class History {
  readonly #columns: Float32Array;
  readonly #empty: number;
  readonly #keep: (kept: number, next: number) => number;
  #head = 0;
  #share = 0;

  /** `keep` says which of two numbers in one column stays: the larger one unless told. */
  constructor(
    readonly count: number,
    empty: number,
    keep: (kept: number, next: number) => number = Math.max,
  ) {
    this.#columns = new Float32Array(count).fill(empty);
    this.#empty = empty;
    this.#keep = keep;
  }

  clear(): void {
    this.#columns.fill(this.#empty);
    this.#share = 0;
  }

  /** Adds a number that holds for `columns` columns, whole or not. */
  add(value: number, columns: number): void {
    this.#put(value);
    this.#share += columns;
    while (this.#share >= 1) {
      this.#share -= 1;
      this.#head = (this.#head + 1) % this.count;
      this.#columns[this.#head] = value;
    }
  }

  #put(value: number): void {
    this.#columns[this.#head] = this.#keep(this.#columns[this.#head] as number, value);
  }

  /** The column `age` columns ago; 0 is the newest. */
  at(age: number): number {
    if (age < 0 || age >= this.count) return this.#empty;
    return this.#columns[(this.#head - age + this.count) % this.count] as number;
  }

  /** How much of the newest column has gone by, so that a picture moves evenly. */
  get share(): number {
    return this.#share;
  }
}
