import { clampFrame, cleanName, normaliseTempo } from './normalise';
import { clampParam, deviceRanges, isDevice, type ParamRange, sendRanges } from './params';
import { PatchError } from './patchError';
import { idSchema, sourceIdSchema } from './records';
import type { Id, Insert, Lane, Point, SectionPresets, Send, TempoChange } from './types';
import { builtinImpulsePrefix, pointShapes } from './types';

const rangeOfSend = (param: 'gainDb' | 'pan'): ParamRange => sendRanges.get(param) as ParamRange;

export const cleanPreset = (name: string): string => cleanName(name, '');

export function cleanId(id: unknown): Id | null {
  return idSchema.safeParse(id).success ? (id as Id) : null;
}

export function cleanImpulse(id: unknown): string | null {
  const builtin = typeof id === 'string' && id.startsWith(builtinImpulsePrefix);
  return (builtin && idSchema.safeParse(id).success) || sourceIdSchema.safeParse(id).success
    ? (id as string)
    : null;
}

export function normaliseSend({ id, toId, gainDb, pan, pre, on }: Send): Send {
  return {
    id,
    toId,
    gainDb: clampParam(rangeOfSend('gainDb'), gainDb),
    pan: clampParam(rangeOfSend('pan'), pan),
    pre,
    on,
  };
}

/** Throws a PatchError for a device that there is not. */
export function normaliseInsert(insert: Insert): Insert {
  if (!isDevice(insert.device)) throw new PatchError(`There is no device “${insert.device}”.`);
  const params: Record<string, number> = {};
  for (const [id, range] of deviceRanges(insert.device)) {
    params[id] = clampParam(range, insert.params[id] ?? range.default);
  }
  return {
    id: insert.id,
    device: insert.device,
    on: insert.on,
    levelMatched: insert.levelMatched,
    params,
    keyId: cleanId(insert.keyId),
    preset: cleanPreset(insert.preset),
    impulseId: cleanImpulse(insert.impulseId),
  };
}

export function normaliseLane(lane: Lane, range: ParamRange | null): Lane {
  const { id, kind, targetId, param, timebase } = lane;
  return {
    id,
    kind,
    targetId: kind === 'strip' ? null : targetId,
    param,
    timebase: timebase === 'beats' ? 'beats' : 'time',
    points: range ? normalisePoints(lane.points, range) : [],
  };
}

/** In order, one a frame (of several the last), within the range. What has whole values only jumps. */
export function normalisePoints(points: readonly Point[], range: ParamRange): Point[] {
  const byFrame = new Map<number, Point>();
  for (const { frame, value, shape, bend } of points) {
    const at = clampFrame(frame);
    const kept = range.whole ? 'hold' : pointShapes.includes(shape) ? shape : 'linear';
    byFrame.set(at, {
      frame: at,
      value: clampParam(range, value),
      shape: kept,
      bend: kept === 'bend' ? Math.min(Math.max(bend, -1), 1) + 0 : 0,
    });
  }
  return [...byFrame.values()].sort((a, b) => a.frame - b.frame);
}

export function normalisePresets({ gate, eq, compressor }: SectionPresets): SectionPresets {
  return { gate: cleanPreset(gate), eq: cleanPreset(eq), compressor: cleanPreset(compressor) };
}

/** In order, one a frame (of several the last). */
export function normaliseTempoChanges(changes: readonly TempoChange[]): TempoChange[] {
  const byFrame = new Map<number, TempoChange>();
  for (const change of changes) {
    const frame = clampFrame(change.frame, 1);
    byFrame.set(frame, { frame, ...normaliseTempo(change) });
  }
  return [...byFrame.values()].sort((a, b) => a.frame - b.frame);
}
