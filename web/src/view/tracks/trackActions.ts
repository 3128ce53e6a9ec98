import type { Studio } from '../../bridge/studioTypes';
import { setOutput } from '../../commands/routing';
import { toggleMute as toggleMuteOf, toggleSolo as toggleSoloOf } from '../../commands/strips';
import {
  addEmptyTrack,
  deleteTracks as deleteTracksOf,
  duplicateTracks as duplicateTracksOf,
  moveTracks,
  recolourTracks,
  renameTrack,
} from '../../commands/tracks';
import type { Id, Patch, ProjectSnapshot, StripParamId, Track, TrackColour } from '../../model/types';
import { leadTrackId, selectedTrackIds, selectTracks } from '../state/selection';
import { createHands } from './automation/hands';
import { createStripControls, heardProject, stripWrites } from './automation/stripControls';

const several = (ids: readonly Id[], one: string, many = `${one}s`): string =>
  ids.length === 1 ? one : many;

/** The selected tracks when this one is among them, and for faders those that are linked to it. */
function movedWith(project: ProjectSnapshot, trackId: Id, param: StripParamId): readonly Id[] {
  const selected = selectedTrackIds().includes(trackId) ? selectedTrackIds() : [trackId];
  if (param !== 'volumeDb') return selected;
  const links = new Set(
    project.tracks
      .filter(({ id, linkId }) => linkId !== null && selected.includes(id))
      .map(({ linkId }) => linkId),
  );
  const linked = project.tracks.filter(({ linkId }) => linkId !== null && links.has(linkId));
  return [...new Set([...selected, ...linked.map(({ id }) => id)])];
}

/** The controls of one track: a hand on one takes those of the other selected tracks along. */
export const createTrackControls = (studio: Studio, track: () => Track) =>
  createStripControls(studio, track, movedWith);

export function toggleMute(studio: Studio, trackIds: readonly Id[]): void {
  const heard = heardProject(studio, trackIds, 'mute');
  createHands(studio).commit('Mute', stripWrites(heard, toggleMuteOf(heard, { trackIds })));
}

/** `exclusive`: these alone. */
export function toggleSolo(studio: Studio, trackIds: readonly Id[], exclusive = false): void {
  studio.doc.commit('Solo', toggleSoloOf(studio.project(), { trackIds, exclusive }));
}

export function renameTrackTo(studio: Studio, trackId: Id, name: string): void {
  studio.doc.commit('Rename track', renameTrack(studio.project(), { trackId, name }));
}

export function colourTracks(studio: Studio, trackIds: readonly Id[], colour: TrackColour): void {
  studio.doc.commit('Track colour', recolourTracks(studio.project(), { trackIds, colour }));
}

/** Before the track that is now at `index`. */
export function moveTracksTo(studio: Studio, trackIds: readonly Id[], index: number): void {
  const patches = moveTracks(studio.project(), { trackIds, index });
  if (patches.length > 0) studio.doc.commit(several(trackIds, 'Move track'), patches);
}

/** The tracks play into a bus; those that would make a loop stay as they are. */
export function playInto(studio: Studio, trackIds: readonly Id[], busId: Id): void {
  const project = studio.project();
  const patches = setOutput(project, { trackIds, outputId: busId });
  const name = project.tracks.find(({ id }) => id === busId)?.name ?? 'bus';
  if (patches.length > 0) studio.doc.commit(`Output to ${name}`, patches);
}

const addedIds = (patches: readonly Patch[]): Id[] =>
  patches.flatMap((patch) => (patch.op === 'track.add' ? [patch.track.id] : []));

/** Below the selected track, else at the end; the new track is selected. */
export function addTrack(studio: Studio): void {
  const project = studio.project();
  const lead = project.tracks.findIndex((track) => track.id === leadTrackId());
  const patches = addEmptyTrack(project, lead === -1 ? {} : { index: lead + 1 });
  studio.doc.commit('Add track', patches);
  selectTracks(addedIds(patches));
}

export function duplicateTracks(studio: Studio, trackIds: readonly Id[]): void {
  const patches = duplicateTracksOf(studio.project(), { trackIds });
  if (patches.length === 0) return;
  studio.doc.commit(several(trackIds, 'Duplicate track'), patches);
  selectTracks(addedIds(patches));
}

/** The track that follows is selected. */
export function deleteTracks(studio: Studio, trackIds: readonly Id[]): void {
  const { tracks } = studio.project();
  const gone = new Set(trackIds);
  const last = tracks.findLastIndex((track) => gone.has(track.id));
  if (last === -1) return;
  const rest = tracks.filter((track) => !gone.has(track.id));
  const next = tracks.slice(last + 1).find((track) => !gone.has(track.id)) ?? rest.at(-1);
  studio.doc.commit(several(trackIds, 'Delete track'), deleteTracksOf(studio.project(), { trackIds }));
  selectTracks(next ? [next.id] : []);
}

/** The selected tracks when this one is among them, else this one. */
export const withSelection = (trackId: Id): readonly Id[] =>
  selectedTrackIds().includes(trackId) ? selectedTrackIds() : [trackId];
