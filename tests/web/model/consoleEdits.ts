import { devices } from '../../../web/src/generated/devices';
import { sendRanges } from '../../../web/src/model/params';
import { Wiring } from '../../../web/src/model/routing';
import { freshInsert, freshSend, freshTrack } from '../../../web/src/model/strip';
import type { Id, Lane, Patch, Point, ProjectSnapshot } from '../../../web/src/model/types';
import {
  automationModes,
  masterDithers,
  masterId,
  masteringId,
  masterWords,
  pointShapes,
  trackRoles,
} from '../../../web/src/model/types';

/** The place in the dice, then the number of sides. */
type Roll = (place: number, sides: number) => number;

/** Edits of routing, inserts, automation and the tempo map. Each makes what patches may say of what is in the snapshot. */
export function consoleEdits(snapshot: ProjectSnapshot, roll: Roll, name: string): (() => Patch[])[] {
  const { tracks, master, mastering } = snapshot;
  const wiring = new Wiring(tracks);
  const track = tracks[roll(1, tracks.length)];
  const other = tracks[roll(3, tracks.length)];
  const busses = [
    { id: masterId, sends: [], ...master },
    { id: masteringId, sends: [], ...mastering },
  ];
  const owner = busses[roll(5, 8)] ?? track;
  const ownerId = owner?.id ?? masterId;
  const send = track?.sends[roll(2, track.sends.length)];
  const insert = owner?.inserts[roll(2, owner.inserts.length)];
  const lane = owner?.lanes[roll(2, owner.lanes.length)];
  const device = devices[roll(4, devices.length)] ?? (devices[0] as (typeof devices)[number]);
  const insertPlace = roll(4, 4);
  const level = roll(4, 200) - 120;
  /** Whether sound, or a key, may go from one track to another. */
  const free = (from: Id, to: Id): boolean => !wiring.wouldLoop(from, to);
  const points = (count: number): Point[] =>
    Array.from({ length: count }, (_, n) => ({
      frame: (roll(6, 5_000) + n * (1 + roll(7, 900))) | 0,
      value: ((roll(8, 1_000) + n * 37) % 150) - 90,
      shape: pointShapes[(roll(9, 3) + n) % 3] ?? 'linear',
      bend: ((roll(10, 30) + n) % 30) / 10 - 1.5,
    }));
  const reference = mastering.references[roll(2, mastering.references.length)];
  return [
    () => [
      {
        op: 'mastering.set',
        fields: {
          on: roll(2, 2) === 1,
          targetId: `target${roll(3, 3)}`,
          amount: roll(4, 140) - 20,
          preset: ` Chain ${roll(5, 3)}`,
          word: masterWords[roll(6, 3)] ?? '24',
          dither: masterDithers[roll(7, 3)] ?? 'none',
          headFrames: roll(5, 9000) - 500,
          tailFrames: roll(6, 9000) - 4500,
        },
      },
    ],
    () =>
      Object.keys(snapshot.sources)
        .slice(0, 1)
        .map((sourceId) => ({
          op: 'reference.add',
          reference: { id: `${name}r`, sourceId, name: `Song ${roll(3, 9)}` },
          index: roll(4, 3),
        })),
    () =>
      reference
        ? [
            roll(4, 2)
              ? { op: 'reference.remove', referenceId: reference.id }
              : { op: 'reference.set', referenceId: reference.id, fields: { name: `Song ${roll(3, 9)}` } },
          ]
        : [],
    () => [
      {
        op: 'track.add',
        index: roll(2, tracks.length + 1),
        track: freshTrack({
          id: `${name}b`,
          name: 'Bus',
          colour: 'sky',
          kind: 'other',
          role: trackRoles[roll(3, 3)] ?? 'group',
          outputId: other?.id ?? null,
          sends: track ? [freshSend(`${name}s`, track.id)] : [],
          inserts: [freshInsert(`${name}i`, device.id)],
          lanes: [aLane(`${name}l`, points(roll(6, 100)))],
        }),
      },
    ],
    () =>
      track && other && free(track.id, other.id)
        ? [{ op: 'track.set', trackId: track.id, fields: { outputId: other.id } }]
        : [],
    () =>
      track
        ? [
            {
              op: 'track.set',
              trackId: track.id,
              fields: {
                role: trackRoles[roll(2, 3)],
                outputId: null,
                linkId: roll(4, 2) ? 'link' : null,
                automationMode: automationModes[roll(5, 5)],
                sectionPresets: { gate: '', eq: `EQ ${roll(6, 3)}`, compressor: '' },
              },
            },
          ]
        : [],
    () =>
      track && other && free(other.id, track.id)
        ? [
            {
              op: 'track.set',
              trackId: track.id,
              fields: roll(4, 2) ? { gateKeyId: other.id } : { compressorKeyId: other.id },
            },
          ]
        : [],
    () =>
      track && other && track.sends.length < 16 && free(track.id, other.id)
        ? [
            {
              op: 'send.add',
              trackId: track.id,
              send: freshSend(name, other.id, { gainDb: level, pre: roll(5, 2) === 1 }),
              index: roll(4, 3),
            },
          ]
        : [],
    () => (track && send ? [{ op: 'send.remove', trackId: track.id, sendId: send.id }] : []),
    () =>
      track && send
        ? [
            {
              op: 'send.set',
              trackId: track.id,
              sendId: send.id,
              fields: { gainDb: level, pan: level * 2, on: roll(5, 2) === 1 },
            },
          ]
        : [],
    () => (track && send ? [{ op: 'send.move', trackId: track.id, sendId: send.id, index: roll(4, 4) }] : []),
    () =>
      owner && owner.inserts.length < 16
        ? [{ op: 'insert.add', ownerId, insert: freshInsert(name, device.id), index: insertPlace }]
        : [],
    () => (insert ? [{ op: 'insert.remove', ownerId, insertId: insert.id }] : []),
    () => (insert ? [{ op: 'insert.move', ownerId, insertId: insert.id, index: insertPlace }] : []),
    () => {
      const params = Object.keys(insert?.params ?? {});
      const param = params[roll(4, params.length)];
      return insert && param
        ? [{ op: 'insert.param', ownerId, insertId: insert.id, param, value: level }]
        : [];
    },
    () =>
      insert
        ? [
            {
              op: 'insert.set',
              ownerId,
              insertId: insert.id,
              fields: { on: roll(4, 2) === 1, levelMatched: roll(5, 2) === 1, preset: `P${roll(6, 4)}` },
            },
          ]
        : [],
    () => {
      if (!owner) return [];
      const sendParam = [...sendRanges.keys()][roll(6, 2)] ?? 'pan';
      const of: Pick<Lane, 'kind' | 'targetId' | 'param'>[] = [
        { kind: 'strip', targetId: null, param: 'volumeDb' },
        ...owner.sends.map(({ id }) => ({ kind: 'send' as const, targetId: id, param: sendParam })),
        ...owner.inserts.map(({ id, params }) => ({
          kind: 'insert' as const,
          targetId: id,
          param: Object.keys(params)[roll(7, 4)] ?? '',
        })),
      ];
      const target = of[roll(2, of.length)] ?? aLane(name);
      const taken = owner.lanes.some(
        ({ targetId, param }) => targetId === target.targetId && param === target.param,
      );
      const isOwn = !('kind' in target) || target.kind === 'strip';
      if (taken || target.param === '' || (isOwn && ownerId === masteringId)) return [];
      return [{ op: 'lane.add', ownerId, lane: { ...aLane(name, points(roll(8, 150))), ...target } }];
    },
    () => (lane ? [{ op: 'lane.remove', ownerId, laneId: lane.id }] : []),
    () => (lane ? [{ op: 'lane.set', ownerId, laneId: lane.id, fields: { timebase: 'beats' } }] : []),
    ...[0, 1, 2].map((many) => (): Patch[] => {
      const fromFrame = roll(6, 30_000);
      const toFrame = fromFrame + roll(7, 60_000);
      const fresh = points(roll(8, [3, 80, 300][many] ?? 1));
      return lane ? [{ op: 'points.set', ownerId, laneId: lane.id, fromFrame, toFrame, points: fresh }] : [];
    }),
    () => [
      {
        op: 'tempo.set',
        changes: points(roll(4, 4)).map(({ frame, value }) => ({
          frame,
          bpm: value + 150,
          beatsPerBar: 3 + roll(5, 3),
          beatUnit: 4,
        })),
      },
    ],
    () => [{ op: 'master.set', fields: { automationMode: automationModes[roll(4, 5)] } }],
  ];
}

export function aLane(id: Id, points: readonly Point[] = []): Lane {
  return { id, kind: 'strip', targetId: null, param: 'volumeDb', timebase: 'time', points };
}
