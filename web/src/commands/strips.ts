import { clampParam, defaultMasterParams, defaultStripParams, stripRanges } from '../model/params';
import type { Id, MasterParamId, Patch, ProjectSnapshot, StripParamId, Track } from '../model/types';
import { findTrack, findTracks } from './find';

export function setTrackParam(
  project: ProjectSnapshot,
  { trackId, param, value }: { readonly trackId: Id; readonly param: StripParamId; readonly value: number },
): Patch[] {
  const track = findTrack(project, trackId);
  if (!track) return [];
  if (param === 'volumeDb' && track.linkId !== null) {
    return setLinkedParam(project, { trackId, param, value, trackIds: [trackId] });
  }
  return [{ op: 'track.param', trackId, param, value }];
}

export interface LinkedParam {
  /** The track under the hand. */
  readonly trackId: Id;
  readonly param: StripParamId;
  readonly value: number;
  /** The selection. The track under the hand takes the others along when it is one of them. */
  readonly trackIds: readonly Id[];
}

/**
 * Moves one value and those of the other selected tracks by as much, as far as each can go; a fader also takes those along
 * that it is linked with, and those that the selected ones are. Faders that are all the way
 * down stay down. Compute each step of a drag from the snapshot of its beginning, then the differences survive the ends.
 */
export function setLinkedParam(
  project: ProjectSnapshot,
  { trackId, param, value, trackIds }: LinkedParam,
): Patch[] {
  const hand = findTrack(project, trackId);
  const range = stripRanges.get(param);
  if (!hand || !range) return [];
  const selected = trackIds.includes(trackId) ? trackIds : [trackId];
  const moving = param === 'volumeDb' ? withLinked(project, selected) : findTracks(project, selected);
  const target = clampParam(range, value);
  const difference = target - hand.params[param];
  return moving.map((track): Patch => {
    const from = track.params[param];
    const stays = track !== hand && param === 'volumeDb' && from <= range.min;
    const to = track === hand || range.whole ? target : stays ? from : from + difference;
    return { op: 'track.param', trackId: track.id, param, value: to };
  });
}

/** The tracks and all whose faders are linked with one of theirs. */
function withLinked(project: ProjectSnapshot, trackIds: readonly Id[]): Track[] {
  const links = new Set(findTracks(project, trackIds).map(({ linkId }) => linkId));
  links.delete(null);
  return project.tracks.filter(({ id, linkId }) => trackIds.includes(id) || links.has(linkId));
}

export function resetTrackParam(
  project: ProjectSnapshot,
  { trackIds, param }: { readonly trackIds: readonly Id[]; readonly param: StripParamId },
): Patch[] {
  return setAll(findTracks(project, trackIds), param, defaultStripParams[param]);
}

export function setMasterParam(
  _project: ProjectSnapshot,
  { param, value }: { readonly param: MasterParamId; readonly value: number },
): Patch[] {
  return [{ op: 'master.param', param, value }];
}

export function resetMasterParam(
  _project: ProjectSnapshot,
  { param }: { readonly param: MasterParamId },
): Patch[] {
  return [{ op: 'master.param', param, value: defaultMasterParams[param] }];
}

type Switch = 'mute' | 'solo' | 'soloSafe' | 'polarity';

/** On for all where it is off for one, else off for all. */
export function toggleSwitch(
  project: ProjectSnapshot,
  { trackIds, param }: { readonly trackIds: readonly Id[]; readonly param: Switch },
): Patch[] {
  const tracks = findTracks(project, trackIds);
  return setAll(tracks, param, tracks.some((track) => track.params[param] === 0) ? 1 : 0);
}

export function toggleMute(
  project: ProjectSnapshot,
  { trackIds }: { readonly trackIds: readonly Id[] },
): Patch[] {
  return toggleSwitch(project, { trackIds, param: 'mute' });
}

/** `exclusive`: these and no others; where that is so already, none. */
export function toggleSolo(
  project: ProjectSnapshot,
  { trackIds, exclusive = false }: { readonly trackIds: readonly Id[]; readonly exclusive?: boolean },
): Patch[] {
  if (!exclusive) return toggleSwitch(project, { trackIds, param: 'solo' });
  const wanted = new Set(findTracks(project, trackIds));
  if (wanted.size === 0) return [];
  const alone = project.tracks.every((track) => (track.params.solo !== 0) === wanted.has(track));
  return project.tracks
    .map((track) => ({ track, value: !alone && wanted.has(track) ? 1 : 0 }))
    .filter(({ track, value }) => track.params.solo !== value)
    .map(({ track, value }) => ({ op: 'track.param', trackId: track.id, param: 'solo', value }));
}

export function clearSolo(project: ProjectSnapshot): Patch[] {
  return setAll(project.tracks, 'solo', 0);
}

export function clearMute(project: ProjectSnapshot): Patch[] {
  return setAll(project.tracks, 'mute', 0);
}

function setAll(tracks: readonly Track[], param: StripParamId, value: number): Patch[] {
  return tracks
    .filter((track) => track.params[param] !== value)
    .map((track) => ({ op: 'track.param', trackId: track.id, param, value }));
}
