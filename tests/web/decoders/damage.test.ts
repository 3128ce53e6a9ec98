import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AudioFileError } from '../../../web/src/engine/audioFileError';
import { openAudioInput } from '../../../web/src/engine/audioInput';
import { MemoryReader } from '../../../web/src/engine/byteReader';
import { nodeEngine } from '../../support/nodeEngine';
import { numbers } from '../../support/synth';
import { fixture } from './decode';

const module = await nodeEngine();
const rounds = Number(process.env.MIXWELL_TEST_RUNS ?? 30);

/** Reads a file to its end through the way of every import. */
async function readAll(bytes: Uint8Array): Promise<{ frames: number; finite: boolean }> {
  const input = await openAudioInput(new MemoryReader(bytes), 'Damaged', module);
  try {
    let frames = 0;
    let finite = true;
    for (let block = await input.next(); block; block = await input.next()) {
      frames += block.frames;
      for (let channel = 0; channel < input.facts.channels; channel++) {
        const at = block.pointer / 4 + channel * block.stride;
        const samples = new Float32Array(module.HEAPU8.buffer).subarray(at, at + block.frames);
        finite &&= samples.every(Number.isFinite);
      }
    }
    return { frames, finite };
  } finally {
    input.close();
  }
}

// The decoders tell the console of every damaged frame.
beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => {}));
afterEach(() => vi.restoreAllMocks());

describe.each(['stereo44.mp3', 'stereo44.mp2', 'stereo44.ogg', 'mono48.opus', 'short44.flac', 'short44.oga'])(
  '%s with random damage',
  (file) => {
    it('is read to an end or refused with a sentence, and gives no NaN', async () => {
      const next = numbers(99);
      const whole = fixture(file);
      const { frames: wholeFrames } = await readAll(whole);
      for (let round = 0; round < rounds; round++) {
        const bytes = whole.slice(0, round % 3 === 0 ? next() % whole.length : whole.length);
        for (let hit = 0; hit < 1 + (round % 8); hit++) {
          const at = round % 2 === 0 ? next() % bytes.length : next() % Math.min(bytes.length, 400);
          bytes[at] = next() & 255;
        }
        try {
          const { frames, finite } = await readAll(bytes);
          expect(finite).toBe(true);
          expect(frames).toBeLessThan(wholeFrames + 70 * 48000);
        } catch (error) {
          expect(error).toBeInstanceOf(AudioFileError);
          expect((error as Error).message).toMatch(/^Damaged.*\.$/);
        }
      }
    });
  },
);
