import { noise, type Timing, timingOf } from '../timing';

const sampleRateHz = 48000;
const frames = 3 * sampleRateHz;

/** The strip benchmark in the browser's own nodes: four biquads, compressor, panner, gain; a compressor as limiter. */
export async function timeWebAudioNodes(tracks: number, rounds: number): Promise<Timing> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const context = new OfflineAudioContext(2, frames, sampleRateHz);
    const buffer = new AudioBuffer({ length: sampleRateHz, numberOfChannels: 2, sampleRate: sampleRateHz });
    buffer.copyToChannel(noise(sampleRateHz, 1) as Float32Array<ArrayBuffer>, 0);
    buffer.copyToChannel(noise(sampleRateHz, 2) as Float32Array<ArrayBuffer>, 1);
    const limiter = new DynamicsCompressorNode(context, { threshold: -1, ratio: 20, attack: 0.001 });
    limiter.connect(context.destination);
    for (let track = 0; track < tracks; track++) {
      const source = new AudioBufferSourceNode(context, { buffer, loop: true });
      const chain: AudioNode[] = [
        source,
        ...[110, 420, 2600, 9000].map(
          (frequency) => new BiquadFilterNode(context, { type: 'peaking', frequency, gain: 3, Q: 0.9 }),
        ),
        new DynamicsCompressorNode(context, { threshold: -24, ratio: 3 }),
        new StereoPannerNode(context, { pan: ((track % 9) - 4) / 5 }),
        new GainNode(context, { gain: 0.2 }),
        limiter,
      ];
      chain.reduce((from, to) => from.connect(to));
      source.start();
    }
    const begin = performance.now();
    await context.startRendering();
    times.push(((performance.now() - begin) * 1000 * 128) / frames);
  }
  return timingOf(times);
}
