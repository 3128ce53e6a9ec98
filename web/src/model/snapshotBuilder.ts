import { keepEqual, sameItems } from './equal';
import { byStart, normaliseClip } from './normalise';
import { type Collection, collections, type ProjectRecords, type RawRecord } from './records';
import {
  type ParsedClip,
  type ParsedTrack,
  type ProjectHead,
  parseClip,
  parseHead,
  parseMarker,
  parseMasterParams,
  parseSource,
  parseTrack,
} from './schema';
import type { AudioSource, Clip, Id, Marker, MasterParams, ProjectSnapshot, Track } from './types';
import { schemaVersion } from './types';

/** Where the builder finds records: a Yjs document or plain data. */
export interface RecordStore {
  get(collection: Collection, id: string): RawRecord | null;
  ids(collection: Collection): Iterable<string>;
  meta(): RawRecord;
  master(): RawRecord;
}

/** What was written since the last build. */
export interface Changes extends Readonly<Record<Collection, Set<string>>> {
  meta: boolean;
  master: boolean;
}

export function noChanges(): Changes {
  return {
    meta: false,
    master: false,
    tracks: new Set(),
    clips: new Set(),
    sources: new Set(),
    markers: new Set(),
  };
}

/**
 * Makes snapshots out of records, again and again, at the cost of what has changed. A clip is seen while its track and its
 * source are there, wherever the edits came from; when they come back, so does the clip.
 */
export class SnapshotBuilder {
  readonly #records: RecordStore;
  #head: ProjectHead;
  #masterParams: MasterParams;
  readonly #tracks = new Map<Id, ParsedTrack>();
  readonly #clips = new Map<Id, ParsedClip>();
  readonly #clipIdsByTrack = new Map<Id, Set<Id>>();
  readonly #sources = new Map<string, AudioSource>();
  readonly #markers = new Map<Id, Marker>();
  readonly #built = new Map<Id, Track>();
  #snapshot: ProjectSnapshot;

  constructor(records: RecordStore) {
    this.#records = records;
    this.#head = parseHead(records.meta());
    this.#masterParams = parseMasterParams(records.master());
    this.#snapshot = {
      schemaVersion,
      ...this.#head,
      tracks: [],
      sources: {},
      master: { params: this.#masterParams },
      markers: [],
    };
    const everything = noChanges();
    for (const collection of collections) {
      for (const id of records.ids(collection)) everything[collection].add(id);
    }
    this.update(everything);
  }

  get snapshot(): ProjectSnapshot {
    return this.#snapshot;
  }

  /** The ids of all clips that name this track, those that are not seen included. */
  clipIdsOf(trackId: Id): Iterable<Id> {
    return this.#clipIdsByTrack.get(trackId) ?? [];
  }

  /** The same object where nothing that is seen has changed. */
  update(changes: Changes): ProjectSnapshot {
    if (changes.meta) this.#head = withPartsOf(this.#head, parseHead(this.#records.meta()));
    if (changes.master)
      this.#masterParams = keepEqual(this.#masterParams, parseMasterParams(this.#records.master()));
    const stale = new Set<Id>();
    this.#readSources(changes.sources, stale);
    this.#readClips(changes.clips, stale);
    this.#readTracks(changes.tracks, stale);
    for (const trackId of stale) this.#buildTrack(trackId);
    this.#read('markers', changes.markers, this.#markers, parseMarker);
    this.#publish(changes, stale);
    return this.#snapshot;
  }

