import { describe, expect, it } from 'vitest';
import { makeMove, setUpMastering } from '../../../web/src/commands/mastering';
import type { Move } from '../../../web/src/mastering/moves';
import { masteringId } from '../../../web/src/model/types';
import { edited, song } from './song';

const move: Move = {
  id: 'match-tone',
  stage: 'eq',
  params: { 'band2.on': 1, 'band2.gainDb': -2 },
  what: '',
  why: '',
};
const devices = (project: ReturnType<typeof song>) => project.mastering.inserts.map(({ device }) => device);

describe('one move on the mastering chain', () => {
  it('sets the first device of its kind, switches it on, and leaves all else alone', () => {
    const laid = edited(song([]), setUpMastering(song([])));
    const eq = laid.mastering.inserts.find(({ device }) => device === 'eq');
    const patches = makeMove(laid, move);
    const made = edited(laid, patches);
    const after = made.mastering.inserts.find(({ device }) => device === 'eq');
    expect(after).toEqual({ ...eq, on: true, params: { ...eq?.params, ...move.params } });
    expect(made.mastering.inserts.filter(({ device }) => device !== 'eq')).toEqual(
      laid.mastering.inserts.filter(({ device }) => device !== 'eq'),
    );
    expect(makeMove(made, move)).toEqual([]);
  });

  it('adds the device where the standard chain has it', () => {
    const laid = edited(song([]), setUpMastering(song([])));
    const eq = laid.mastering.inserts.find(({ device }) => device === 'eq');
    const without = edited(laid, [{ op: 'insert.remove', ownerId: masteringId, insertId: eq?.id ?? '' }]);
    const made = edited(without, makeMove(without, move));
    expect(devices(made)).toEqual(devices(laid));
    expect(made.mastering.inserts[1]).toMatchObject({ on: true, params: move.params });
  });
});
