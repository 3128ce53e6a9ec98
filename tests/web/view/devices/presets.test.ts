import { describe, expect, it } from 'vitest';
import { deviceInfo, paramOf, pickable } from '../../../../web/src/view/devices/deviceTable';
import { footOf } from '../../../../web/src/view/devices/feet';
import { readKept } from '../../../../web/src/view/devices/ownPresets';
import { choiceName, shownValue, specOf } from '../../../../web/src/view/devices/paramSpec';
import { chains, presetsOf, presetTexts } from '../../../../web/src/view/devices/presets';
import { ourChains } from '../../../../web/src/view/devices/presets/chains';

describe('presets', () => {
  it('name values that the engine has, within their ranges', () => {
    const wrong: string[] = [];
    for (const [deviceId, presets] of Object.entries(presetTexts))
      for (const { name, values } of presets)
        for (const [id, value] of Object.entries(values)) {
          const param = paramOf(deviceId, id);
          const number = typeof value === 'number' ? value : (param?.choices.indexOf(value) ?? -1);
          if (!param || number < param.min || number > param.max)
            wrong.push(`${deviceId}, ${name}: ${id} = ${value}`);
        }
    expect(wrong).toEqual([]);
  });

  it('have names of their own within a device', () => {
    for (const { id } of pickable) {
      const names = presetsOf(id).map(({ name }) => name);
      expect(new Set(names).size, id).toBe(names.length);
      expect(names.length, id).toBeGreaterThan(0);
    }
  });

  it('are found by the chains that use them', () => {
    for (const { devices } of ourChains)
      for (const { deviceId, preset } of devices)
        expect(
          presetsOf(deviceId).map(({ name }) => name),
          deviceId,
        ).toContain(preset);
    for (const chain of chains()) expect(chain.devices.length, chain.name).toBeGreaterThan(1);
  });
});

describe('presets of the person', () => {
  it('survive what can not be read', () => {
    expect(readKept(null)).toEqual({ presets: {}, chains: [] });
    expect(readKept('{')).toEqual({ presets: {}, chains: [] });
    expect(readKept('{"presets":{"eq":[{"name":"Mine","values":{"band1.on":1}},{"name":2}]}}')).toEqual({
      presets: { eq: [{ name: 'Mine', values: { 'band1.on': 1 } }] },
      chains: [],
    });
  });
});

describe('values of devices', () => {
  it('come back from their place on the travel and from their text', () => {
    for (const { id: deviceId, params } of pickable)
      for (const param of params.filter(({ kind }) => kind === 'continuous')) {
        const spec = specOf(param);
        const named = `${deviceId} ${param.id}`;
        for (const share of [0.25, 0.5, 0.75]) {
          const value = spec.fromPosition(share);
          expect(value, named).toBeGreaterThan(param.min);
          expect(value, named).toBeLessThan(param.max);
          expect(spec.toPosition(value), named).toBeCloseTo(share, 6);
        }
        const typed = spec.parse(spec.format(param.default));
        expect(typed, named).not.toBeNull();
        expect(Math.abs((typed ?? 0) - param.default), named).toBeLessThanOrEqual(
          0.01 * Math.max(1, Math.abs(param.default)),
        );
      }
  });

  it('step by at least their grid where equal ratios are equal ways', () => {
    const attack = paramOf('compressor', 'attackMs');
    if (!attack) throw new Error('The compressor has an attack');
    const spec = specOf(attack);
    expect(spec.nudge?.(attack.min, spec.step)).toBeGreaterThan(attack.min);
  });

  it('are written as a panel writes them', () => {
    const shown = (deviceId: string, id: string, value: number) => {
      const param = paramOf(deviceId, id);
      return param ? shownValue(param, value) : undefined;
    };
    expect(shown('compressor', 'ratio', 3)).toBe('3.0 : 1');
    expect(shown('compressor', 'thresholdDb', -20)).toBe('−20.0 dB');
    expect(shown('compressor', 'makeupDb', 3)).toBe('+3.0 dB');
    expect(shown('reverb', 'lowMult', 1.25)).toBe('× 1.25');
    expect(shown('reverb', 'decayS', 1.8)).toBe('1.80 s');
    expect(choiceName('lowshelf')).toBe('Low shelf');
  });
});

describe('feet of panels', () => {
  it('have values that are in the table, the mix last', () => {
    for (const { id, params } of pickable) {
      const foot = footOf(id);
      if (id !== 'eq') expect(foot.items.length + foot.right.length, id).toBeGreaterThan(0);
      if (params.some((param) => param.id === 'mix')) expect(foot.right.at(-1)?.id, id).toBe('mix');
    }
    expect(deviceInfo('nothing')).toBeUndefined();
  });
});
