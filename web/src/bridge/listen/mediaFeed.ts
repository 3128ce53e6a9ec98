import type { Bytes } from '../../share/encoding';

/** What stays behind the playhead when room is made. */
const keptBehindS = 10;
const leastRoomS = 1;
/** The browser plays what it has taken apart: of the first piece it gets a little at a time, so that sound begins sooner. */
const firstBytes = 32 << 10;

/**
 * Feeds a media element piece by piece, so that it sounds before all is there. The browser's buffer holds some minutes: what was played
 * goes from it when it is full.
 */
export class MediaFeed {
  readonly #audio: HTMLAudioElement;
  readonly #source = new MediaSource();
  readonly #url: string;
  readonly #opened: Promise<SourceBuffer>;
  #tight = false;
  #begun = false;

  static takes(mimeType: string): boolean {
    return typeof MediaSource !== 'undefined' && MediaSource.isTypeSupported(mimeType);
  }

  constructor(audio: HTMLAudioElement, mimeType: string) {
    this.#audio = audio;
    this.#url = URL.createObjectURL(this.#source);
    this.#opened = event(this.#source, 'sourceopen').then(() => this.#source.addSourceBuffer(mimeType));
    audio.src = this.#url;
  }

  /** False where the browser's buffer is full to the brim with what is still to be heard. */
  async append(bytes: Bytes): Promise<boolean> {
    if (this.#begun) return this.#append(bytes);
    this.#begun = true;
    for (let at = 0; at < bytes.length; at += firstBytes) {
      if (!(await this.#append(bytes.subarray(at, at + firstBytes)))) return false;
    }
    return true;
  }

  async #append(bytes: Bytes): Promise<boolean> {
    const buffer = await this.#opened;
    try {
      buffer.appendBuffer(bytes);
    } catch (error) {
      if (!(error instanceof DOMException && error.name === 'QuotaExceededError')) throw error;
      if (!(await this.#makeRoom(buffer))) return false;
      return this.#append(bytes);
    }
    await settled(buffer);
    return true;
  }

  /** All of it was appended. */
  async end(): Promise<void> {
    await this.#opened;
    if (this.#source.readyState === 'open') this.#source.endOfStream();
  }

  /** Whether something was let go of that was played: the song does not fit into the buffer. */
  get isTight(): boolean {
    return this.#tight;
  }

  close(): void {
    URL.revokeObjectURL(this.#url);
  }

  async #makeRoom(buffer: SourceBuffer): Promise<boolean> {
    this.#tight = true;
    const end = this.#audio.currentTime - keptBehindS;
    const start = buffer.buffered.length > 0 ? buffer.buffered.start(0) : 0;
    if (end - start < leastRoomS) return false;
    buffer.remove(0, end);
    await settled(buffer);
    return true;
  }
}

const event = (target: EventTarget, type: string): Promise<void> =>
  new Promise((resolve) => target.addEventListener(type, () => resolve(), { once: true }));

async function settled(buffer: SourceBuffer): Promise<void> {
  if (buffer.updating) await event(buffer, 'updateend');
}
