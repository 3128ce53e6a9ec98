import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  fitRange,
  fitSong,
  fitted,
  frameAtPx,
  framesPerPx,
  laneWidthPx,
  pxAtFrame,
  refitSong,
  scrollByPx,
  scrollFrame,
  scrollTo,
  setExtent,
  setLaneWidthPx,
  zoomBy,
} from '../../../web/src/view/state/timeline';

const song = { endFrame: 48000 * 180, sampleRateHz: 48000 };

beforeEach(() => {
  setLaneWidthPx(1000);
  setExtent(song);
  fitSong();
});

describe('the window on the song', () => {
  it('shows the whole song, fitted, with a little behind it', () => {
    expect(pxAtFrame(0)).toBe(0);
    expect(pxAtFrame(song.endFrame)).toBeGreaterThan(970);
    expect(pxAtFrame(song.endFrame)).toBeLessThan(1000);
  });

  it('stays fitted while the window changes, until a hand zooms', () => {
    setLaneWidthPx(700);
    expect(pxAtFrame(song.endFrame)).toBeLessThan(700);
    zoomBy(0.5, 100);
    expect(fitted()).toBe(false);
    const before = framesPerPx();
    setLaneWidthPx(900);
    expect(framesPerPx()).toBe(before);
  });

  it('holds the frame under the pointer while zooming in', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.02, max: 0.9, noNaN: true }),
        fc.integer({ min: 0, max: 900 }),
        (factor, px) => {
          fitSong();
          const frame = frameAtPx(px);
          zoomBy(factor, px);
          expect(frameAtPx(px)).toBeCloseTo(frame, 3);
        },
      ),
    );
  });

  it('goes from the whole song to single samples and no further', () => {
    for (let i = 0; i < 60; i++) zoomBy(0.5, 500);
    expect(framesPerPx()).toBe(1 / 32);
    for (let i = 0; i < 60; i++) zoomBy(2, 500);
    expect(framesPerPx() * laneWidthPx()).toBeLessThan(song.endFrame * 8);
    expect(scrollFrame()).toBe(0);
  });

  it('never scrolls before the start, nor the song out of sight', () => {
    zoomBy(0.1, 0);
    scrollByPx(-5000);
    expect(scrollFrame()).toBe(0);
    scrollTo(1e12);
    expect(pxAtFrame(song.endFrame)).toBeGreaterThan(0);
    expect(scrollFrame()).toBeLessThan(song.endFrame);
  });

  it('shows a range with a margin on both sides', () => {
    fitRange(480000, 960000);
    expect(pxAtFrame(480000)).toBeGreaterThan(20);
    expect(pxAtFrame(960000)).toBeLessThan(980);
    expect(pxAtFrame(960000) - pxAtFrame(480000)).toBeGreaterThan(850);
  });

  it('does not zoom when an edit makes the song longer, but when files come in', () => {
    const before = framesPerPx();
    setExtent({ ...song, endFrame: song.endFrame * 2 });
    expect(framesPerPx()).toBe(before);
    refitSong();
    expect(framesPerPx()).toBeCloseTo(before * 2, 6);
  });

  it('gives an empty song a minute', () => {
    setExtent({ endFrame: 0, sampleRateHz: 48000 });
    expect(frameAtPx(1000)).toBeGreaterThan(48000 * 60);
    expect(frameAtPx(1000)).toBeLessThan(48000 * 63);
  });
});
