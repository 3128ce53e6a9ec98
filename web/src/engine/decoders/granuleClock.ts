/** Tells, page by page, which of the decoded samples are sound, by the positions that Ogg pages carry (granules). */
export class GranuleClock {
  /** The place of the next decoded sample, once the first page has told it. */
  #position: number | null = null;
  #toSkip: number;

  /** `preSkip` samples are left out at the beginning. */
  constructor(preSkip: number) {
    this.#toSkip = preSkip;
  }

  /**
   * For `decoded` samples, the last of which ends at `granule` (null: unknown): how many are to be left out at the start and at
   * the end, and how many are missing before them, which only matters where the stream is known to be damaged.
   */
  page(
    decoded: number,
    granule: number | null,
    isLast: boolean,
  ): { from: number; to: number; missing: number } {
    if (this.#position === null) {
      // The last page may be cut by its position, so only others can tell where the stream begins.
      this.#position = granule === null || isLast ? 0 : granule - decoded;
      if (this.#position < 0) this.#toSkip += -this.#position;
    }
    const from = Math.min(decoded, this.#toSkip);
    this.#toSkip -= from;
    const end = this.#position + decoded;
    const missing = granule === null ? 0 : Math.max(0, granule - end);
    const to = granule !== null && isLast ? Math.max(from, decoded - Math.max(0, end - granule)) : decoded;
    this.#position = granule ?? end;
    return { from, to, missing };
  }
}
