import type { Studio } from '../../bridge/studioTypes';
import { freeName } from '../../commands/names';
import { newId } from '../../model/ids';
import { freshTrack } from '../../model/strip';
import type { Id, Patch, Track } from '../../model/types';
import { additionOf } from '../devices/deviceActions';
import { type PresetText, resolvePreset } from '../devices/presets/preset';
import { delayPresets, reverbPresets } from '../devices/presets/space';
import { selectTracks } from '../state/selection';

const taken = (studio: Studio): string[] => studio.project().tracks.map(({ name }) => name);

/** The colour most of the members have. */
function commonColour(tracks: readonly Track[]): Track['colour'] {
  const counts = new Map<Track['colour'], number>();
  for (const { colour } of tracks) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 'slate';
}

const names: Partial<Record<Track['kind'], string>> = {
  drums: 'Drum bus',
  percussion: 'Percussion bus',
  bass: 'Bass bus',
  keys: 'Keys bus',
  guitar: 'Guitar bus',
  synth: 'Synth bus',
  voice: 'Vocal bus',
  backing: 'Backing bus',
};

function groupName(tracks: readonly Track[]): string {
  const kinds = new Set(tracks.map(({ kind }) => kind));
  if ([...kinds].every((kind) => kind === 'drums' || kind === 'percussion')) return 'Drum bus';
  if ([...kinds].every((kind) => kind === 'voice' || kind === 'backing')) return 'Vocal bus';
  return (kinds.size === 1 && tracks[0] && names[tracks[0].kind]) || 'Group';
}

/** A new bus that the tracks play into; it plays where they all did, else into the master. */
export function groupTracks(studio: Studio, trackIds: readonly Id[]): void {
  const project = studio.project();
  const members = project.tracks.filter(({ id, role }) => trackIds.includes(id) && role !== 'return');
  const first = members[0];
  if (!first) return;
  const outputId = members.every((track) => track.outputId === first.outputId) ? first.outputId : null;
  const group = freshTrack({
    id: newId(),
    name: freeName(groupName(members), taken(studio)),
    colour: commonColour(members),
    kind: first.kind,
    role: 'group',
    outputId,
  });
  const patches: Patch[] = [
    { op: 'track.add', track: group, index: project.tracks.indexOf(first) },
    ...members.map(({ id }): Patch => ({ op: 'track.set', trackId: id, fields: { outputId: group.id } })),
  ];
  studio.doc.commit('Group tracks', patches);
  selectTracks([group.id]);
}

/** The members play where the group did, and the group goes. */
export function ungroup(studio: Studio, groupId: Id): void {
  const { tracks } = studio.project();
  const group = tracks.find(({ id }) => id === groupId);
  if (group?.role !== 'group') return;
  const members = tracks.filter(({ outputId }) => outputId === groupId).map(({ id }) => id);
  studio.doc.commit('Ungroup', [
    ...members.map((trackId): Patch => ({ op: 'track.set', trackId, fields: { outputId: group.outputId } })),
    { op: 'track.remove', trackId: groupId },
  ]);
  selectTracks(members);
}

export type ReturnKind = 'empty' | 'reverb' | 'delay';

/** How the effect of a new return begins. */
const returnPresets = { reverb: reverbPresets[0] as PresetText, delay: delayPresets[0] as PresetText };

/** A bus for sends, with its effect fully wet. */
export function addReturn(studio: Studio, kind: ReturnKind): void {
  const project = studio.project();
  const name = { empty: 'Return', reverb: 'Reverb', delay: 'Delay' }[kind];
  const bus = freshTrack({
    id: newId(),
    name: freeName(name, taken(studio)),
    colour: 'slate',
    kind: 'effects',
    role: 'return',
  });
  const start = kind === 'empty' ? null : resolvePreset(kind, returnPresets[kind]);
  const effect = start && additionOf(project, bus.id, kind, 0, start.values, start.name);
  const patches: Patch[] = [
    { op: 'track.add', track: bus, index: project.tracks.length },
    ...(effect?.patches ?? []),
  ];
  if (effect)
    patches.push({ op: 'insert.param', ownerId: bus.id, insertId: effect.key, param: 'mix', value: 100 });
  studio.doc.commit(kind === 'empty' ? 'Add return' : `Add return: ${name.toLowerCase()}`, patches);
  selectTracks([bus.id]);
}

/** Faders of these tracks move together, as far apart as they are now; or each on its own again. */
export function linkFaders(studio: Studio, trackIds: readonly Id[], linked: boolean): void {
  const linkId = linked ? newId() : null;
  studio.doc.commit(
    linked ? 'Link faders' : 'Unlink faders',
    trackIds.map((trackId): Patch => ({ op: 'track.set', trackId, fields: { linkId } })),
  );
}
