import {
  AudioSample,
  AudioSampleSource,
  canEncodeAudio,
  Output,
  StreamTarget,
  type StreamTargetChunk,
  WebMOutputFormat,
} from 'mediabunny';
import type { ByteSink } from '../../engine/byteSink';
import { type PlanarBlock, RateConverter } from '../../engine/codec';
import type { MixwellModule } from '../../engine/mixwellModule';
import { channelsOf, type PreviewEncoder, type PreviewFormat } from './previewEncoder';

/** Opus knows no other rate above 24 kHz. */
const opusRateHz = 48_000;
const bitsPerSecond = 160_000;

export async function canEncodeOpus(channels: number): Promise<boolean> {
  if (!('AudioEncoder' in globalThis)) return false;
  const options = { numberOfChannels: channels, sampleRate: opusRateHz, bitrate: bitsPerSecond };
  return canEncodeAudio('opus', options).catch(() => false);
}

/** WebM with Opus, with its length and cues, so that a media element can seek in it. */
export async function openOpusPreview(
  module: MixwellModule,
  { sampleRateHz, channels }: PreviewFormat,
  sink: ByteSink,
): Promise<PreviewEncoder> {
  const source = new AudioSampleSource({ codec: 'opus', bitrate: bitsPerSecond });
  const target = new WritableStream<StreamTargetChunk>({
    write: ({ position, data }) => sink.write(position, data),
    close: () => sink.close(),
  });
  const output = new Output({ format: new WebMOutputFormat(), target: new StreamTarget(target) });
  output.addAudioTrack(source);
  await output.start();
  const converter =
    sampleRateHz === opusRateHz ? null : new RateConverter(module, sampleRateHz, opusRateHz, channels);
  let frames = 0;

  const encode = async (block: PlanarBlock) => {
    const data = new Float32Array(channels * block.frames);
    channelsOf(module, block, channels).forEach((samples, channel) => {
      data.set(samples, channel * block.frames);
    });
    const sample = new AudioSample({
      data,
      format: 'f32-planar',
      numberOfChannels: channels,
      sampleRate: opusRateHz,
      timestamp: frames / opusRateHz,
    });
    frames += block.frames;
    await source.add(sample);
    sample.close();
  };
  const drain = async (from: RateConverter) => {
    for (let block = from.pull(); block.frames > 0; block = from.pull()) await encode(block);
  };

  return {
    mimeType: 'audio/webm; codecs="opus"',
    async add(block) {
      if (!converter) return encode(block);
      let rest = block;
      while (rest.frames > 0) {
        const taken = converter.push(rest);
        rest = { pointer: rest.pointer + 4 * taken, stride: rest.stride, frames: rest.frames - taken };
        await drain(converter);
      }
    },
    async finish() {
      if (converter) {
        converter.finish();
        await drain(converter);
      }
      await output.finalize();
    },
    delete: () => converter?.delete(),
  };
}
