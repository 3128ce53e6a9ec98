import { keepEqual } from './equal';
import {
  byStart,
  cleanName,
  normaliseClip,
  normaliseLoop,
  normaliseMarker,
  normaliseSampleRate,
  normaliseTempo,
} from './normalise';
import { clampParam, masterRanges, type ParamRange, stripRanges } from './params';
import { idSchema } from './records';
import { parseSource } from './schema';
import type { Clip, Id, Marker, Patch, ProjectSnapshot, Track } from './types';
import { fadeCurves, trackColours, trackKinds } from './types';

/** A patch that no hand can have made: a mistake in the program that made it. Nothing of its list is applied. */
export class PatchError extends Error {
  override readonly name = 'PatchError';
}

/**
 * The snapshot after the patches, one after the other. Numbers are rounded and clamped into what the document allows; what
 * a patch changes may have gone meanwhile, then the patch does nothing. Throws a PatchError for NaN, for an id that is
 * taken or misspelt, and for a clip whose source is not there. Returns the same object where nothing changes.
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
          params: {
            ...this.#project.master.params,
            [patch.param]: paramValue(masterRanges, patch.param, patch.value),
          },
        });
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
    if (this.#tracksTouched) this.#set('tracks', this.#tracks);
    return this.#project;
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

  /** Only before there is audio, whose frames are counted at this rate. The loop and the markers keep their times. */
  #setSampleRate(sampleRateHz: number): void {
    const { loop, markers, sampleRateHz: old, sources } = this.#project;
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
    this.#tracks[place] = { ...changed, params: keepEqual(track.params, changed.params), clips: track.clips };
    this.#tracksTouched = true;
  }

  #addTrack(track: Track, index: number): void {
    requireNew(track.id, (id) => this.#place(id) >= 0);
    const params = { ...track.params };
    for (const id of stripRanges.keys()) params[id] = paramValue(stripRanges, id, track.params[id]);
    this.#tracks.splice(Math.max(0, index), 0, normaliseHead({ ...track, params, clips: [] }));
    this.#tracksTouched = true;
    for (const clip of track.clips) this.#addClip(track.id, clip);
  }

  #removeTrack(trackId: Id): void {
    const place = this.#place(trackId);
    if (place < 0) return;
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
    const { [sourceId]: _gone, ...sources } = this.#project.sources;
    this.#set('sources', sources);
  }
}

function normaliseHead(track: Track): Track {
  return {
    id: track.id,
    name: cleanName(track.name, 'Track'),
    colour: trackColours.includes(track.colour) ? track.colour : 'slate',
    kind: trackKinds.includes(track.kind) ? track.kind : 'other',
    params: track.params,
    clips: track.clips,
  };
}

/** A field that is there but undefined changes nothing. */
function given<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}

function paramValue<ParamId extends string>(
  ranges: ReadonlyMap<ParamId, ParamRange>,
  id: ParamId,
  value: number | undefined,
): number {
  const range = ranges.get(id);
  if (!range) throw new PatchError(`There is no parameter “${id}”.`);
  return clampParam(range, value ?? range.default);
}

function requireNew(id: Id, isTaken: (id: Id) => boolean): void {
  if (!idSchema.safeParse(id).success) throw new PatchError(`“${id}” can't be an id.`);
  if (isTaken(id)) throw new PatchError(`The id “${id}” is taken.`);
}

/** Infinities are clamped like any number too large; NaN has no place to be clamped to. */
function requireNumbers(value: unknown): void {
  if (typeof value === 'number') {
    if (Number.isNaN(value)) throw new PatchError('A patch holds a value that is not a number.');
  } else if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) requireNumbers(part);
  }
}
