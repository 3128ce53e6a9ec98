/**
 * The demo song "Glass Harbour": twelve stems that the wasm module plays itself, and the arrangement that makes a
 * project of them. The tables are C++ (dsp/demo/song.cpp). Works in page, worker and Node.
 */
import type { ByteSink } from './byteSink';
import { type CodecModule, WavEncoder } from './codec';
import type { DemoModule } from './demoModule';

export type { DemoModule };

/** In frames of the song's sample rate; fades are of equal power. */
export interface DemoClip {
  readonly name: string;
  readonly startFrame: number;
  readonly offsetFrames: number;
  readonly lengthFrames: number;
  readonly gainDb: number;
  readonly fadeInFrames: number;
  readonly fadeOutFrames: number;
}

/** A track and the one source file that its clips are cut from. */
export interface DemoTrack {
  readonly name: string;
  /** A TrackKind of the document. */
  readonly kind: string;
  /** A TrackColour of the document. */
  readonly colour: string;
  readonly channels: 1 | 2;
  /** Length of the source file. */
  readonly frames: number;
  /** The rough mix; parameters that are not named have their defaults. */
  readonly params: { readonly volumeDb: number; readonly pan: number };
  readonly clips: readonly DemoClip[];
}

export interface DemoSong {
  readonly name: string;
  readonly sampleRateHz: number;
  readonly tempo: { readonly bpm: number; readonly beatsPerBar: number; readonly beatUnit: number };
  /** Where the last tail ends. */
  readonly endFrame: number;
  /** Of the rough mix, as the tracks' params. */
  readonly master: { readonly params: { readonly volumeDb: number } };
  readonly markers: readonly {
    readonly name: string;
    readonly startFrame: number;
    readonly endFrame: number;
  }[];
  /** A track's index is its stem's number. */
  readonly tracks: readonly DemoTrack[];
}

/** At 44,100, 48,000, 88,200 or 96,000 Hz. */
export function describeDemoSong(module: DemoModule, sampleRateHz: number): DemoSong {
  return JSON.parse(module.describeDemoSong(sampleRateHz)) as DemoSong;
}

/** "Lead Vocal.wav" */
export function demoStemFileName(track: DemoTrack): string {
  return `${track.name}.wav`;
}

const blockFrames = 16_384;

export interface DemoStemOptions {
  /** Called after each piece, with 0 to 1. */
  readonly onProgress?: (fraction: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * Plays one stem into a 24-bit WAV file, a third of a second at a time: the sink's promises are where others get
 * their turn. Closes the sink; when aborted, or when the sink fails, aborts it and throws.
 */
export async function writeDemoStem(
  module: DemoModule & CodecModule,
  song: DemoSong,
  stem: number,
  sink: ByteSink,
  { onProgress, signal }: DemoStemOptions = {},
): Promise<void> {
  const { sampleRateHz } = song;
  const source = new module.DemoStem(stem, sampleRateHz, blockFrames);
  const channels = source.channels();
  const encoder = new WavEncoder(module, {
    sampleRateHz,
    channels,
    format: '24',
    dither: 'none',
    maxFrames: blockFrames,
  });
  try {
    const total = source.frames();
    const header = encoder.header(total);
    await sink.write(0, header);
    let position = header.length;
    let done = 0;
    for (let frames = source.render(); frames > 0; frames = source.render()) {
      signal?.throwIfAborted();
      const bytes = encoder.encode({ pointer: source.output(), stride: blockFrames, frames });
      await sink.write(position, bytes);
      position += bytes.length;
      done += frames;
      onProgress?.(done / total);
    }
    await sink.write(position, encoder.trailer(total));
    await sink.close();
  } catch (error) {
    await sink.abort();
    throw error;
  } finally {
    encoder.delete();
    source.delete();
  }
}
