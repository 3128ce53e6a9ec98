import { laneKinds } from '../engine/encodeCommands';
import { devices, masterParams, type ParamInfo, stripParams } from '../generated/devices';
import { type Insert, type Lane, masterId, pointShapes, type Send, type Track } from '../model/types';

export interface SceneInsert {
  readonly id: string;
  /** Its place among the engine's devices. */
  readonly device: number;
  readonly on: boolean;
  readonly levelMatched: boolean;
  /** In the order of the device's table. */
  readonly params: readonly number[];
  readonly keyId: string | null;
  readonly impulseId: string | null;
}

/** A lane of points in the engine's terms, but with the insert's id. */
export interface SceneLane {
  /** One of laneKinds. */
  readonly kind: number;
  /** Of an insert. */
  readonly insertId: string | null;
  /** Of a send: its place in the list. */
  readonly slot: number;
  /** In the table of what it moves. */
  readonly index: number;
  /** frame value shape bend of each point. */
  readonly points: readonly number[];
}

const deviceIndex: ReadonlyMap<string, number> = new Map(devices.map(({ id }, index) => [id, index]));

/** What a fresh insert of each device is set to, in the order of the table. */
export const newbornParams: readonly (readonly number[])[] = devices.map(({ params }) =>
  params.map((param) => param.default),
);

const compiledInserts = new WeakMap<Insert, SceneInsert>();

export function compileInserts(inserts: readonly Insert[]): SceneInsert[] {
  return inserts.flatMap((insert) => {
    const device = deviceIndex.get(insert.device);
    if (device === undefined) return [];
    let scene = compiledInserts.get(insert);
    if (!scene) {
      const { id, on, levelMatched, params, keyId, impulseId } = insert;
      const table = devices[device]?.params ?? [];
      const values = table.map((param) => params[param.id] ?? param.default);
      scene = { id, device, on, levelMatched, params: values, keyId, impulseId };
      compiledInserts.set(insert, scene);
    }
    return [scene];
  });
}

interface Automated {
  readonly automationMode: Track['automationMode'];
  readonly inserts: readonly Insert[];
  readonly sends: readonly Send[];
  readonly lanes: readonly Lane[];
}

const sendParams = ['gainDb', 'pan'];

const indexIn = (table: readonly ParamInfo[], id: string): number =>
  table.findIndex((param) => param.id === id && param.changesLatency === 0);

/** Lanes that move something; none where the owner's automation is off. */
export function compileLanes(ownerId: string, owner: Automated): SceneLane[] {
  if (owner.automationMode === 'off') return [];
  return owner.lanes
    .filter(({ points }) => points.length > 0)
    .map((lane): SceneLane => ({ ...placeOf(ownerId, owner, lane), points: numbersOf(lane) }))
    .filter(({ index, slot }) => index >= 0 && slot >= 0);
}

function placeOf(
  ownerId: string,
  owner: Automated,
  { kind, targetId, param }: Lane,
): Omit<SceneLane, 'points'> {
  switch (kind) {
    case 'strip': {
      const table: readonly ParamInfo[] = ownerId === masterId ? masterParams : stripParams;
      return { kind: laneKinds.strip, insertId: null, slot: 0, index: indexIn(table, param) };
    }
    case 'send': {
      const slot = owner.sends.findIndex(({ id }) => id === targetId);
      return { kind: laneKinds.send, insertId: null, slot, index: sendParams.indexOf(param) };
    }
    case 'insert': {
      const device = owner.inserts.find(({ id }) => id === targetId)?.device;
      const table = devices.find(({ id }) => id === device)?.params ?? [];
      return { kind: laneKinds.insert, insertId: targetId, slot: 0, index: indexIn(table, param) };
    }
  }
}

const compiledPoints = new WeakMap<Lane['points'], readonly number[]>();

function numbersOf({ points }: Lane): readonly number[] {
  let numbers = compiledPoints.get(points);
  if (!numbers) {
    numbers = points.flatMap(({ frame, value, shape, bend }) => [
      frame,
      value,
      pointShapes.indexOf(shape),
      bend,
    ]);
    compiledPoints.set(points, numbers);
  }
  return numbers;
}
