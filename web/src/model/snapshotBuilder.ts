import { soundLanes } from './automation';
import { maxInserts, maxSends } from './channelPatches';
import {
  type BareLane,
  laneWithPoints,
  type ParsedPart,
  parseInsert,
  parseLane,
  parseReference,
  parseSend,
  parseTempoChange,
} from './channelSchema';
import { keepEqual, sameItems } from './equal';
import { LanePoints } from './lanePoints';
import { byStart, normaliseClip } from './normalise';
import { OwnedRecords } from './ownedRecords';
import { type Collection, collections, type ProjectRecords, type RawRecord } from './records';
import { soundMaster, soundMastering, withoutDangling, withoutLoops } from './routing';
import {
  type ParsedClip,
  type ParsedMaster,
  type ParsedMastering,
  type ParsedTrack,
  type ProjectHead,
  parseClip,
  parseHead,
  parseMarker,
  parseMaster,
  parseMastering,
  parseSource,
  parseTrack,
} from './schema';
import type {
  AudioSource,
  Clip,
  Id,
  Insert,
  Lane,
  Marker,
  Master,
  Mastering,
  ProjectSnapshot,
  Reference,
  Send,
  TempoChange,
  Track,
} from './types';
import { masterId, masteringId, schemaVersion } from './types';

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
  const none = Object.fromEntries(collections.map((name) => [name, new Set<string>()]));
  return { meta: false, master: false, ...(none as Record<Collection, Set<string>>) };
}

/** What belongs to a track and goes with it. */
export type PartCollection = 'clips' | 'sends' | 'inserts' | 'lanes';

const partOwner = ({ ownerId }: ParsedPart<unknown>): Id => ownerId;

/**
 * Makes snapshots out of records, again and again, at the cost of what has changed. A clip is seen while its track and its
 * source are there, a send while both its tracks are, a lane while what it moves is, wherever the edits came from; when
 * they come back, so does it.
 */
export class SnapshotBuilder {
  readonly #records: RecordStore;
  #head: ProjectHead;
  #masterHead: ParsedMaster;
  #master: Master;
  #masteringHead: ParsedMastering;
  #mastering: Mastering;
  readonly #tracks = new Map<Id, ParsedTrack>();
  readonly #clips = new OwnedRecords<ParsedClip>(parseClip, ({ trackId }) => trackId);
  readonly #sends = new OwnedRecords<ParsedPart<Send>>(parseSend, partOwner);
  readonly #inserts = new OwnedRecords<ParsedPart<Insert>>(parseInsert, partOwner);
  readonly #references = new OwnedRecords<ParsedPart<Reference>>(parseReference, partOwner);
  readonly #lanes = new OwnedRecords<ParsedPart<BareLane>>(parseLane, partOwner);
  readonly #points = new LanePoints();
  readonly #sources = new Map<string, AudioSource>();
  readonly #markers = new Map<Id, Marker>();
  readonly #tempos = new Map<string, TempoChange>();
  /** Tracks with all they carry, before one is seen beside the other. */
  readonly #built = new Map<Id, Track>();
  /** What each of them was when it was last seen beside the others. */
  readonly #routed = new Map<Id, Track>();
  #snapshot: ProjectSnapshot;

