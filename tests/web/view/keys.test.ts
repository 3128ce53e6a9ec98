import { describe, expect, it, vi } from 'vitest';
import { actionOfChord, actions, registerActions, runAction } from '../../../web/src/view/keys/actions';
import { chordOf, shownChord } from '../../../web/src/view/keys/chords';
import { clipActions, editActions } from '../../../web/src/view/keys/editActions';
import { matchText, textParts } from '../../../web/src/view/keys/search';
import { trackActions } from '../../../web/src/view/keys/trackKeys';
import { transportActions } from '../../../web/src/view/keys/transportActions';
import { typedActions } from '../../../web/src/view/keys/typedValues';
import { projectActions, viewActions } from '../../../web/src/view/keys/viewActions';
import { createFakeStudio } from '../../support/fakeStudio';

const press = (key: string, fields: Partial<Parameters<typeof chordOf>[0]> = {}) =>
  chordOf({ key, code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...fields });

describe('chords', () => {
  it.each([
    [press(' '), 'Space'],
    [press('z', { ctrlKey: true }), 'Ctrl Z'],
    [press('Z', { metaKey: true, shiftKey: true }), 'Ctrl Shift Z'],
    [press('?', { shiftKey: true }), '?'],
    [press('=', {}), '+'],
    [press('+', { shiftKey: true }), '+'],
    [press('ArrowLeft', { shiftKey: true }), 'Shift ←'],
    [press('Backspace'), 'Del'],
    [press('F2'), 'F2'],
    [press('&', { code: 'Digit1' }), '1'],
    [press('1', { code: 'Digit1' }), '1'],
    [press('F', { shiftKey: true }), 'Shift F'],
  ])('%s', (chord, expected) => {
    expect(chord).toBe(expected);
  });

  it('are shown as the keyboard is labelled', () => {
    expect(shownChord('Ctrl Shift Z', true)).toBe('⌘ ⇧ Z');
    expect(shownChord('Ctrl Shift Z', false)).toBe('Ctrl Shift Z');
  });
});

describe('the table of actions', () => {
  const studio = createFakeStudio();
  const all = [
    ...transportActions(studio),
    ...viewActions(studio),
    ...trackActions(studio),
    ...editActions(studio),
    ...clipActions(studio),
    ...projectActions(studio),
  ];

  it('has every id once, and no chord for two things at the same time', () => {
    const ids = all.map((action) => action.id);
    expect(new Set(ids).size).toBe(ids.length);
    const chords = all.flatMap((action) => action.keys ?? []);
    expect(chords.filter((chord, index) => chords.indexOf(chord) !== index)).toEqual([]);
  });

  it('answers to the keys that the page promises', () => {
    const chords = new Set(all.flatMap((action) => action.keys ?? []));
    for (const chord of [
      'Space',
      'Enter',
      'L',
      'M',
      'S',
      'X',
      'Ctrl Z',
      'Ctrl Shift Z',
      'Ctrl D',
      'Ctrl C',
      'Ctrl X',
      'Ctrl A',
      'Ctrl S',
      '←',
      '→',
      '+',
      '-',
      'F',
      '?',
      '/',
      'Ctrl K',
      '1',
      '2',
      '3',
      'Del',
      'F2',
      'Tab',
    ])
      expect(chords, chord).toContain(chord);
  });

  it('gives a chord to the action that can run, and lets go of a list', () => {
    const run = vi.fn();
    const off = registerActions([
      { id: 'a', group: 'Editing', label: 'A', keys: ['Q'], enabled: () => false, run: () => {} },
      { id: 'b', group: 'Editing', label: 'B', keys: ['Q'], run },
    ]);
    expect(actionOfChord('Q')?.id).toBe('b');
    runAction('a');
    runAction('b');
    expect(run).toHaveBeenCalledTimes(1);
    off();
    expect(actionOfChord('Q')).toBeUndefined();
    expect(actions()).toEqual([]);
  });
});

describe('search', () => {
  it('finds words in any order, their beginnings first', () => {
    expect(matchText('mix exp', 'Export the mix')?.ranges).toEqual([
      [0, 3],
      [11, 14],
    ]);
    expect(matchText('port', 'Export')?.score).toBeLessThan(matchText('exp', 'Export')?.score ?? 0);
    expect(matchText('wav', 'Export', 'wav stems')).not.toBeNull();
    expect(matchText('xyz', 'Export')).toBeNull();
    expect(matchText('(', 'Export')).toBeNull();
    expect(matchText('cafe', 'Café')).not.toBeNull();
  });

  it('marks what was typed', () => {
    expect(textParts('Export the mix', [[0, 3]])).toEqual([
      { text: 'Exp', typed: true },
      { text: 'ort the mix', typed: false },
    ]);
  });
});

describe('typed values', () => {
  it.each([
    ['lead vocal -3 dB', 'Lead Vocal: volume \u22123.0 dB'],
    ['kick +1', 'Kick: volume +1.0 dB'],
    ['bass off', 'Bass: volume \u2212∞ dB'],
    ['bass pan L20', 'Bass: pan L20'],
    ['guitar r35', 'Guitar: pan R35'],
    ['go to 17', 'Go to 17'],
    ['tempo 120', 'Tempo 120'],
  ])('%s', (query, label) => {
    expect(typedActions(createFakeStudio(), query).map((action) => action.label)).toEqual([label]);
  });

  it('set what they say, in one step', () => {
    const studio = createFakeStudio();
    typedActions(studio, 'lead vocal -6')[0]?.run();
    const lead = studio.project().tracks.find((track) => track.name === 'Lead Vocal');
    expect(lead?.params.volumeDb).toBe(-6);
    expect(studio.doc.steps).toEqual(['Volume']);
  });

  it('are nothing where they make no sense', () => {
    for (const query of ['', 'kick', 'nobody -3', 'go to hell', 'tempo 9000', '-3'])
      expect(typedActions(createFakeStudio(), query)).toEqual([]);
  });
});
