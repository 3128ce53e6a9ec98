import { el } from '@elemaudio/core';
import OfflineRenderer from '@elemaudio/offline-renderer';
import { noise, type Timing, timingOf } from '../timing';

const sampleRateHz = 48000;
const blockFrames = 128;
const batch = 32;

/** The strip benchmark in Elementary, as published on npm, in Node. */
export async function timeElementary(tracks: number, rounds: number): Promise<Timing> {
  // The package writes to it, which newer Node does not let it do.
  Object.defineProperty(globalThis, 'crypto', {
    value: globalThis.crypto,
    writable: true,
    configurable: true,
  });
  const core = new OfflineRenderer();
  await core.initialize({
    numInputChannels: 2,
    numOutputChannels: 2,
    sampleRate: sampleRateHz,
    blockSize: blockFrames,
  });
  const side = (channel: number) => {
    const strips = Array.from({ length: tracks }, (_, track) => {
      const input = el.in({ channel });
      const bands = [110, 420, 2600, 9000].reduce(
        (sound, freqHz, band) =>
          el.peak(el.const({ key: `f${track}.${band}`, value: freqHz * (1 + track / 400) }), 0.9, 3, sound),
        input as ReturnType<typeof el.in>,
      );
      const keyed = el.compress(10, 120, -24, 3, bands, bands);
      return el.mul(el.const({ key: `g${track}.${channel}`, value: 0.2 }), keyed);
    });
    while (strips.length > 1)
      strips.push(el.add(...(strips.splice(0, 8) as [(typeof strips)[0], (typeof strips)[0]])));
    const mix = strips[0] as ReturnType<typeof el.in>;
    return el.compress(1, 50, -1, 20, mix, mix);
  };
  await core.render(side(0), side(1));
  const inputs = [noise(blockFrames, 1), noise(blockFrames, 2)];
  const outputs = [new Float32Array(blockFrames), new Float32Array(blockFrames)];
  const times: number[] = [];
  for (let round = 0; round < rounds + 20; round++) {
    const begin = performance.now();
    for (let block = 0; block < batch; block++) core.process(inputs, outputs);
    if (round >= 20) times.push(((performance.now() - begin) * 1000) / batch);
  }
  return timingOf(times);
}