  constructor(records: RecordStore) {
    this.#records = records;
    this.#head = parseHead(records.meta());
    this.#masterHead = parseMaster(records.master());
    this.#master = { ...this.#masterHead, inserts: [], lanes: [] };
    this.#masteringHead = parseMastering(records.master());
    this.#mastering = { ...this.#masteringHead, inserts: [], lanes: [], references: [] };
    this.#snapshot = {
      schemaVersion,
      ...this.#head,
      tempoChanges: [],
      tracks: [],
      sources: {},
      master: this.#master,
      mastering: this.#mastering,
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

  /** The ids of all that names this track as its owner, those that are not seen included. */
  idsOf(collection: PartCollection, ownerId: Id): Iterable<Id> {
    return this.#owned(collection).idsOf(ownerId);
  }

  /** The ids of a lane's chunks of points, in the order of their points. */
  chunkIdsOf(laneId: Id): readonly Id[] {
    return this.#points.chunkIdsOf(laneId);
  }

  /** The same object where nothing that is seen has changed. */
  update(changes: Changes): ProjectSnapshot {
    if (changes.meta) this.#head = withPartsOf(this.#head, parseHead(this.#records.meta()));
    if (changes.master) {
      this.#masterHead = keepEqual(this.#masterHead, parseMaster(this.#records.master()));
      this.#masteringHead = keepEqual(this.#masteringHead, parseMastering(this.#records.master()));
    }
    const stale = new Set<Id>();
    this.#readSources(changes.sources, stale);
    const get = (collection: Collection) => (id: string) => this.#records.get(collection, id);
    for (const collection of ['clips', 'sends', 'inserts', 'lanes'] as const) {
      this.#owned(collection).read(changes[collection], get(collection), stale);
    }
    this.#references.read(changes.references, get('references'), stale);
    for (const laneId of this.#points.read(changes.points, get('points'))) {
      const owner = this.#lanes.get(laneId)?.ownerId;
      if (owner !== undefined) stale.add(owner);
    }
    for (const id of this.#read('tracks', changes.tracks, this.#tracks, parseTrack)) stale.add(id);
    if (changes.master) stale.add(masterId).add(masteringId);
    for (const ownerId of stale) {
      if (ownerId === masterId) this.#buildMaster();
      else if (ownerId === masteringId) this.#buildMastering();
      else this.#buildTrack(ownerId);
    }
    this.#read('markers', changes.markers, this.#markers, parseMarker);
    this.#read('tempos', changes.tempos, this.#tempos, parseTempoChange);
    this.#publish(changes, stale);
    return this.#snapshot;
  }

  #owned(collection: PartCollection) {
    return { clips: this.#clips, sends: this.#sends, inserts: this.#inserts, lanes: this.#lanes }[collection];
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

  #buildTrack(id: Id): void {
    const parsed = this.#tracks.get(id);
    if (!parsed) {
      this.#built.delete(id);
      return;
    }
    const old = this.#built.get(id);
    const oldClips = new Map(old?.clips.map((clip) => [clip.id, clip]));
    const clips: Clip[] = [];
    for (const clipId of this.#clips.idsOf(id)) {
      const written = this.#clips.get(clipId)?.clip;
      const source = written && this.#sources.get(written.sourceId);
      if (!written || !source) continue;
      const clip = normaliseClip(written, source.frames);
      clips.push(keepEqual(oldClips.get(clipId) ?? clip, clip));
    }
    clips.sort(byStart);
    const sends = this.#parts(this.#sends, id, maxSends);
    const inserts = this.#parts(this.#inserts, id, maxInserts);
    const fresh: Track = {
      ...parsed.head,
      sends: old && sameItems(old.sends, sends) ? old.sends : sends,
      inserts: old && sameItems(old.inserts, inserts) ? old.inserts : inserts,
      lanes: this.#lanesOf(id, { sends, inserts }, old?.lanes),
      clips: old && sameItems(old.clips, clips) ? old.clips : clips,
    };
    // Shared parts are compared by identity on the way, so this costs little.
    this.#built.set(id, old ? keepEqual(old, withParamsOf(old, fresh)) : fresh);
  }

  #buildMaster(): void {
    const old = this.#master;
    const inserts = this.#parts(this.#inserts, masterId, maxInserts);
    const fresh: Master = {
      ...this.#masterHead,
      inserts: sameItems(old.inserts, inserts) ? old.inserts : inserts,
      lanes: this.#lanesOf(masterId, { sends: [], inserts }, old.lanes),
    };
    this.#master = keepEqual(old, fresh);
  }

  #buildMastering(): void {
    const old = this.#mastering;
    const inserts = this.#parts(this.#inserts, masteringId, maxInserts);
    const references = this.#parts(this.#references, masteringId, Number.POSITIVE_INFINITY);
    const fresh: Mastering = {
      ...this.#masteringHead,
      inserts: sameItems(old.inserts, inserts) ? old.inserts : inserts,
      lanes: this.#lanesOf(masteringId, { sends: [], inserts }, old.lanes),
      references: sameItems(old.references, references) ? old.references : references,
    };
    this.#mastering = keepEqual(old, fresh);
  }

