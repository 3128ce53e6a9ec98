import type { WavFormat } from './codec';

/** What a file of sound is written as. */
export type FileFormat = 'wav' | 'flac';

export const formatName = (format: FileFormat) => (format === 'flac' ? 'FLAC' : 'WAV');

/** The PCM that goes into a file. */
export interface PcmFormat {
  readonly sampleRateHz: number;
  readonly channels: 1 | 2;
  readonly bits: WavFormat;
}

/** Puts PCM into one file of some format, from front to back. */
export interface SoundWriter {
  /** Whole frames, interleaved and little-endian, as a WAV file has them. The bytes are the caller's again when the promise resolves. */
  add(pcm: Uint8Array): Promise<void>;
  /** The file is complete. Resolves with its length in bytes. */
  finish(): Promise<number>;
  /** The file is not to be: nothing of it remains. */
  abort(): Promise<void>;
  delete(): void;
}
