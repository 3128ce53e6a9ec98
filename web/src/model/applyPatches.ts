import { soundLanes } from './automation';
import { applyChannelPatch, type Channel, given } from './channelPatches';
import { keepEqual } from './equal';
import { applyMasteringPatch } from './masteringPatches';
import {
  byStart,
  cleanName,
  normaliseClip,
  normaliseLoop,
  normaliseMarker,
  normaliseSampleRate,
  normaliseTempo,
} from './normalise';
import { normaliseTempoChanges } from './normaliseChannel';
import { masterRanges, stripRanges } from './params';
import { normaliseHead, paramValue, requireNew, requireNumbers } from './patchChecks';
import { PatchError, RoutingLoopError } from './patchError';
import { findLoop, soundMaster, soundMastering, withoutDangling } from './routing';
import { parseSource } from './schema';
import type { ChannelPatch, Clip, Id, Marker, Patch, ProjectSnapshot, Track } from './types';
import { automationModes, fadeCurves, masterId, masteringId } from './types';

export { PatchError, RoutingLoopError } from './patchError';

/**
 * The snapshot after the patches, one after the other. Numbers are rounded and clamped into what the document allows; what
 * a patch changes may have gone meanwhile, then the patch does nothing; what goes to a track that has gone goes to the
 * master, sends and keys of it end. Throws a PatchError for NaN, for an id that is taken or misspelt, and for a clip
 * whose source is not there; a RoutingLoopError where tracks would feed themselves once all patches are applied.
 * Returns the same object where nothing changes.
 */
export function applyPatches(snapshot: ProjectSnapshot, patches: readonly Patch[]): ProjectSnapshot {
  const draft = new Draft(snapshot);
  for (const patch of patches) draft.apply(patch);
  return draft.finish();
}

class Draft {
  #project: ProjectSnapshot;
  readonly #tracks: Track[];
  #tracksTouched = false;
  #sourcesGone = false;
  /** Clips of the tracks whose clips are being changed. */
  readonly #clips = new Map<Id, Map<Id, Clip>>();
  /** Where each clip is; made when it is first needed. */
  #trackOfClip: Map<Id, Id> | null = null;

  constructor(snapshot: ProjectSnapshot) {
    this.#project = snapshot;
    this.#tracks = [...snapshot.tracks];
  }

