import { cleanName } from './normalise';
import { cleanId, normalisePresets } from './normaliseChannel';
import { clampParam, type ParamRange } from './params';
import { PatchError } from './patchError';
import { idSchema } from './records';
import type { Id, Track } from './types';
import { automationModes, masterId, masteringId, trackColours, trackKinds, trackRoles } from './types';

/** A track's own fields in order; what it carries stays as it is. */
export function normaliseHead(track: Track): Track {
  return {
    id: track.id,
    name: cleanName(track.name, 'Track'),
    colour: trackColours.includes(track.colour) ? track.colour : 'slate',
    kind: trackKinds.includes(track.kind) ? track.kind : 'other',
    role: trackRoles.includes(track.role) ? track.role : 'track',
    outputId: cleanId(track.outputId),
    linkId: cleanId(track.linkId),
    gateKeyId: cleanId(track.gateKeyId),
    compressorKeyId: cleanId(track.compressorKeyId),
    automationMode: automationModes.includes(track.automationMode) ? track.automationMode : 'read',
    sectionPresets: normalisePresets(track.sectionPresets),
    params: track.params,
    sends: track.sends,
    inserts: track.inserts,
    lanes: track.lanes,
    clips: track.clips,
  };
}

export function paramValue<ParamId extends string>(
  ranges: ReadonlyMap<ParamId, ParamRange>,
  id: ParamId,
  value: number | undefined,
): number {
  const range = ranges.get(id);
  if (!range) throw new PatchError(`There is no parameter “${id}”.`);
  return clampParam(range, value ?? range.default);
}

export function requireNew(id: Id, isTaken: (id: Id) => boolean): void {
  if (!idSchema.safeParse(id).success || id === masterId || id === masteringId) {
    throw new PatchError(`“${id}” can't be an id.`);
  }
  if (isTaken(id)) throw new PatchError(`The id “${id}” is taken.`);
}

/** Infinities are clamped like any number too large; NaN has no place to be clamped to. */
export function requireNumbers(value: unknown): void {
  if (typeof value === 'number') {
    if (Number.isNaN(value)) throw new PatchError('A patch holds a value that is not a number.');
  } else if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) requireNumbers(part);
  }
}
