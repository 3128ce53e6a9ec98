import { openAudioInput } from '../../engine/audioInput';
import { BlobReader } from '../../engine/byteReader';
import { BufferedSink, type ByteSink } from '../../engine/byteSink';
import { type FlacLibrary, flacShares, NotForFlac } from '../../engine/flacLibrary';
import type { MixwellModule } from '../../engine/mixwellModule';
import { encryptedBytes, type Piece } from '../../share/chunks';
import type { Bytes } from '../../share/encoding';
import { measureFile, missingPieces, type Packed, type Transfer, uploadFile } from '../../share/upload';
import { encodeFlac, flacBits } from './flac';
import type { FromShareWorker, Parcel } from './protocol';

export interface DeliveryOptions {
  readonly transfer: Transfer;
  readonly projectSecret: Bytes;
  readonly module: () => Promise<MixwellModule>;
  readonly flac: () => Promise<FlacLibrary>;
  /** A new private file, and how it is read and taken away. */
  scratch(): Promise<{ readonly sink: ByteSink; read(): Promise<Blob>; remove(): Promise<void> }>;
  say(message: Extract<FromShareWorker, { readonly kind: 'sending' | 'packed' }>): void;
}

/** A parcel in the form that it travels in. */
interface Opened {
  readonly blob: Blob;
  readonly ext: string;
  remove(): Promise<void>;
}

/** Brings parcels to the server, one being packed while the one before is sent. */
export class Delivery {
  readonly #options: DeliveryOptions;
  readonly #transfer: Transfer;
  readonly #parcels: readonly Parcel[];
  /** Bytes to be sent, of each parcel. */
  readonly #toSend = new Map<string, number>();
  #doneBytes = 0;

  constructor(parcels: readonly Parcel[], options: DeliveryOptions) {
    this.#parcels = parcels;
    this.#options = options;
    this.#transfer = {
      ...options.transfer,
      onDone: (bytes) => {
        this.#doneBytes += bytes;
        this.#tell();
      },
    };
  }

  async run(): Promise<void> {
    const missing = await missingPieces(
      this.#parcels.flatMap(({ known }) => known?.file.pieces ?? []),
      this.#transfer,
    );
    for (const parcel of this.#parcels) this.#toSend.set(parcel.key, plannedBytes(parcel, missing));
    this.#tell();
    let sending: Promise<void> = Promise.resolve();
    try {
      for (const parcel of this.#parcels) {
        if (parcel.known && this.#toSend.get(parcel.key) === 0) continue;
        await this.#transfer.pauses.over(this.#transfer.signal);
        const opened = await this.#open(parcel);
        const packed = await this.#pack(parcel, opened);
        await sending;
        // What fails is met where it is awaited.
        sending = this.#send(parcel, opened, packed, missing);
        sending.catch(() => {});
      }
      await sending;
    } catch (error) {
      await sending.catch(() => {});
      throw error;
    }
  }

  async #pack(parcel: Parcel, { blob, ext }: Opened): Promise<Packed> {
    const { known } = parcel;
    const { projectSecret, say } = this.#options;
    const file = await measureFile(
      new BlobReader(blob),
      projectSecret,
      parcel.chunksPerPiece,
      this.#transfer.signal,
    );
    if (known && known.file.sha256 === file.sha256) return known;
    this.#toSend.set(parcel.key, encryptedBytes(file.bytes));
    this.#tell();
    const packed = { ext, file };
    say({ kind: 'packed', key: parcel.key, packed });
    return packed;
  }

  async #send(parcel: Parcel, opened: Opened, packed: Packed, missing: ReadonlySet<string>): Promise<void> {
    const wanted = packed === parcel.known ? missing : undefined;
    await uploadFile(
      new BlobReader(opened.blob),
      packed.file,
      this.#options.projectSecret,
      this.#transfer,
      wanted,
    );
    await opened.remove();
  }

  async #open(parcel: Parcel): Promise<Opened> {
    const asItIs = { blob: parcel.blob, ext: parcel.ext, remove: async () => {} };
    if (!parcel.asFlac) return asItIs;
    const module = await this.#options.module();
    const input = await openAudioInput(new BlobReader(parcel.blob), parcel.key, module);
    try {
      if (flacBits(input) === null) return asItIs;
      const { sink, read, remove } = await this.#options.scratch();
      const buffered = new BufferedSink(sink);
      try {
        const flac = await this.#options.flac();
        await encodeFlac(input, module, flac, buffered, { signal: this.#transfer.signal });
        return { blob: await read(), ext: 'flac', remove };
      } catch (error) {
        await buffered.abort();
        if (error instanceof NotForFlac) return asItIs;
        throw error;
      }
    } finally {
      input.close();
    }
  }

  #tell(): void {
    const totalBytes = [...this.#toSend.values()].reduce((sum, bytes) => sum + bytes, 0);
    this.#options.say({ kind: 'sending', totalBytes, doneBytes: this.#doneBytes });
  }
}

function plannedBytes({ known, blob, asFlac }: Parcel, missing: ReadonlySet<string>): number {
  if (!known) return Math.round(encryptedBytes(blob.size) * (asFlac ? flacShares[16] : 1));
  return known.file.pieces.reduce(
    (sum: number, { id, bytes }: Piece) => sum + (missing.has(id) ? bytes : 0),
    0,
  );
}
