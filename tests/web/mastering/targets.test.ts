import { describe, expect, it } from 'vitest';
import { devices } from '../../../web/src/generated/devices';
import { freshChain, masteringStages, namedParams, withGain } from '../../../web/src/mastering/chain';
import { playbackTable } from '../../../web/src/mastering/playback';
import { findTarget, masteringTargets } from '../../../web/src/mastering/targets';
import { idSchema } from '../../../web/src/model/records';

const played = (integratedLufs: number, truePeakDbtp: number, id: string) =>
  playbackTable({ integratedLufs, truePeakDbtp }).find((service) => service.id === id);

describe('targets', () => {
  it('have ids that a document can hold, a source and a day', () => {
    for (const { id, source, ceilingDbtp } of masteringTargets) {
      expect(idSchema.safeParse(id).success).toBe(true);
      expect(source.title).not.toBe('');
      expect(source.address).toMatch(/^https:\/\//);
      expect(source.lookedUp).toMatch(/^\d{4}-\d\d-\d\d$/);
      expect(ceilingDbtp).toBeLessThanOrEqual(0);
    }
  });

  it('are found by id, by name and by what only one has, whatever the case', () => {
    for (const name of ['apple-music', 'Apple Music', 'APPLEMUSIC']) {
      expect(findTarget(name)?.id).toBe('apple-music');
    }
    expect(findTarget('broadcast ebu r 128')?.id).toBe('ebu-r128');
    expect(findTarget('R128')?.id).toBe('ebu-r128');
    expect(findTarget('apple')?.id).toBe('apple-music');
    for (const name of ['mars', 'broadcast', '', '-']) expect(findTarget(name)).toBeUndefined();
  });
});

describe('what services do', () => {
  it('is what Spotify’s own example says: -20 LUFS with peaks at -5 dBTP are lifted to -16', () => {
    expect(played(-20, -5, 'spotify')).toMatchObject({ changeDb: 4, heardLufs: -16, peakDbtp: -1 });
  });

  it('turns down what is louder, everywhere', () => {
    for (const { playsAtLufs, changeDb, heardLufs, sentence } of playbackTable({
      integratedLufs: -8,
      truePeakDbtp: -0.5,
    })) {
      expect(changeDb).toBe(playsAtLufs + 8);
      expect(heardLufs).toBe(playsAtLufs);
      expect(sentence).toMatch(/^Turned down by/);
    }
  });

  it('leaves what is softer where a service only turns down', () => {
    expect(played(-20, -12, 'youtube')).toMatchObject({ changeDb: 0, heardLufs: -20 });
    expect(played(-20, -12, 'tidal')?.sentence).toBe('Played as it is, 6.0 dB softer than others.');
    expect(played(-20, -0.2, 'spotify')?.changeDb).toBe(0);
  });

  it('is nothing for a file on target, and for silence', () => {
    expect(played(-14.01, -1, 'spotify')).toMatchObject({ changeDb: 0, sentence: 'Played as it is.' });
    expect(playbackTable({ integratedLufs: null, truePeakDbtp: null })).toEqual([]);
  });
});

describe('the chain', () => {
  it('has all values of the devices’ tables, and only the limiter is on', () => {
    const chain = freshChain();
    expect(chain.map(({ device }) => device)).toEqual([...masteringStages]);
    for (const { device, on, params } of chain) {
      const table = devices.find(({ id }) => id === device)?.params ?? [];
      expect(Object.keys(params)).toEqual(table.map(({ id }) => id));
      expect(on).toBe(device === 'limiter');
      expect(namedParams({ device, on, params })).toEqual({});
    }
  });

  it('gives at the front what the limiter’s input can’t, and thresholds follow', () => {
    const chain = freshChain();
    const some = withGain(chain, 7.5, -1);
    expect(some.at(-1)?.params).toMatchObject({ inputGainDb: 7.5, ceilingDb: -1.05 });
    expect(some[0]).toEqual(chain[0]);
    const down = withGain(chain, -20, -1);
    expect(down.at(-1)?.params.inputGainDb).toBe(-12);
    expect(down[0]).toMatchObject({ device: 'gain', on: true, params: { gainDb: -8 } });
    const thresholdOf = (stages: typeof chain) =>
      stages.find(({ device }) => device === 'compressor')?.params.thresholdDb as number;
    expect(thresholdOf(down) - thresholdOf(chain)).toBe(-8);
  });

  it('makes its loudness with the last of two limiters, and leaves the rest as it is', () => {
    const chain = [...freshChain(), ...freshChain().slice(-2)];
    const louder = withGain(chain, 5, -1);
    expect(louder.slice(0, -1)).toEqual(chain.slice(0, -1));
    expect(louder.at(-1)).toMatchObject({ device: 'limiter', on: true, params: { inputGainDb: 5 } });
    const down = withGain([...chain, ...freshChain().slice(0, 1)], -20, -1);
    expect(
      down.map(({ device, params }) => (device === 'gain' ? params.gainDb : null)).filter(Number.isFinite),
    ).toEqual([-8, 0]);
  });
});
