import { maxSends } from '../model/channelPatches';
import { type MakeId, newId } from '../model/ids';
import { Wiring } from '../model/routing';
import { freshInsert, freshSend, freshTrack } from '../model/strip';
import type { DeviceId, Id, Patch, ProjectSnapshot, Send, SendFields, Track } from '../model/types';
import { masterId } from '../model/types';
import { findTrack, findTracks } from './find';
import { freeName } from './names';
import { moveTracks } from './tracks';

/** Whether a track may play into another, by output or send, without making a loop. */
export function canFeed(project: ProjectSnapshot, trackId: Id, toId: Id): boolean {
  if (!findTrack(project, trackId) || !findTrack(project, toId)) return false;
  return !new Wiring(project.tracks).wouldLoop(trackId, toId);
}

/** The tracks that all of these may play into, groups and returns first. */
export function possibleBuses(project: ProjectSnapshot, trackIds: readonly Id[]): Track[] {
  const wiring = new Wiring(project.tracks);
  const free = project.tracks.filter(({ id }) => trackIds.every((trackId) => !wiring.wouldLoop(trackId, id)));
  return [...free.filter(({ role }) => role !== 'track'), ...free.filter(({ role }) => role === 'track')];
}

/** null: the master. Those that would make a loop stay as they are. */
export function setOutput(
  project: ProjectSnapshot,
  { trackIds, outputId }: { readonly trackIds: readonly Id[]; readonly outputId: Id | null },
): Patch[] {
  return findTracks(project, trackIds)
    .filter(({ id }) => outputId === null || canFeed(project, id, outputId))
    .filter((track) => track.outputId !== outputId)
    .map(({ id }) => ({ op: 'track.set', trackId: id, fields: { outputId } }));
}

/**
 * A group after the last of the tracks, which play into it. It plays into what all of them played into, or else into
 * the master.
 */
export function addGroup(
  project: ProjectSnapshot,
  { trackIds, name = 'Group' }: { readonly trackIds: readonly Id[]; readonly name?: string },
  makeId: MakeId = newId,
): Patch[] {
  const members = findTracks(project, trackIds);
  const last = members.at(-1);
  const outputs = new Set(members.map(({ outputId }) => outputId));
  const [shared = null] = outputs.size === 1 ? outputs : [];
  const kinds = new Set(members.map(({ kind }) => kind));
  const [kind = 'other'] = kinds.size === 1 ? kinds : [];
  const group = freshTrack({
    id: makeId(),
    name: freeName(
      name,
      project.tracks.map((track) => track.name),
    ),
    kind,
    colour: members[0]?.colour ?? 'slate',
    role: 'group',
    outputId: shared !== null && !trackIds.includes(shared) ? shared : null,
  });
  const index = last ? project.tracks.indexOf(last) + 1 : project.tracks.length;
  const inside = new Set(members.map(({ id }) => id));
  return [
    { op: 'track.add', track: group, index },
    // A member that plays into another member stays there: it comes along with it.
    ...members
      .filter(({ outputId }) => outputId === null || !inside.has(outputId))
      .map(({ id }): Patch => ({ op: 'track.set', trackId: id, fields: { outputId: group.id } })),
  ];
}

/** Takes groups away; what played into them plays into what they played into. */
export function ungroup(
  project: ProjectSnapshot,
  { trackIds }: { readonly trackIds: readonly Id[] },
): Patch[] {
  return findTracks(project, trackIds)
    .filter(({ role }) => role === 'group')
    .map(({ id }) => ({ op: 'track.remove', trackId: id }));
}

/** Makes the tracks members of a group and puts them before it. */
export function moveIntoGroup(
  project: ProjectSnapshot,
  { trackIds, groupId }: { readonly trackIds: readonly Id[]; readonly groupId: Id },
): Patch[] {
  const free = trackIds.filter((id) => canFeed(project, id, groupId));
  const index = project.tracks.findIndex(({ id }) => id === groupId);
  return [
    ...moveTracks(project, { trackIds: free, index }),
    ...setOutput(project, { trackIds: free, outputId: groupId }),
  ];
}

/**
 * A return at the end, with a device that makes nothing but effect: `mix`, where the device has it, is all the way up.
 * The tracks get a send to it.
 */
export function addReturn(
  project: ProjectSnapshot,
  {
    device,
    name,
    params = {},
    trackIds = [],
    gainDb = 0,
  }: {
    readonly device?: DeviceId;
    readonly name: string;
    readonly params?: Readonly<Record<string, number>>;
    readonly trackIds?: readonly Id[];
    readonly gainDb?: number;
  },
  makeId: MakeId = newId,
): Patch[] {
  const inserts = device ? [freshInsert(makeId(), device)] : [];
  const taken = project.tracks.map((track) => track.name);
  const bus = freshTrack({
    id: makeId(),
    name: freeName(name, taken),
    kind: 'effects',
    colour: 'slate',
    role: 'return',
    inserts: inserts.map((insert) => ({
      ...insert,
      params: {
        ...insert.params,
        ...(Object.hasOwn(insert.params, 'mix') ? { mix: 100 } : {}),
        ...params,
      },
    })),
  });
  return [
    { op: 'track.add', track: bus, index: project.tracks.length },
    ...findTracks(project, trackIds)
      .filter(({ sends }) => sends.length < maxSends)
      .map(
        (track): Patch => ({
          op: 'send.add',
          trackId: track.id,
          send: freshSend(makeId(), bus.id, { gainDb }),
          index: track.sends.length,
        }),
      ),
  ];
}

