/** One line on stderr that says how far the work is; nothing where stderr is no terminal. */
export class Progress {
  readonly #shown = process.stderr.isTTY === true;
  #last = '';

  show(what: string, fraction: number): void {
    if (!this.#shown) return;
    const line = `${what} ${Math.floor(100 * Math.min(1, fraction))} %`;
    if (line === this.#last) return;
    this.#last = line;
    process.stderr.write(`\r\u001b[K${line}`);
  }

  clear(): void {
    if (this.#shown && this.#last !== '') process.stderr.write('\r\u001b[K');
    this.#last = '';
  }
}