  /** In their order; two that were given the same place at the same time are told apart by their ids. */
  #parts<T extends { id: Id }>(records: OwnedRecords<ParsedPart<T>>, ownerId: Id, most: number): T[] {
    const parts = [...records.idsOf(ownerId)].flatMap((id) => records.get(id) ?? []);
    return parts
      .sort((a, b) => byOrder(a.order, a.part.id, b.order, b.part.id))
      .slice(0, most)
      .map(({ part }) => part);
  }

  #lanesOf(
    ownerId: Id,
    owner: { sends: readonly Send[]; inserts: readonly Insert[] },
    old: readonly Lane[] = [],
  ): readonly Lane[] {
    const oldById = new Map(old.map((lane) => [lane.id, lane]));
    const lanes = this.#parts(this.#lanes, ownerId, Number.POSITIVE_INFINITY).flatMap((bare) => {
      const lane = laneWithPoints(ownerId, owner, bare, this.#points.of(bare.id));
      return lane ? [keepEqual(oldById.get(bare.id) ?? lane, lane)] : [];
    });
    const sound = soundLanes(ownerId, owner, lanes);
    return sameItems(old, sound) ? old : sound;
  }

  #publish(changes: Changes, stale: Set<Id>): void {
    const old = this.#snapshot;
    const sources =
      changes.sources.size > 0
        ? keepEqual(old.sources, Object.fromEntries([...this.#sources].sort(([a], [b]) => (a < b ? -1 : 1))))
        : old.sources;
    const markers = changes.markers.size > 0 ? [...this.#markers.values()].sort(byStart) : old.markers;
    const tempoChanges =
      changes.tempos.size > 0
        ? [...this.#tempos.values()].sort((a, b) => a.frame - b.frame)
        : old.tempoChanges;
    const rewire = stale.size > 0 || sources !== old.sources;
    const tracks = rewire ? this.#route(this.#listTracks(), sources) : old.tracks;
    const fresh: ProjectSnapshot = {
      schemaVersion,
      ...this.#head,
      tempoChanges: sameItems(old.tempoChanges, tempoChanges) ? old.tempoChanges : tempoChanges,
      tracks: sameItems(old.tracks, tracks) ? old.tracks : tracks,
      sources,
      master: rewire ? keepEqual(old.master, soundMaster(this.#master, tracks, sources)) : old.master,
      mastering: rewire ? keepEqual(old.mastering, soundMastering(this.#mastering, sources)) : old.mastering,
      markers: sameItems(old.markers, markers) ? old.markers : markers,
    };
    const keys = Object.keys(fresh) as (keyof ProjectSnapshot)[];
    if (keys.some((key) => fresh[key] !== old[key])) this.#snapshot = fresh;
  }

  /** The tracks seen beside each other; those that come out as they did the last time are the same objects. */
  #route(built: readonly Track[], sources: Readonly<Record<string, AudioSource>>): readonly Track[] {
    const routed = withoutLoops(withoutDangling(built, sources));
    const kept = routed.map((track, place) => {
      const same = track === built[place] ? track : keepEqual(this.#routed.get(track.id) ?? track, track);
      this.#routed.set(track.id, same);
      return same;
    });
    for (const id of this.#routed.keys()) if (!this.#built.has(id)) this.#routed.delete(id);
    return kept;
  }

  #listTracks(): Track[] {
    const order = (id: Id): string => this.#tracks.get(id)?.order ?? '';
    return [...this.#built.values()].sort((a, b) => byOrder(order(a.id), a.id, order(b.id), b.id));
  }
}

function byOrder(orderA: string, idA: Id, orderB: string, idB: Id): number {
  return orderA < orderB ? -1 : orderA > orderB ? 1 : idA < idB ? -1 : idA > idB ? 1 : 0;
}

function withPartsOf(old: ProjectHead, fresh: ProjectHead): ProjectHead {
  return { ...fresh, tempo: keepEqual(old.tempo, fresh.tempo), loop: keepEqual(old.loop, fresh.loop) };
}

function withParamsOf(old: Track, fresh: Track): Track {
  return {
    ...fresh,
    params: keepEqual(old.params, fresh.params),
    sectionPresets: keepEqual(old.sectionPresets, fresh.sectionPresets),
  };
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
