import { devices, type ParamInfo, stripParams } from '../../web/src/generated/devices';
import { freshInsert, freshSend, freshTrack } from '../../web/src/model/strip';
import type { Insert, Lane, Patch, Point, Track } from '../../web/src/model/types';
import { pointShapes } from '../../web/src/model/types';

type Roll = (sides: number) => number;

/**
 * A group and a return with devices, some tracks in them or sent to them, a key, inserts, lanes and a change of tempo. Lanes
 * lie in the song's length. Ways go to later tracks only, so there is no loop.
 */
export function randomConsole(roll: Roll, tracks: readonly Track[], endFrame: number): Patch[] {
  const group = aBus('group', 'group', [randomInsert(roll, 'gi')]);
  const bus = aBus('return', 'return', [randomInsert(roll, 'ri')]);
  const patches: Patch[] = [
    { op: 'track.add', track: { ...group, outputId: null }, index: tracks.length },
    { op: 'track.add', track: bus, index: tracks.length + 1 },
  ];
  if (roll(2)) patches.push({ op: 'track.set', trackId: 'group', fields: { outputId: 'return' } });
  tracks.forEach((track, place) => {
    const { id } = track;
    if (roll(2)) patches.push({ op: 'track.set', trackId: id, fields: { outputId: 'group' } });
    if (roll(2)) {
      const send = freshSend(`${id}s`, 'return', {
        gainDb: roll(20) - 14,
        pan: roll(201) - 100,
        pre: roll(2) === 1,
        on: roll(4) > 0,
      });
      patches.push({ op: 'send.add', trackId: id, send, index: 0 });
      if (roll(2)) {
        const of = { kind: 'send', targetId: send.id, param: 'gainDb' } as const;
        patches.push(aLane(`${id}sl`, id, of, randomPoints(roll, endFrame, -24, 6)));
      }
    }
    if (roll(3) === 0) {
      const insert = randomInsert(roll, `${id}i`);
      patches.push({ op: 'insert.add', ownerId: id, insert, index: 0 });
      const table = devices.find((device) => device.id === insert.device)?.params ?? [];
      const moved = movable(table);
      const param = moved[roll(moved.length)];
      if (param && roll(2)) {
        const of = { kind: 'insert', targetId: insert.id, param: param.id } as const;
        patches.push(aLane(`${id}il`, id, of, randomPoints(roll, endFrame, param.min, param.max)));
      }
    }
    if (roll(2)) {
      const param = (['volumeDb', 'pan', 'trimDb', 'mute'] as const)[roll(4)] ?? 'pan';
      const { min, max } = stripParams.find((info) => info.id === param) ?? { min: 0, max: 1 };
      const of = { kind: 'strip', targetId: null, param } as const;
      const points = randomPoints(roll, endFrame, Math.max(min, -24), max);
      // A mute opens now and then, so that something is heard.
      const opening: Point = { frame: Math.round(endFrame / 4), value: 0, shape: 'hold', bend: 0 };
      patches.push(aLane(`${id}l`, id, of, param === 'mute' ? [...points, opening] : points));
    }
    const key = tracks[place - 1];
    if (key && roll(3) === 0) {
      patches.push({ op: 'track.set', trackId: id, fields: { compressorKeyId: key.id } });
    }
  });
  const change = { frame: 1 + roll(endFrame), bpm: 60 + roll(120), beatsPerBar: 3, beatUnit: 4 };
  patches.push({ op: 'tempo.set', changes: [change] });
  return patches;
}

function aBus(id: string, role: Track['role'], inserts: Insert[]): Track {
  return freshTrack({ id, name: id, colour: 'sky', kind: 'other', role, inserts });
}

const movable = (table: readonly ParamInfo[]): ParamInfo[] =>
  table.filter(({ kind, changesLatency }) => kind === 'continuous' && changesLatency === 0);

/** A device with a few of its values somewhere in the lower half of their ranges. */
function randomInsert(roll: Roll, id: string): Insert {
  const device = devices[roll(devices.length)] as (typeof devices)[number];
  const insert = freshInsert(id, device.id, { on: roll(5) > 0 });
  const params = { ...insert.params };
  for (const { id: param, min, max } of movable(device.params)) {
    if (roll(4) === 0) params[param] = min + ((max - min) * roll(500)) / 1000;
  }
  return { ...insert, params };
}

function randomPoints(roll: Roll, endFrame: number, min: number, max: number): Point[] {
  return Array.from({ length: 1 + roll(6) }, () => ({
    frame: roll(endFrame),
    value: min + ((max - min) * roll(1001)) / 1000,
    shape: pointShapes[roll(3)] ?? 'linear',
    bend: (roll(201) - 100) / 100,
  }));
}

function aLane(
  id: string,
  ownerId: string,
  of: Pick<Lane, 'kind' | 'targetId' | 'param'>,
  points: Point[],
): Patch {
  return { op: 'lane.add', ownerId, lane: { id, timebase: 'time', points, ...of } };
}
