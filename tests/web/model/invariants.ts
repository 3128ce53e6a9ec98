import { expect } from 'vitest';
import { masterRanges, stripRanges } from '../../../web/src/model/params';
import type { ProjectSnapshot } from '../../../web/src/model/types';

/** What holds for every snapshot, whatever was written. */
export function expectSound(snapshot: ProjectSnapshot): void {
  const trackIds = snapshot.tracks.map(({ id }) => id);
  const clips = snapshot.tracks.flatMap((track) => track.clips);
  expect(new Set(trackIds).size).toBe(trackIds.length);
  expect(new Set(clips.map(({ id }) => id)).size).toBe(clips.length);
  for (const track of snapshot.tracks) {
    for (const [id, range] of stripRanges) {
      expect(track.params[id]).toBeGreaterThanOrEqual(range.min);
      expect(track.params[id]).toBeLessThanOrEqual(range.max);
    }
    const starts = track.clips.map(({ startFrame }) => startFrame);
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
  }
  for (const [id, range] of masterRanges) {
    expect(snapshot.master.params[id]).toBeGreaterThanOrEqual(range.min);
    expect(snapshot.master.params[id]).toBeLessThanOrEqual(range.max);
  }
  for (const clip of clips) {
    const frames = [
      clip.startFrame,
      clip.offsetFrames,
      clip.lengthFrames,
      clip.fadeInFrames,
      clip.fadeOutFrames,
    ];
    expect(frames.every((frame) => Number.isSafeInteger(frame) && frame >= 0)).toBe(true);
    expect(clip.lengthFrames).toBeGreaterThan(0);
    expect(clip.fadeInFrames + clip.fadeOutFrames).toBeLessThanOrEqual(clip.lengthFrames);
    const source = snapshot.sources[clip.sourceId];
    expect(source).toBeDefined();
    expect(clip.offsetFrames + clip.lengthFrames).toBeLessThanOrEqual(source?.frames ?? 0);
  }
  const { loop, tempo } = snapshot;
  expect(loop.endFrame).toBeGreaterThanOrEqual(loop.startFrame);
  if (loop.on) expect(loop.endFrame).toBeGreaterThan(loop.startFrame);
  expect(tempo.bpm).toBeGreaterThanOrEqual(20);
  expect(JSON.stringify(snapshot)).not.toContain('null');
}
