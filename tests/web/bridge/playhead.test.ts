import { describe, expect, it } from 'vitest';
import { heardFrame } from '../../../web/src/bridge/playhead';

const rateHz = 48000;
const noLoop = { on: false, startFrame: 0, endFrame: 0 };
const loop = { on: true, startFrame: 96000, endFrame: 144000 };
const latency = 0.05;
const latencyFrames = latency * rateHz;

const report = (positionFrames: number, framesSinceJump: number, jumpFrame: number, moving = true) => ({
  positionFrames,
  contextTime: 10,
  moving,
  framesSinceJump,
  jumpFrame,
});
const heard = (of: ReturnType<typeof report>, time = 10 - latency, range = noLoop) =>
  heardFrame(of, time, rateHz, range);

describe('heardFrame', () => {
  it('is behind the transport by the latency', () => {
    expect(heard(report(100000, 100000, 0))).toBeCloseTo(100000 - latencyFrames, 6);
  });

  it('runs on between two reports', () => {
    expect(heard(report(100000, 100000, 0), 10.01)).toBeCloseTo(100480, 6);
  });

  it('does not show what was before the start of playing', () => {
    expect(heard(report(48128, 128, 48000))).toBe(48000);
  });

  it('stands with the transport', () => {
    expect(heard(report(777, 0, 777, false), 99)).toBe(777);
  });

  it('does not run away when reports stay out', () => {
    expect(heard(report(1000, 1000, 0), 60)).toBe(1000 + rateHz / 2);
  });

  it('hears the wrap of a loop as late as everything else', () => {
    const justWrapped = report(96100, 48100, 96000);
    expect(heard(justWrapped, 10 - latency, loop)).toBeCloseTo(96100 - latencyFrames + 48000, 6);
  });

  it('comes into a loop from before it without a wrap', () => {
    const entered = report(96100, 6100, 90000);
    expect(heard(entered, 10 - latency, loop)).toBeCloseTo(96100 - latencyFrames, 6);
  });

  it('wraps ahead of the next report', () => {
    expect(heard(report(143990, 143990, 0), 10.01, loop)).toBeCloseTo(143990 + 480 - 48000, 6);
  });

  it('plays on behind a loop', () => {
    expect(heard(report(200000, 200000, 0), 10, loop)).toBe(200000);
  });
});