/** One each, at the end of their sends; not where there is one already, nor where it would make a loop. */
export function addSend(
  project: ProjectSnapshot,
  {
    trackIds,
    toId,
    fields = {},
  }: { readonly trackIds: readonly Id[]; readonly toId: Id; readonly fields?: SendFields },
  makeId: MakeId = newId,
): Patch[] {
  return findTracks(project, trackIds)
    .filter(({ id, sends }) => canFeed(project, id, toId) && sends.length < maxSends)
    .filter(({ sends }) => !sends.some((send) => send.toId === toId))
    .map((track) => ({
      op: 'send.add',
      trackId: track.id,
      send: freshSend(makeId(), toId, fields),
      index: track.sends.length,
    }));
}

interface SendPlace {
  readonly trackId: Id;
  readonly sendId: Id;
}

export function findSend(project: ProjectSnapshot, { trackId, sendId }: SendPlace): Send | null {
  return findTrack(project, trackId)?.sends.find(({ id }) => id === sendId) ?? null;
}

export function removeSend(project: ProjectSnapshot, place: SendPlace): Patch[] {
  const { trackId, sendId } = place;
  return findSend(project, place) ? [{ op: 'send.remove', trackId, sendId }] : [];
}

const setSend = (project: ProjectSnapshot, { trackId, sendId }: SendPlace, fields: SendFields): Patch[] =>
  findSend(project, { trackId, sendId }) ? [{ op: 'send.set', trackId, sendId, fields }] : [];

export const setSendGain = (
  project: ProjectSnapshot,
  { gainDb, ...place }: SendPlace & { readonly gainDb: number },
): Patch[] => setSend(project, place, { gainDb });

export const setSendPan = (
  project: ProjectSnapshot,
  { pan, ...place }: SendPlace & { readonly pan: number },
): Patch[] => setSend(project, place, { pan });

/** Before the fader, or after it. */
export const setSendPre = (
  project: ProjectSnapshot,
  { pre, ...place }: SendPlace & { readonly pre: boolean },
): Patch[] => setSend(project, place, { pre });

export const setSendOn = (
  project: ProjectSnapshot,
  { on, ...place }: SendPlace & { readonly on: boolean },
): Patch[] => setSend(project, place, { on });

/** To another bus; nothing where that would make a loop. */
export const setSendTo = (
  project: ProjectSnapshot,
  { toId, ...place }: SendPlace & { readonly toId: Id },
): Patch[] => (canFeed(project, place.trackId, toId) ? setSend(project, place, { toId }) : []);

export function moveSend(
  project: ProjectSnapshot,
  { trackId, sendId, index }: SendPlace & { readonly index: number },
): Patch[] {
  return findSend(project, { trackId, sendId }) ? [{ op: 'send.move', trackId, sendId, index }] : [];
}

/** The track that steers a strip's gate or compressor; null: its own sound does. Nothing where that would make a loop. */
export function setKey(
  project: ProjectSnapshot,
  {
    trackId,
    section,
    keyId,
  }: { readonly trackId: Id; readonly section: 'gate' | 'compressor'; readonly keyId: Id | null },
): Patch[] {
  if (trackId === masterId || !findTrack(project, trackId)) return [];
  if (keyId !== null && !canFeed(project, keyId, trackId)) return [];
  const fields = section === 'gate' ? { gateKeyId: keyId } : { compressorKeyId: keyId };
  return [{ op: 'track.set', trackId, fields }];
}

/** Their faders move together from now on, each by as many decibels. */
export function linkFaders(
  project: ProjectSnapshot,
  { trackIds }: { readonly trackIds: readonly Id[] },
  makeId: MakeId = newId,
): Patch[] {
  const tracks = findTracks(project, trackIds);
  if (tracks.length < 2) return [];
  const linkId = makeId();
  return tracks.map(({ id }) => ({ op: 'track.set', trackId: id, fields: { linkId } }));
}

/** Takes them out of their links; a link of which one track is left ends. */
export function unlinkFaders(
  project: ProjectSnapshot,
  { trackIds }: { readonly trackIds: readonly Id[] },
): Patch[] {
  const leaving = new Set(findTracks(project, trackIds).filter(({ linkId }) => linkId !== null));
  const left = (linkId: string): Track[] =>
    project.tracks.filter((track) => track.linkId === linkId && !leaving.has(track));
  for (const track of [...leaving]) {
    const rest = left(track.linkId as string);
    if (rest.length === 1) leaving.add(rest[0] as Track);
  }
  return project.tracks
    .filter((track) => leaving.has(track))
    .map(({ id }) => ({ op: 'track.set', trackId: id, fields: { linkId: null } }));
}
