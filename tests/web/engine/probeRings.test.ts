import { describe, expect, it } from 'vitest';
import { ProbeRings, probeHistoryFrames, probeSounds } from '../../../web/src/audio-thread/probeRings';
import { dice } from '../../support/randomProject';

const stride = 128;

/** Each frame says which one it is, and of which sound. */
function quantum(first: number, frames: number): Float32Array {
  const sound = new Float32Array(probeSounds * stride);
  for (let channel = 0; channel < probeSounds; channel++) {
    for (let frame = 0; frame < frames; frame++)
      sound[channel * stride + frame] = first + frame + channel / 8;
  }
  return sound;
}

describe('rings of probes', () => {
  it('give the last frames in one piece, whatever sizes they came in', () => {
    const roll = dice(7);
    const rings = new ProbeRings(new ArrayBuffer(ProbeRings.byteLength));
    const into = new Float32Array(probeHistoryFrames);
    for (let done = 0, round = 0; round < 600; round++) {
      const frames = 1 + roll(128);
      rings.write(3, quantum(done + 1, frames), stride, frames, new Float32Array(8).fill(round));
      done += frames;
      if (roll(40) > 0) continue;
      const channel = roll(probeSounds);
      rings.read(3, channel, rings.count(3), 0, into);
      const firstAt = Math.max(0, into.length - done);
      const wrong = into.findIndex((value, at) => {
        const frame = done - into.length + at + 1;
        return value !== (at < firstAt ? 0 : frame + channel / 8);
      });
      expect(wrong).toBe(-1);
    }
    const readouts = new Float32Array(8);
    rings.readReadouts(3, readouts);
    expect(readouts[0]).toBe(599);
    expect(rings.count(2)).toBe(0);
  });

  it('keep silent what was there before somebody looked', () => {
    const rings = new ProbeRings(new ArrayBuffer(ProbeRings.byteLength));
    rings.write(0, quantum(1, 100), stride, 100, new Float32Array(8));
    const since = rings.count(0);
    rings.write(0, quantum(101, 50), stride, 50, new Float32Array(8));
    const into = new Float32Array(64);
    rings.read(0, 0, rings.count(0), since, into);
    expect([...into.subarray(12, 17)]).toEqual([0, 0, 101, 102, 103]);
  });

  it('travel by message as the last frames of all six', () => {
    const [near, far] = [0, 1].map(() => new ProbeRings(new ArrayBuffer(ProbeRings.byteLength)));
    near?.write(1, quantum(1, 128), stride, 128, new Float32Array(8));
    const sound = near?.recent(1, 100) ?? new Float32Array(0);
    far?.write(1, sound, 100, 100, new Float32Array(8));
    const into = new Float32Array(2);
    far?.read(1, 5, far.count(1), 0, into);
    expect([...into]).toEqual([127.625, 128.625]);
  });
});
