import { defaultMasterParams, defaultStripParams } from './params';
import type { RawRecord } from './records';
import { masteringDefault, masteringField, presetField } from './schema';
import type {
  AudioSource,
  Clip,
  Id,
  Marker,
  Master,
  Mastering,
  ProjectSnapshot,
  TempoChange,
  Track,
} from './types';
import { masterId, masteringId, schemaVersion, stripSections } from './types';
import {
  noParts,
  paramFields,
  removeParts,
  sparse,
  type WrittenParts,
  writeOrder,
  writeParts,
} from './writeChannels';
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

const presetFields = (presets: Track['sectionPresets']): RawRecord =>
  Object.fromEntries(stripSections.map((section) => [presetField(section), presets[section]]));

const stripDefaults: RawRecord = {
  role: 'track',
  outputId: null,
  linkId: null,
  gateKeyId: null,
  compressorKeyId: null,
  automationMode: 'read',
  ...presetFields({ gate: '', eq: '', compressor: '' }),
  ...paramFields(defaultStripParams),
};
const masterDefaults: RawRecord = { automationMode: 'read', ...paramFields(defaultMasterParams) };

const masteringFields = ({
  on,
  targetId,
  amount,
  preset,
  word,
  dither,
  headFrames,
  tailFrames,
}: Omit<Mastering, 'inserts' | 'lanes' | 'references'>): RawRecord => ({
  [masteringField('on')]: on,
  [masteringField('targetId')]: targetId,
  [masteringField('amount')]: amount,
  [masteringField('preset')]: preset,
  [masteringField('word')]: word,
  [masteringField('dither')]: dither,
  [masteringField('headFrames')]: headFrames,
  [masteringField('tailFrames')]: tailFrames,
});
const masteringDefaults = masteringFields(masteringDefault);

/** The fields of a track that lie in its own record, beside its parameters. */
const headKeys = [
  'name',
  'colour',
  'kind',
  'role',
  'outputId',
  'linkId',
  'gateKeyId',
  'compressorKeyId',
  'automationMode',
] as const;

function trackFields(track: Track, written: RawRecord | null): RawRecord {
  const head = Object.fromEntries(headKeys.map((key) => [key, track[key]]));
  const { name, colour, kind } = track;
  const fields = { ...head, ...presetFields(track.sectionPresets), ...paramFields(track.params) };
  return { name, colour, kind, ...sparse(fields, stripDefaults, written) };
}

function masterFields({ automationMode, params }: Master, written: RawRecord): RawRecord {
  return sparse({ automationMode, ...paramFields(params) }, masterDefaults, written);
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
 * transaction. `written` names all that belongs to a track, what is not seen included: it goes with its track.
 */
export function writeDifference(
  records: YRecords,
  before: ProjectSnapshot,
  after: ProjectSnapshot,
  written: WrittenParts,
): void {
  if (!sameHead(before, after)) records.writeMeta(metaFields(after));
  if (before.master !== after.master) {
    const { master } = after;
    if (before.master.params !== master.params || before.master.automationMode !== master.automationMode) {
      records.writeMaster(masterFields(master, records.master()));
    }
    writeParts(records, masterId, { ...before.master, sends: [] }, { ...master, sends: [] }, written);
  }
  if (before.sources !== after.sources) writeSources(records, before, after);
  if (before.mastering !== after.mastering) {
    writeMastering(records, before.mastering, after.mastering, written);
  }
  if (before.tracks !== after.tracks) writeTracks(records, before.tracks, after.tracks, written);
  if (before.markers !== after.markers) writeMarkers(records, before.markers, after.markers);
  if (before.tempoChanges !== after.tempoChanges) {
    writeTempos(records, before.tempoChanges, after.tempoChanges);
  }
}

function sameHead(a: ProjectSnapshot, b: ProjectSnapshot): boolean {
  return (['id', 'name', 'engineVersion', 'sampleRateHz', 'tempo', 'loop'] as const).every(
    (key) => a[key] === b[key],
  );
}

function writeMastering(records: YRecords, before: Mastering, after: Mastering, written: WrittenParts): void {
  records.writeMaster(sparse(masteringFields(after), masteringDefaults, records.master()));
  writeParts(records, masteringId, { ...before, sends: [] }, { ...after, sends: [] }, written);
  if (before.references === after.references) return;
  const staying = new Set(after.references.map(({ id }) => id));
  for (const { id } of before.references) if (!staying.has(id)) records.remove('references', id);
  for (const { id, ...fields } of after.references) records.write('references', id, fields);
  writeOrder(records, 'references', after.references);
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

function writeTempos(records: YRecords, before: readonly TempoChange[], after: readonly TempoChange[]): void {
  const staying = new Set(after.map(({ frame }) => frame));
  for (const { frame } of before) if (!staying.has(frame)) records.remove('tempos', String(frame));
  for (const { frame, ...tempo } of after) records.write('tempos', String(frame), tempo);
}

function writeTracks(
  records: YRecords,
  before: readonly Track[],
  after: readonly Track[],
  written: WrittenParts,
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
    writeParts(records, track.id, was ?? noParts, track, written);
    if (was?.clips === track.clips) continue;
    for (const clip of was?.clips ?? []) clipsBefore.set(clip.id, clip);
    for (const clip of track.clips) clipsAfter.set(clip.id, { trackId: track.id, clip });
  }
  // Clips that moved from a track that goes are written before the rest of its clips are taken away.
  writeClips(records, clipsBefore, clipsAfter);
  for (const id of gone.keys()) {
    records.remove('tracks', id);
    for (const clipId of [...written.idsOf('clips', id)]) {
      if (!clipsAfter.has(clipId)) records.remove('clips', clipId);
    }
    removeParts(records, id, written);
  }
  if (before.length !== after.length || before.some(({ id }, place) => id !== after[place]?.id)) {
    writeOrder(records, 'tracks', after);
  }
}

function sameTrackHead(a: Track, b: Track): boolean {
  const same = headKeys.every((key) => a[key] === b[key]);
  return same && a.sectionPresets === b.sectionPresets && a.params === b.params;
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