  /** Reads records anew and returns the ids of those that are different now. */
  #read<T>(
    collection: Collection,
    ids: Iterable<string>,
    into: Map<string, T>,
    parse: (id: string, raw: RawRecord) => T | null,
  ): string[] {
    const changed: string[] = [];
    for (const id of ids) {
      const raw = this.#records.get(collection, id);
      const old = into.get(id) ?? null;
      const fresh = keepEqual(old, raw === null ? null : parse(id, raw));
      if (fresh === old) continue;
      changed.push(id);
      if (fresh === null) into.delete(id);
      else into.set(id, fresh);
    }
    return changed;
  }

  #readSources(ids: Set<string>, stale: Set<Id>): void {
    const changed = new Set(this.#read('sources', ids, this.#sources, parseSource));
    if (changed.size === 0) return;
    for (const { trackId, clip } of this.#clips.values()) if (changed.has(clip.sourceId)) stale.add(trackId);
  }

  #readClips(ids: Set<Id>, stale: Set<Id>): void {
    const owners = new Map([...ids].map((id) => [id, this.#clips.get(id)?.trackId]));
    for (const id of this.#read('clips', ids, this.#clips, parseClip)) {
      const before = owners.get(id);
      const after = this.#clips.get(id)?.trackId;
      if (before !== undefined) {
        stale.add(before);
        if (before !== after) this.#clipIdsByTrack.get(before)?.delete(id);
      }
      if (after !== undefined) {
        stale.add(after);
        const siblings = this.#clipIdsByTrack.get(after);
        if (siblings) siblings.add(id);
        else this.#clipIdsByTrack.set(after, new Set([id]));
      }
    }
  }

  #readTracks(ids: Set<Id>, stale: Set<Id>): void {
    for (const id of this.#read('tracks', ids, this.#tracks, parseTrack)) stale.add(id);
  }

  #buildTrack(id: Id): void {
    const parsed = this.#tracks.get(id);
    if (!parsed) {
      this.#built.delete(id);
      return;
    }
    const old = this.#built.get(id);
    const oldClips = new Map(old?.clips.map((clip) => [clip.id, clip]));
    const clips: Clip[] = [];
    for (const clipId of this.clipIdsOf(id)) {
      const written = this.#clips.get(clipId)?.clip;
      const source = written && this.#sources.get(written.sourceId);
      if (!written || !source) continue;
      const clip = normaliseClip(written, source.frames);
      clips.push(keepEqual(oldClips.get(clipId) ?? clip, clip));
    }
    clips.sort(byStart);
    const fresh: Track = { ...parsed.head, clips: old && sameItems(old.clips, clips) ? old.clips : clips };
    // Shared parts are compared by identity on the way, so this costs little.
    this.#built.set(id, old ? keepEqual(old, withParamsOf(old, fresh)) : fresh);
  }

  #publish(changes: Changes, stale: Set<Id>): void {
    const old = this.#snapshot;
    const tracks = stale.size > 0 ? this.#listTracks() : old.tracks;
    const sources =
      changes.sources.size > 0
        ? keepEqual(old.sources, Object.fromEntries([...this.#sources].sort(([a], [b]) => (a < b ? -1 : 1))))
        : old.sources;
    const markers = changes.markers.size > 0 ? [...this.#markers.values()].sort(byStart) : old.markers;
    const fresh: ProjectSnapshot = {
      schemaVersion,
      ...this.#head,
      tracks: sameItems(old.tracks, tracks) ? old.tracks : tracks,
      sources,
      master: old.master.params === this.#masterParams ? old.master : { params: this.#masterParams },
      markers: sameItems(old.markers, markers) ? old.markers : markers,
    };
    const keys = Object.keys(fresh) as (keyof ProjectSnapshot)[];
    if (keys.some((key) => fresh[key] !== old[key])) this.#snapshot = fresh;
  }

  /** Two tracks that were given the same place at the same time are told apart by their ids. */
  #listTracks(): Track[] {
    const order = (id: Id): string => this.#tracks.get(id)?.order ?? '';
    return [...this.#built.values()].sort((a, b) => {
      const [x, y] = [order(a.id), order(b.id)];
      return x < y ? -1 : x > y ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
    });
  }
}

function withPartsOf(old: ProjectHead, fresh: ProjectHead): ProjectHead {
  return { ...fresh, tempo: keepEqual(old.tempo, fresh.tempo), loop: keepEqual(old.loop, fresh.loop) };
}

function withParamsOf(old: Track, fresh: Track): Track {
  return { ...fresh, params: keepEqual(old.params, fresh.params) };
}

/** Reads plain records, such as those of a project file, from front to back. */
export function snapshotOf(records: ProjectRecords): ProjectSnapshot {
  const own = (collection: Collection, id: string): RawRecord | null =>
    Object.hasOwn(records[collection], id) ? (records[collection][id] ?? null) : null;
  return new SnapshotBuilder({
    get: own,
    ids: (collection) => Object.keys(records[collection]),
    meta: () => records.meta,
    master: () => records.master,
  }).snapshot;
}
