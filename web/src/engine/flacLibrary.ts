import type { PcmFormat } from './soundWriter';

/** What is used of libflacjs. */
export interface FlacLibrary {
  isReady(): boolean;
  on(event: 'ready', listener: () => void): void;
  create_libflac_encoder(
    sampleRateHz: number,
    channels: number,
    bits: number,
    level: number,
    totalFrames: number,
    verify: boolean,
  ): number;
  init_encoder_stream(
    encoder: number,
    write: (bytes: Uint8Array, length: number, samples: number, frame: number) => void,
    metadata: (info?: FlacStreamInfo) => void,
  ): number;
  FLAC__stream_encoder_process_interleaved(
    encoder: number,
    samples: Int32Array<ArrayBuffer>,
    frames: number,
  ): boolean;
  FLAC__stream_encoder_finish(encoder: number): boolean;
  FLAC__stream_encoder_delete(encoder: number): void;
}

export interface FlacStreamInfo {
  readonly min_framesize: number;
  readonly max_framesize: number;
  readonly md5sum: string;
}

/** The sound can't be kept bit for bit in FLAC; the message is a sentence. */
export class NotForFlac extends Error {
  override readonly name = 'NotForFlac';
}

/** What FLAC usually makes of PCM, about, by its bits: the lowest of 24 are noise. */
export const flacShares = { 16: 0.6, 24: 0.7 } as const;

const highestRateHz = 655_350;
const firstCoarseRateHz = 65_536;

/** Why FLAC that any player can stream takes no such sound (RFC 9639, sections 7 and 9.1.2), as a sentence; null where it does. */
export function whyNotFlac({ bits, sampleRateHz }: Pick<PcmFormat, 'bits' | 'sampleRateHz'>): string | null {
  if (bits === '32f') return 'FLAC holds 16 or 24 bits; 32-bit float needs a WAV file.';
  const known =
    sampleRateHz < firstCoarseRateHz || (sampleRateHz <= highestRateHz && sampleRateHz % 10 === 0);
  return known ? null : `FLAC has no sample rate of ${sampleRateHz} Hz; a WAV file has.`;
}
