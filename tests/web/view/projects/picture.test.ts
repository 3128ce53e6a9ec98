import { describe, expect, it } from 'vitest';
import type { WaveformPeaks } from '../../../../web/src/bridge/waveformTypes';
import type { Clip } from '../../../../web/src/model/types';
import {
  drawProject,
  mixOutline,
  pictureColumns,
  trackPeaks,
} from '../../../../web/src/view/projects/picture';
import { fakeProject, fakeTrack, glassHarbour } from '../../../support/fakeSong';

const frames = 48000;

/** A source of one height, in two resolutions. */
function flat(height: number): WaveformPeaks {
  const level = (framesPerPoint: number) => ({
    framesPerPoint,
    channels: [
      Int8Array.from({ length: 2 * Math.ceil(frames / framesPerPoint) }, (_, index) =>
        index % 2 === 0 ? -height : height,
      ),
    ],
  });
  return { channels: 1, frames, levels: [level(64), level(512)] };
}

const clip = (fields: Partial<Clip> = {}): Clip => ({
  id: 'c',
  sourceId: 's',
  name: 'c',
  startFrame: 0,
  offsetFrames: 0,
  lengthFrames: frames,
  gainDb: 0,
  fadeInFrames: 0,
  fadeOutFrames: 0,
  fadeInCurve: 'linear',
  fadeOutCurve: 'linear',
  ...fields,
});

const wholeSong = { startFrame: 0, endFrame: frames };

describe('a track from far away', () => {
  it('has peaks where its clips are and nothing elsewhere', () => {
    const track = fakeTrack('a', { clips: [clip({ startFrame: 24000, lengthFrames: 12000 })] });
    const peaks = trackPeaks(track, () => flat(127), frames, 8);
    expect(peaks.map((peak) => peak !== null)).toEqual([
      false,
      false,
      false,
      false,
      true,
      true,
      false,
      false,
    ]);
    expect(peaks[4]).toBeCloseTo(1);
  });

  it('shows the gain of a clip', () => {
    const track = fakeTrack('a', { clips: [clip({ gainDb: -6.0206 })] });
    expect(trackPeaks(track, () => flat(127), frames, 4)[0]).toBeCloseTo(0.5, 3);
  });

  it('is a line while its waveform is being read', () => {
    const track = fakeTrack('a', { clips: [clip()] });
    expect(trackPeaks(track, () => null, frames, 4)).toEqual([0, 0, 0, 0]);
  });
});

describe('the outline of the mix', () => {
  const tracks = (params = {}) => [
    fakeTrack('a', { clips: [clip()] }, params),
    fakeTrack('b', { clips: [clip()] }, params),
  ];
  const level = (project: ReturnType<typeof fakeProject>) =>
    mixOutline(project, () => flat(64), wholeSong, 4).peaks[1] ?? Number.NaN;
  const one = 64 / 127;

  it('adds tracks in power', () => {
    expect(level(fakeProject(tracks()))).toBeCloseTo(one * Math.SQRT2, 5);
  });

  it('knows the RMS of a waveform that carries it, never above the peaks', () => {
    const withRms = (peaks: WaveformPeaks): WaveformPeaks => ({
      ...peaks,
      levels: peaks.levels.map((each) => ({
        ...each,
        rms: [new Uint8Array((each.channels[0]?.length ?? 0) / 2).fill(51)],
      })),
    });
    const { rms } = mixOutline(fakeProject(tracks()), () => withRms(flat(64)), wholeSong, 4);
    expect(rms[1]).toBeCloseTo(0.2 * Math.SQRT2, 5);
    const estimated = mixOutline(fakeProject(tracks()), () => flat(64), wholeSong, 4);
    expect(estimated.rms.every((value, column) => value <= (estimated.peaks[column] ?? 0))).toBe(true);
  });

  it('follows faders, and leaves out what is off, muted or not soloed', () => {
    const [a, b] = tracks() as [ReturnType<typeof fakeTrack>, ReturnType<typeof fakeTrack>];
    const withB = (params: object) => fakeProject([a, { ...b, params: { ...b.params, ...params } }]);
    expect(level(withB({ volumeDb: -90 }))).toBeCloseTo(one, 5);
    expect(level(withB({ mute: 1 }))).toBeCloseTo(one, 5);
    expect(level(withB({ solo: 1 }))).toBeCloseTo(one, 5);
    expect(level(withB({ volumeDb: -6.0206 }))).toBeCloseTo(Math.hypot(one, one / 2), 3);
  });

  it('is silence in an empty project', () => {
    const { peaks, rms } = mixOutline(fakeProject(), () => null, { startFrame: 0, endFrame: 0 }, 3);
    expect(peaks).toEqual([0, 0, 0]);
    expect(rms).toEqual([0, 0, 0]);
  });
});

describe('a project from far away', () => {
  it('has at most six lanes, first and later tracks among them, in whole numbers', () => {
    const { lanes } = drawProject(glassHarbour(), () => flat(127));
    expect(lanes).toHaveLength(6);
    expect(lanes[0]?.colour).toBe('coral');
    expect(lanes.at(-1)?.colour).toBe('mauve');
    for (const lane of lanes) {
      expect(lane.peaks).toHaveLength(pictureColumns);
      expect(lane.peaks.every((peak) => Number.isInteger(peak) && peak >= -1 && peak <= 100)).toBe(true);
    }
  });

  it('has no lanes without clips', () => {
    expect(drawProject(fakeProject([fakeTrack('a')]), () => null).lanes).toEqual([]);
  });
});
