import { keysInOrder } from './order';
import { defaultMasterParams, defaultStripParams } from './params';
import { paramField, type RawRecord } from './records';
import type { AudioSource, Clip, Id, Marker, ProjectSnapshot, Track } from './types';
import { schemaVersion } from './types';
import type { YRecords } from './yRecords';

export function metaFields(snapshot: Omit<ProjectSnapshot, 'tracks'>): RawRecord {
  const { id, name, engineVersion, sampleRateHz, tempo, loop } = snapshot;
  return {
    schemaVersion,
    id,
    name,
    engineVersion,
    sampleRateHz,
    bpm: tempo.bpm,
    beatsPerBar: tempo.beatsPerBar,
    beatUnit: tempo.beatUnit,
    loopOn: loop.on,
    loopStartFrame: loop.startFrame,
    loopEndFrame: loop.endFrame,
  };
}

/** A value that is the default, where none was written, needs no writing. */
function sparse(fields: RawRecord, defaults: RawRecord, written: RawRecord | null): RawRecord {
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([key, value]) => (written && Object.hasOwn(written, key)) || !Object.is(value, defaults[key]),
    ),
  );
}

const paramFields = (params: Readonly<Record<string, number>>): RawRecord =>
  Object.fromEntries(Object.entries(params).map(([id, value]) => [paramField(id), value]));

const stripDefaults = paramFields(defaultStripParams);
const masterDefaults = paramFields(defaultMasterParams);

function trackFields(track: Track, written: RawRecord | null): RawRecord {
  const { name, colour, kind, params } = track;
  return { name, colour, kind, ...sparse(paramFields(params), stripDefaults, written) };
}

const clipDefaults: RawRecord = {
  offsetFrames: 0,
  gainDb: 0,
  fadeInFrames: 0,
  fadeOutFrames: 0,
  fadeInCurve: 'linear',
  fadeOutCurve: 'linear',
};

function clipFields(trackId: Id, clip: Clip, written: RawRecord | null): RawRecord {
  const { id: _id, ...fields } = clip;
  return sparse({ trackId, ...fields }, clipDefaults, written);
}

function sourceFields({ id: _id, ...facts }: AudioSource): RawRecord {
  return facts;
}

function markerFields({ id: _id, ...fields }: Marker): RawRecord {
  return fields;
}

/**
 * Writes the way from one snapshot to another into the document, field by field: only what is different. Call it in a
 * transaction. `clipIdsOf` names all clips of a track, those that are not seen included: they go with their track.
 */
export function writeDifference(
  records: YRecords,
  before: ProjectSnapshot,
  after: ProjectSnapshot,
  clipIdsOf: (trackId: Id) => Iterable<Id>,
): void {
  if (!sameHead(before, after)) records.writeMeta(metaFields(after));
  if (before.master !== after.master) {
    records.writeMaster(sparse(paramFields(after.master.params), masterDefaults, records.master()));
  }
  if (before.sources !== after.sources) writeSources(records, before, after);
  if (before.tracks !== after.tracks) writeTracks(records, before.tracks, after.tracks, clipIdsOf);
  if (before.markers !== after.markers) writeMarkers(records, before.markers, after.markers);
}

function sameHead(a: ProjectSnapshot, b: ProjectSnapshot): boolean {
  return (['id', 'name', 'engineVersion', 'sampleRateHz', 'tempo', 'loop'] as const).every(
    (key) => a[key] === b[key],
  );
}

function writeSources(records: YRecords, before: ProjectSnapshot, after: ProjectSnapshot): void {
  for (const id of Object.keys(before.sources))
    if (!Object.hasOwn(after.sources, id)) records.remove('sources', id);
  for (const [id, source] of Object.entries(after.sources)) {
    if (before.sources[id] !== source) records.write('sources', id, sourceFields(source));
  }
}

function writeMarkers(records: YRecords, before: readonly Marker[], after: readonly Marker[]): void {
  const old = new Map(before.map((marker) => [marker.id, marker]));
  for (const marker of after) {
    if (old.get(marker.id) !== marker) records.write('markers', marker.id, markerFields(marker));
    old.delete(marker.id);
  }
  for (const id of old.keys()) records.remove('markers', id);
}

function writeTracks(
  records: YRecords,
  before: readonly Track[],
  after: readonly Track[],
  clipIdsOf: (trackId: Id) => Iterable<Id>,
): void {
  const old = new Map(before.map((track) => [track.id, track]));
  const gone = new Map(old);
  const clipsBefore = new Map<Id, Clip>();
  const clipsAfter = new Map<Id, { trackId: Id; clip: Clip }>();
  for (const track of after) {
    gone.delete(track.id);
    const was = old.get(track.id);
    if (was === track) continue;
    if (!was || !sameTrackHead(was, track)) {
      records.write('tracks', track.id, trackFields(track, records.get('tracks', track.id)));
    }
    if (was?.clips === track.clips) continue;
    for (const clip of was?.clips ?? []) clipsBefore.set(clip.id, clip);
    for (const clip of track.clips) clipsAfter.set(clip.id, { trackId: track.id, clip });
  }
  // Clips that moved from a track that goes are written before the rest of its clips are taken away.
  writeClips(records, clipsBefore, clipsAfter);
  for (const id of gone.keys()) {
    records.remove('tracks', id);
    for (const clipId of clipIdsOf(id)) if (!clipsAfter.has(clipId)) records.remove('clips', clipId);
  }
  if (before.length !== after.length || before.some(({ id }, place) => id !== after[place]?.id)) {
    writeOrder(records, after);
  }
}

function sameTrackHead(a: Track, b: Track): boolean {
  return a.name === b.name && a.colour === b.colour && a.kind === b.kind && a.params === b.params;
}

function writeClips(
  records: YRecords,
  before: ReadonlyMap<Id, Clip>,
  after: ReadonlyMap<Id, { trackId: Id; clip: Clip }>,
): void {
  for (const id of before.keys()) if (!after.has(id)) records.remove('clips', id);
  for (const [id, { trackId, clip }] of after) {
    const written = records.get('clips', id);
    if (before.get(id) === clip && written?.trackId === trackId) continue;
    records.write('clips', id, clipFields(trackId, clip, written));
  }
}

function writeOrder(records: YRecords, tracks: readonly Track[]): void {
  const keys = tracks.map(({ id }) => {
    const order = records.get('tracks', id)?.order;
    return typeof order === 'string' ? order : null;
  });
  for (const [place, order] of keysInOrder(keys)) {
    records.write('tracks', (tracks[place] as Track).id, { order });
  }
}