  apply(patch: Patch): void {
    requireNumbers(patch);
    switch (patch.op) {
      case 'project.set':
        this.#setProject(patch.fields);
        break;
      case 'track.add':
        this.#addTrack(patch.track, patch.index);
        break;
      case 'track.remove':
        this.#removeTrack(patch.trackId);
        break;
      case 'track.move':
        this.#moveTrack(patch.trackId, patch.index);
        break;
      case 'track.set':
        this.#changeTrack(patch.trackId, (track) => normaliseHead({ ...track, ...given(patch.fields) }));
        break;
      case 'track.param':
        this.#changeTrack(patch.trackId, (track) => ({
          ...track,
          params: { ...track.params, [patch.param]: paramValue(stripRanges, patch.param, patch.value) },
        }));
        break;
      case 'clip.add':
        this.#addClip(patch.trackId, patch.clip);
        break;
      case 'clip.remove':
        if (this.#clipsOf(patch.trackId)?.delete(patch.clipId)) this.#places().delete(patch.clipId);
        break;
      case 'clip.set':
        this.#setClip(patch.trackId, patch.clipId, given(patch.fields));
        break;
      case 'clip.retrack':
        this.#retrackClip(patch.trackId, patch.clipId, patch.toTrackId);
        break;
      case 'source.add':
        this.#addSource(patch.source);
        break;
      case 'source.remove':
        this.#removeSource(patch.sourceId);
        break;
      case 'master.param':
        this.#set('master', {
          ...this.#project.master,
          params: {
            ...this.#project.master.params,
            [patch.param]: paramValue(masterRanges, patch.param, patch.value),
          },
        });
        break;
      case 'master.set':
        if (automationModes.includes(patch.fields.automationMode ?? 'read')) {
          this.#set('master', { ...this.#project.master, ...given(patch.fields) });
        }
        break;
      case 'mastering.set':
      case 'reference.add':
      case 'reference.remove':
      case 'reference.set':
        this.#set('mastering', applyMasteringPatch(this.#project, patch));
        break;
      case 'tempo.set':
        this.#set('tempoChanges', normaliseTempoChanges(patch.changes));
        break;
      case 'marker.add':
        requireNew(patch.marker.id, (id) => this.#project.markers.some((marker) => marker.id === id));
        this.#setMarkers([...this.#project.markers, normaliseMarker(patch.marker)]);
        break;
      case 'marker.remove':
        this.#setMarkers(this.#project.markers.filter(({ id }) => id !== patch.markerId));
        break;
      case 'marker.set':
        this.#setMarkers(
          this.#project.markers.map((marker) =>
            marker.id === patch.markerId ? normaliseMarker({ ...marker, ...given(patch.fields) }) : marker,
          ),
        );
        break;
      default:
        this.#changeChannel(patch);
    }
  }

  finish(): ProjectSnapshot {
    for (const [trackId, clips] of this.#clips) {
      const place = this.#tracks.findIndex(({ id }) => id === trackId);
      const track = this.#tracks[place];
      if (!track) continue;
      const sorted = keepEqual(track.clips, [...clips.values()].sort(byStart));
      if (sorted === track.clips) continue;
      this.#tracks[place] = { ...track, clips: sorted };
      this.#tracksTouched = true;
    }
    if (this.#tracksTouched || this.#sourcesGone) this.#finishRouting();
    return this.#project;
  }

  #finishRouting(): void {
    const { sources } = this.#project;
    const tracks = withoutDangling(this.#tracks, sources);
    const loop = findLoop(tracks);
    if (loop) {
      const names = new Map(tracks.map(({ id, name }) => [id, name]));
      throw new RoutingLoopError(loop.map((id) => names.get(id) ?? id));
    }
    this.#set('tracks', tracks);
    this.#set('master', soundMaster(this.#project.master, tracks, sources));
    this.#set('mastering', soundMastering(this.#project.mastering, sources));
  }

  #changeChannel(patch: ChannelPatch): void {
    const ownerId = 'ownerId' in patch ? patch.ownerId : patch.trackId;
    if (patch.op === 'send.add') this.#requireNewPart('sends', patch.send.id);
    else if (patch.op === 'insert.add') this.#requireNewPart('inserts', patch.insert.id);
    else if (patch.op === 'lane.add') this.#requireNewPart('lanes', patch.lane.id);
    if (ownerId === masterId) {
      const { inserts, lanes } = changedChannel(masterId, { ...this.#project.master, sends: [] }, patch);
      this.#set('master', { ...this.#project.master, inserts, lanes });
      this.#tracksTouched = true;
      return;
    }
    if (ownerId === masteringId) {
      const { mastering } = this.#project;
      const { inserts, lanes } = changedChannel(masteringId, { ...mastering, sends: [] }, patch);
      this.#set('mastering', { ...mastering, inserts, lanes });
      this.#tracksTouched = true;
      return;
    }
    this.#changeTrack(ownerId, (track) => ({ ...track, ...changedChannel(ownerId, track, patch) }));
  }

  #requireNewPart(part: 'sends' | 'inserts' | 'lanes', id: Id): void {
    const has = (channel: Pick<Channel, 'inserts' | 'lanes'> & Partial<Channel>): boolean =>
      (channel[part] ?? []).some((item) => item.id === id);
    requireNew(id, () => [...this.#tracks, this.#project.master, this.#project.mastering].some(has));
  }

  #set<Key extends keyof ProjectSnapshot>(key: Key, value: ProjectSnapshot[Key]): void {
    const old = this.#project[key];
    const kept = keepEqual(old, value);
    if (kept !== old) this.#project = { ...this.#project, [key]: kept };
  }

  #setProject(fields: Extract<Patch, { op: 'project.set' }>['fields']): void {
    if (fields.name !== undefined) this.#set('name', cleanName(fields.name, this.#project.name));
    if (fields.engineVersion !== undefined) this.#set('engineVersion', cleanName(fields.engineVersion, ''));
    if (fields.tempo) this.#set('tempo', normaliseTempo(fields.tempo));
    if (fields.loop) this.#set('loop', normaliseLoop(fields.loop));
    if (fields.sampleRateHz !== undefined) this.#setSampleRate(normaliseSampleRate(fields.sampleRateHz));
  }

  /** Only before there is audio, whose frames are counted at this rate. What is on the ruler and automation keep their times. */
  #setSampleRate(sampleRateHz: number): void {
    const { loop, markers, sampleRateHz: old, sources, tempoChanges } = this.#project;
    if (sampleRateHz === old) return;
    if (Object.keys(sources).length > 0)
      throw new PatchError('The sample rate of a project with audio is fixed.');
    const scaled = <T extends { startFrame: number; endFrame: number }>(range: T): T => ({
      ...range,
      startFrame: (range.startFrame * sampleRateHz) / old,
      endFrame: (range.endFrame * sampleRateHz) / old,
    });
    this.#set('sampleRateHz', sampleRateHz);
    this.#set('loop', normaliseLoop(scaled(loop)));
    this.#setMarkers(markers.map((marker) => normaliseMarker(scaled(marker))));
    const at = (frame: number): number => (frame * sampleRateHz) / old;
    const changes = tempoChanges.map((change) => ({ ...change, frame: at(change.frame) }));
    this.#set('tempoChanges', normaliseTempoChanges(changes));
    const ownerIds = [masterId, masteringId, ...this.#tracks.map(({ id }) => id)];
    for (const ownerId of ownerIds) this.#scaleLanes(ownerId, at);
  }

  #scaleLanes(ownerId: Id, at: (frame: number) => number): void {
    const { master, mastering } = this.#project;
    const busses = new Map<Id, Pick<Track, 'lanes'>>([
      [masterId, master],
      [masteringId, mastering],
    ]);
    const owner = busses.get(ownerId) ?? this.#tracks[this.#place(ownerId)];
    for (const { id: laneId, points } of owner?.lanes ?? []) {
      this.#changeChannel({
        op: 'points.set',
        ownerId,
        laneId,
        fromFrame: 0,
        toFrame: Number.POSITIVE_INFINITY,
        points: points.map((point) => ({ ...point, frame: at(point.frame) })),
      });
    }
  }

  #setMarkers(markers: Marker[]): void {
    this.#set('markers', markers.sort(byStart));
  }

  #place(trackId: Id): number {
    return this.#tracks.findIndex(({ id }) => id === trackId);
  }

  #changeTrack(trackId: Id, change: (track: Track) => Track): void {
    const place = this.#place(trackId);
    const track = this.#tracks[place];
    if (!track) return;
    const changed = keepEqual(track, change(track));
    if (changed === track) return;
    const params = keepEqual(track.params, changed.params);
    const sectionPresets = keepEqual(track.sectionPresets, changed.sectionPresets);
    this.#tracks[place] = { ...changed, params, sectionPresets, clips: track.clips };
    this.#tracksTouched = true;
  }

  #addTrack(track: Track, index: number): void {
    requireNew(track.id, (id) => this.#place(id) >= 0);
    const params = { ...track.params };
    for (const id of stripRanges.keys()) params[id] = paramValue(stripRanges, id, track.params[id]);
    const bare = { ...track, params, sends: [], inserts: [], lanes: [], clips: [] };
    this.#tracks.splice(Math.max(0, index), 0, normaliseHead(bare));
    this.#tracksTouched = true;
    const { id } = track;
    const end = Number.POSITIVE_INFINITY;
    for (const send of track.sends) this.#changeChannel({ op: 'send.add', trackId: id, send, index: end });
    for (const insert of track.inserts) {
      this.#changeChannel({ op: 'insert.add', ownerId: id, insert, index: end });
    }
    for (const lane of track.lanes) this.#changeChannel({ op: 'lane.add', ownerId: id, lane });
    for (const clip of track.clips) this.#addClip(id, clip);
  }

  /** What played into it plays into what it played into. */
  #removeTrack(trackId: Id): void {
    const place = this.#place(trackId);
    const gone = this.#tracks[place];
    if (!gone) return;
    for (const { id, outputId } of [...this.#tracks]) {
      if (outputId === trackId) this.#changeTrack(id, (track) => ({ ...track, outputId: gone.outputId }));
    }
    for (const clipId of this.#clipsOf(trackId)?.keys() ?? []) this.#places().delete(clipId);
    this.#clips.delete(trackId);
    this.#tracks.splice(place, 1);
    this.#tracksTouched = true;
  }

  #moveTrack(trackId: Id, index: number): void {
    const place = this.#place(trackId);
    const target = Math.min(Math.max(0, index), this.#tracks.length - 1);
    if (place < 0 || place === target) return;
    this.#tracks.splice(target, 0, ...this.#tracks.splice(place, 1));
    this.#tracksTouched = true;
  }

  #clipsOf(trackId: Id): Map<Id, Clip> | null {
    const touched = this.#clips.get(trackId);
    if (touched) return touched;
    const track = this.#tracks[this.#place(trackId)];
    if (!track) return null;
    const clips = new Map(track.clips.map((clip) => [clip.id, clip]));
    this.#clips.set(trackId, clips);
    return clips;
  }

  #places(): Map<Id, Id> {
    if (!this.#trackOfClip) {
      this.#trackOfClip = new Map();
      for (const track of this.#tracks) {
        for (const id of this.#clips.get(track.id)?.keys() ?? track.clips.map((clip) => clip.id)) {
          this.#trackOfClip.set(id, track.id);
        }
      }
    }
    return this.#trackOfClip;
  }

  #addClip(trackId: Id, clip: Clip): void {
    requireNew(clip.id, (id) => this.#places().has(id));
    const clips = this.#clipsOf(trackId);
    if (!clips) return;
    clips.set(clip.id, this.#checked(clip));
    this.#places().set(clip.id, trackId);
  }

  #setClip(trackId: Id, clipId: Id, fields: Partial<Clip>): void {
    const clips = this.#clipsOf(trackId);
    const clip = clips?.get(clipId);
    if (clips && clip) clips.set(clipId, keepEqual(clip, this.#checked({ ...clip, ...fields, id: clipId })));
  }

  #retrackClip(trackId: Id, clipId: Id, toTrackId: Id): void {
    const from = this.#clipsOf(trackId);
    const to = this.#clipsOf(toTrackId);
    const clip = from?.get(clipId);
    if (!from || !to || !clip) return;
    from.delete(clipId);
    to.set(clipId, clip);
    this.#places().set(clipId, toTrackId);
  }

  #checked(clip: Clip): Clip {
    const source = this.#project.sources[clip.sourceId];
    if (!source) throw new PatchError(`Clip “${clip.name}” plays a source that the project does not have.`);
    if (!fadeCurves.includes(clip.fadeInCurve) || !fadeCurves.includes(clip.fadeOutCurve)) {
      throw new PatchError(`There is no fade curve “${clip.fadeInCurve}” or “${clip.fadeOutCurve}”.`);
    }
    return normaliseClip(clip, source.frames);
  }

  /** A source that is there already stays as it is: its id is the hash of what it holds. */
  #addSource(source: Extract<Patch, { op: 'source.add' }>['source']): void {
    if (this.#project.sources[source.id]) return;
    const { id, ...facts } = source;
    const checked = parseSource(id, facts);
    if (!checked) throw new PatchError(`The facts about “${source.name}” are not complete.`);
    this.#set('sources', { ...this.#project.sources, [id]: checked });
  }

  #removeSource(sourceId: string): void {
    if (!this.#project.sources[sourceId]) return;
    for (const { id } of this.#tracks) {
      const clips = this.#clipsOf(id);
      for (const clip of [...(clips?.values() ?? [])]) {
        if (clip.sourceId !== sourceId) continue;
        clips?.delete(clip.id);
        this.#places().delete(clip.id);
      }
    }
    this.#sourcesGone = true;
    const { [sourceId]: _gone, ...sources } = this.#project.sources;
    this.#set('sources', sources);
  }
}

/** With the lanes whose target has gone taken along. */
function changedChannel(ownerId: Id, channel: Channel, patch: ChannelPatch): Channel {
  const fresh = applyChannelPatch(ownerId, channel, patch);
  const lanes = fresh === channel ? fresh.lanes : soundLanes(ownerId, fresh, fresh.lanes);
  const { sends, inserts } = fresh;
  return { sends, inserts, lanes };
}
