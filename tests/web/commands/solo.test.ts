import { describe, expect, test } from 'vitest';
import { silencedBySolo } from '../../../web/src/commands/solo';
import { toggleSolo, toggleSwitch } from '../../../web/src/commands/strips';
import { freshSend } from '../../../web/src/model/strip';
import type { Patch, ProjectSnapshot } from '../../../web/src/model/types';
import { edited, song } from './song';

const output = (trackId: string, outputId: string): Patch => ({
  op: 'track.set',
  trackId,
  fields: { outputId },
});
const send = (trackId: string, toId: string, on = true): Patch => ({
  op: 'send.add',
  trackId,
  send: freshSend(`${trackId}-${toId}`, toId, { on }),
  index: 0,
});
/** t1 and t2 play into the group t4, that into the group t5; t1 sends to the return t6; t3 plays for itself. */
const desk = (): ProjectSnapshot =>
  edited(song([], [], [], [], [], []), [
    output('t1', 't4'),
    output('t2', 't4'),
    output('t4', 't5'),
    send('t1', 't6'),
  ]);
const silenced = (project: ProjectSnapshot, ...soloed: string[]): string[] => [
  ...silencedBySolo(edited(project, toggleSolo(project, { trackIds: soloed })).tracks),
];

describe('what solo silences', () => {
  test('nothing where nothing is soloed', () => {
    expect([...silencedBySolo(desk().tracks)]).toEqual([]);
  });

  test('a soloed track keeps the buses that carry it, by output and by send', () => {
    expect(silenced(desk(), 't1')).toEqual(['t2', 't3']);
    expect(silenced(desk(), 't2')).toEqual(['t1', 't3', 't6']);
  });

  test('a soloed bus keeps all that plays into it, but not the returns of its members', () => {
    expect(silenced(desk(), 't5')).toEqual(['t3', 't6']);
    expect(silenced(desk(), 't4')).toEqual(['t3', 't6']);
  });

  test('a soloed return does not let its senders through', () => {
    expect(silenced(desk(), 't6')).toEqual(['t1', 't2', 't3', 't4', 't5']);
  });

  test('a send that is off still makes its bus heard, as in the engine', () => {
    const project = edited(song([], []), [send('t1', 't2', false)]);
    expect(silenced(project, 't1')).toEqual([]);
  });

  test('what is safe stays heard', () => {
    const project = desk();
    const safe = edited(project, toggleSwitch(project, { trackIds: ['t3', 't6'], param: 'soloSafe' }));
    expect(silenced(safe, 't2')).toEqual(['t1']);
  });
});
