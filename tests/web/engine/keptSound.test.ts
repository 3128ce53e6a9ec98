import { describe, expect, it } from 'vitest';
import { PlanarBuffer } from '../../../web/src/engine/codec';
import { KeptSound, type ScratchFile } from '../../../web/src/engine/keptSound';
import { nodeEngine } from '../../support/nodeEngine';

class MemoryFile implements ScratchFile {
  readonly bytes = new Uint8Array(1 << 20);
  written = 0;

  write(at: number, bytes: Uint8Array): void {
    this.bytes.set(bytes, at);
    this.written += bytes.length;
  }
  read(at: number, into: Uint8Array): void {
    into.set(this.bytes.subarray(at, at + into.length));
  }
}

const lengths = [4096, 128, 1, 4096, 977, 4096, 3];
const sample = (channel: number, frame: number) => Math.fround(Math.sin(frame * (channel + 1) * 0.001));

describe('sound that is kept', () => {
  it.each([
    ['in memory', null],
    ['in a file', new MemoryFile()],
  ])('comes back as it was, as often as wanted (%s)', async (_, file) => {
    const module = await nodeEngine();
    const kept = new KeptSound(module, file);
    const block = new PlanarBuffer(module, 2, 4096);
    let at = 0;
    for (const frames of lengths) {
      block.channels.forEach((samples, channel) => {
        for (let i = 0; i < frames; i++) samples[i] = sample(channel, at + i);
      });
      kept.add(block.block(frames));
      at += frames;
    }
    expect(kept.frames).toBe(at);
    if (file) expect(file.written).toBe(8 * at);
    for (let round = 0; round < 2; round++) {
      let frame = 0;
      const wrong: number[] = [];
      await kept.each(({ pointer, stride, frames }, done) => {
        const all = new Float32Array(module.HEAPU8.buffer);
        for (let channel = 0; channel < 2; channel++) {
          for (let i = 0; i < frames; i++) {
            if (all[pointer / 4 + channel * stride + i] !== sample(channel, frame + i)) wrong.push(frame + i);
          }
        }
        frame += frames;
        expect(done).toBe(frame);
      });
      expect(wrong).toEqual([]);
      expect(frame).toBe(at);
    }
    block.delete();
  });
});
