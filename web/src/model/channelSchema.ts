import { z } from 'zod';
import { laneRange } from './automation';
import type { Channel } from './channelPatches';
import { cleanName } from './normalise';
import {
  cleanImpulse,
  cleanPreset,
  normaliseLane,
  normaliseSend,
  normaliseTempoChanges,
} from './normaliseChannel';
import { deviceRanges, isDevice } from './params';
import { idSchema, maxChunkPoints, type RawRecord, sourceIdSchema } from './records';
import { parseParams, tempoDefault } from './schema';
import type { Id, Insert, Lane, Point, Reference, Send, TempoChange } from './types';
import { masteringId, pointShapes } from './types';

// The door of what strips carry; as in schema.ts, a field that makes no sense falls back to its default.

/** A part of a strip as it was written, not yet seen beside the other parts. */
export interface ParsedPart<T> {
  readonly ownerId: Id;
  readonly order: string;
  readonly part: T;
}

const placeSchema = z.object({ ownerId: idSchema, order: z.string().catch('') });
const number = (fallback: number) => z.number().catch(fallback);
const flag = (fallback: boolean) => z.boolean().catch(fallback);
const optionalId = idSchema.nullable().catch(null);

const sendSchema = placeSchema.extend({
  toId: idSchema,
  gainDb: number(0),
  pan: number(0),
  pre: flag(false),
  on: flag(true),
});

export function parseSend(id: string, raw: RawRecord): ParsedPart<Send> | null {
  const parsed = sendSchema.safeParse(raw);
  if (!parsed.success || !idSchema.safeParse(id).success) return null;
  const { ownerId, order, ...fields } = parsed.data;
  return { ownerId, order, part: normaliseSend({ id, ...fields }) };
}

const insertSchema = placeSchema.extend({
  device: z.string(),
  on: flag(true),
  levelMatched: flag(false),
  keyId: optionalId,
  preset: z.string().catch(''),
});

/** Null for a device that this engine does not have. */
export function parseInsert(id: string, raw: RawRecord): ParsedPart<Insert> | null {
  const parsed = insertSchema.safeParse(raw);
  if (!parsed.success || !idSchema.safeParse(id).success) return null;
  const { ownerId, order, device, on, levelMatched, keyId, preset } = parsed.data;
  if (!isDevice(device)) return null;
  const params = parseParams(raw, deviceRanges(device));
  const impulseId = cleanImpulse(raw.impulseId);
  const part = { id, device, on, levelMatched, params, keyId, preset: cleanPreset(preset), impulseId };
  return { ownerId, order, part };
}

const referenceSchema = z.object({
  order: z.string().catch(''),
  sourceId: sourceIdSchema,
  name: z.string().catch(''),
});

export function parseReference(id: string, raw: RawRecord): ParsedPart<Reference> | null {
  const parsed = referenceSchema.safeParse(raw);
  if (!parsed.success || !idSchema.safeParse(id).success) return null;
  const { order, sourceId, name } = parsed.data;
  return { ownerId: masteringId, order, part: { id, sourceId, name: cleanName(name, 'Reference') } };
}

const laneSchema = placeSchema.extend({
  kind: z.enum(['strip', 'insert', 'send']),
  targetId: optionalId,
  param: z.string(),
  timebase: z.enum(['time', 'beats']).catch('time'),
});

export type BareLane = Omit<Lane, 'points'>;

export function parseLane(id: string, raw: RawRecord): ParsedPart<BareLane> | null {
  const parsed = laneSchema.safeParse(raw);
  if (!parsed.success || !idSchema.safeParse(id).success) return null;
  const { ownerId, order, ...fields } = parsed.data;
  return { ownerId, order, part: { id, ...fields } };
}

/** Of a lane, beside the other parts of its owner; null where what it moves is not there. */
export function laneWithPoints(
  ownerId: Id,
  owner: Omit<Channel, 'lanes'>,
  lane: BareLane,
  points: readonly Point[],
): Lane | null {
  const range = laneRange(ownerId, owner, lane);
  return range && normaliseLane({ ...lane, points }, range);
}

export interface Chunk {
  readonly laneId: Id;
  readonly points: readonly Point[];
}

const numbersOfPoint = 4;

const chunkSchema = z.object({
  laneId: idSchema,
  points: z.array(z.number()).max(maxChunkPoints * numbersOfPoint),
});

export function parseChunk(id: string, raw: RawRecord): Chunk | null {
  const parsed = chunkSchema.safeParse(raw);
  if (!parsed.success || !idSchema.safeParse(id).success) return null;
  const { laneId, points: numbers } = parsed.data;
  const points: Point[] = [];
  for (let at = 0; at + numbersOfPoint <= numbers.length; at += numbersOfPoint) {
    const [frame = 0, value = 0, shape = 0, bend = 0] = numbers.slice(at, at + numbersOfPoint);
    points.push({ frame, value, shape: pointShapes[shape] ?? 'linear', bend });
  }
  return { laneId, points };
}

export function chunkFields(laneId: Id, points: readonly Point[]): RawRecord {
  const numbers = points.flatMap(({ frame, value, shape, bend }) => [
    frame,
    value,
    pointShapes.indexOf(shape),
    bend,
  ]);
  return { laneId, points: numbers };
}

const tempoSchema = z.object({
  bpm: number(tempoDefault.bpm),
  beatsPerBar: number(tempoDefault.beatsPerBar),
  beatUnit: number(tempoDefault.beatUnit),
});

/** A change of tempo is named by its frame. */
export function parseTempoChange(id: string, raw: RawRecord): TempoChange | null {
  const frame = Number(id);
  if (!/^\d{1,13}$/.test(id) || frame < 1) return null;
  const [change] = normaliseTempoChanges([{ frame, ...tempoSchema.parse(raw) }]);
  return change && String(change.frame) === id ? change : null;
}
