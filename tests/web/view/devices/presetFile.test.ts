import { describe, expect, it } from 'vitest';
import { presetFileName, presetText, readPresetFile } from '../../../../web/src/view/devices/presetFile';

const preset = { name: 'Vocal: steady', values: { thresholdDb: -24, ratio: 3 } };

describe('a preset in a file', () => {
  it('comes back as it was written', () => {
    expect(readPresetFile(presetText('compressor', preset), 'compressor')).toEqual(preset);
  });

  it('has a name that every file system takes', () => {
    expect(presetFileName('compressor', 'Vocal: steady / up')).toBe('Compressor Vocal steady up.json');
  });

  it('keeps to the values that the device has, within their ranges', () => {
    const text = presetText('compressor', {
      name: 'Odd',
      values: { thresholdDb: -9999, detector: 0.6, unheardOf: 3 },
    });
    const read = readPresetFile(text, 'compressor');
    expect(read).toMatchObject({ name: 'Odd', values: { detector: 1 } });
    expect('values' in read && read.values.thresholdDb).toBeGreaterThan(-9999);
    expect('values' in read && Object.keys(read.values)).not.toContain('unheardOf');
  });

  it('says in words why it is of no use', () => {
    expect(readPresetFile('{', 'compressor')).toEqual({ error: 'This file is no preset.' });
    expect(readPresetFile('{"a": 1}', 'compressor')).toEqual({ error: 'This file is no preset.' });
    expect(readPresetFile(presetText('gate', preset), 'compressor')).toEqual({
      error: 'This is a preset of Gate.',
    });
    const newer = presetText('compressor', preset).replace('"version": 1', '"version": 2');
    expect(readPresetFile(newer, 'compressor')).toEqual({ error: 'A newer Mixwell wrote this preset.' });
  });
});
