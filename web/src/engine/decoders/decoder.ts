/** What a file says of itself before any of it is decoded. */
export interface StreamFacts {
  /** "MP3", "FLAC, 24 bit": as a person would say it. */
  readonly format: string;
  readonly sampleRateHz: number;
  readonly channels: number;
  /** Frames that the file promises; null where it does not say. What `next` delivers is what counts. */
  readonly frames: number | null;
}

/** A compressed file being decoded from front to back, a chunk at a time. */
export interface CompressedDecoder {
  readonly facts: StreamFacts;
  /** Planar, one array a channel, all of one length, at least one frame; null at the end. The arrays are the caller's. */
  next(): Promise<Float32Array[] | null>;
  /** Whether the file ended before its end, or parts of it were damaged. Final when next() has returned null. */
  readonly truncated: boolean;
  /** Bytes of the file that were used so far, for progress. */
  readonly bytesRead: number;
  close(): void;
}

/** Why a file can't be opened. The message is a sentence about "it", without the file's name. */
export class DecodeError extends Error {
  override readonly name = 'DecodeError';
}
