import { describe, expect, it } from 'vitest';
import { isAsLaid, layChain, presetStagesOf, setUpMastering } from '../../../../web/src/commands/mastering';
import { devices } from '../../../../web/src/generated/devices';
import { masteringId, type Patch, type ProjectSnapshot } from '../../../../web/src/model/types';
import { presetsOf } from '../../../../web/src/view/devices/presets';
import {
  masterChainTexts,
  ourMasterChains,
  readMasterChains,
} from '../../../../web/src/view/mastering/masterChains';
import { edited, song } from '../../commands/song';

const laidOut = edited(song([]), setUpMastering(song([])));
const chainNamed = (name: string) => ourMasterChains.find((chain) => chain.name === name)?.stages ?? [];
const limiterOf = ({ mastering }: ProjectSnapshot) =>
  mastering.inserts.find(({ device }) => device === 'limiter');
const limiterGain = (project: ProjectSnapshot, value: number): Patch[] => [
  {
    op: 'insert.param',
    ownerId: masteringId,
    insertId: limiterOf(project)?.id ?? '',
    param: 'inputGainDb',
    value,
  },
];

describe('presets of the mastering chain', () => {
  it('name presets and styles that the devices have, within their ranges', () => {
    const styles = devices
      .find(({ id }) => id === 'limiter')
      ?.params.find(({ id }) => id === 'style')?.choices;
    for (const { presets, limiterStyle } of masterChainTexts) {
      for (const [device, preset] of Object.entries(presets))
        expect(presetsOf(device).map(({ name }) => name)).toContain(preset);
      if (limiterStyle) expect(styles).toContain(limiterStyle);
    }
    for (const { stages } of ourMasterChains)
      for (const { device, params } of stages)
        for (const { id, min, max } of devices.find((table) => table.id === device)?.params ?? []) {
          expect(params[id]).toBeGreaterThanOrEqual(min);
          expect(params[id]).toBeLessThanOrEqual(max);
        }
  });

  it('are laid on the devices that are there, and told from what was edited; the target’s gain stays', () => {
    const stages = chainNamed('Streaming, open');
    const driven = edited(laidOut, limiterGain(laidOut, 4));
    const laid = edited(driven, layChain(driven, 'Streaming, open', stages));
    expect(laid.mastering.preset).toBe('Streaming, open');
    expect(laid.mastering.inserts.map(({ id }) => id)).toEqual(driven.mastering.inserts.map(({ id }) => id));
    expect(laid.mastering.inserts.filter(({ on }) => on).map(({ device }) => device)).toEqual([
      'eq',
      'multiband',
      'imager',
      'limiter',
    ]);
    expect(limiterOf(laid)?.params.inputGainDb).toBe(4);
    expect(isAsLaid(laid, stages)).toBe(true);
    expect(isAsLaid(edited(laid, limiterGain(laid, 6)), stages)).toBe(true);
    const [eq] = laid.mastering.inserts.filter(({ device }) => device === 'eq');
    const turned = edited(laid, [
      {
        op: 'insert.param',
        ownerId: masteringId,
        insertId: eq?.id ?? '',
        param: 'band2.gainDb',
        value: 3,
      },
    ]);
    expect(isAsLaid(turned, stages)).toBe(false);
  });

  it('replace a chain of other devices, and one of the person’s own comes back as it was', () => {
    const [first] = laidOut.mastering.inserts;
    const own = edited(laidOut, [
      { op: 'insert.move', ownerId: masteringId, insertId: first?.id ?? '', index: 3 },
      ...limiterGain(laidOut, 5),
    ]);
    const kept = JSON.stringify([{ name: 'Mine', stages: presetStagesOf(own) }]);
    const [mine] = readMasterChains(kept);
    const other = edited(own, layChain(own, 'Limiter alone', chainNamed('Limiter alone')));
    expect(isAsLaid(other, mine?.stages ?? [])).toBe(false);
    expect(limiterOf(other)?.params.inputGainDb).toBe(5);
    const back = edited(other, layChain(other, 'Mine', mine?.stages ?? []));
    const bare = (project: ProjectSnapshot) =>
      project.mastering.inserts.map(({ id: _, ...insert }) => insert);
    expect(bare(back)).toEqual(bare(own));
  });

  it('reads what was kept as far as it can', () => {
    expect(readMasterChains(null)).toEqual([]);
    expect(readMasterChains('{')).toEqual([]);
    expect(readMasterChains('{"name": "x"}')).toEqual([]);
    expect(
      readMasterChains('[{"name": "x", "stages": [{"device": 1}]}, {"name": "y", "stages": []}]'),
    ).toEqual([{ name: 'y', stages: [] }]);
  });
});
