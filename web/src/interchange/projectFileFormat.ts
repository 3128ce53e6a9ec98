import { z } from 'zod';
import { migrate, SchemaVersionError } from '../model/migrations';
import {
  type Collection,
  collections,
  isPlainRecord,
  type ProjectRecords,
  type RawRecord,
} from '../model/records';
import { snapshotOf } from '../model/snapshotBuilder';
import { usedSourceIds } from '../model/sources';
import type { AudioSource, ProjectSnapshot } from '../model/types';
import { schemaVersion } from '../model/types';

// NAME.mixwell is a zip whose entries are stored, not deflated:
//   project.json               the document, see ProjectJson
//   audio/SHA256.EXT           the original audio files, named by their hash
//   peaks/SHA256.RATE.peaks    their waveforms at the project's rate, where they were at hand

export const projectFileExtension = '.mixwell';
export const projectJsonName = 'project.json';
/** A document of 64 MiB would have some 300,000 clips. */
export const maxProjectJsonBytes = 64 * 1024 * 1024;
const format = 'mixwell-project';

export const audioName = ({ id, ext }: Pick<AudioSource, 'id' | 'ext'>): string => `audio/${id}.${ext}`;
export const peaksName = (sourceId: string, sampleRateHz: number): string =>
  `peaks/${sourceId}.${sampleRateHz}.peaks`;

/** The message is a sentence for people: it names the file and the reason. */
export class ProjectFileError extends Error {
  override readonly name = 'ProjectFileError';
}

/** The document as plain data. The two versions stand at the top, where other programs look for them, and not in `meta`. */
interface ProjectJson extends ProjectRecords {
  readonly format: typeof format;
  readonly schemaVersion: number;
  readonly engineVersion: string;
}

/** What belongs into a file: of the records, what is seen and heard, and the sources it needs. */
export function recordsToSave(records: ProjectRecords): { records: ProjectRecords; sources: AudioSource[] } {
  const snapshot = snapshotOf(records);
  const clipIds = new Set(snapshot.tracks.flatMap(({ clips }) => clips.map(({ id }) => id)));
  const sources = sourcesInUse(snapshot);
  return {
    records: {
      ...records,
      clips: only(records.clips, clipIds),
      sources: only(records.sources, new Set(sources.map(({ id }) => id))),
    },
    sources,
  };
}

/** The sources that a clip plays or that are the impulse of an insert, in the order of their names. */
export function sourcesInUse(snapshot: ProjectSnapshot): AudioSource[] {
  const used = usedSourceIds(snapshot);
  return Object.values(snapshot.sources)
    .filter(({ id }) => used.has(id))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.id < b.id ? -1 : 1));
}

const namesShown = 8;

/** “Kick.wav”, “Snare.wav” and 3 more */
export function listOfNames(sources: readonly AudioSource[]): string {
  const shown = sources.slice(0, namesShown).map(({ name }) => `“${name}”`);
  const rest = sources.length - shown.length;
  return shown.join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

function only(
  records: Readonly<Record<string, RawRecord>>,
  ids: ReadonlySet<string>,
): Record<string, RawRecord> {
  return Object.fromEntries(Object.entries(records).filter(([id]) => ids.has(id)));
}

/** Keys are sorted, so that the same project gives the same text. */
export function projectJsonText(records: ProjectRecords, engineVersion: string): string {
  const { schemaVersion: _schema, engineVersion: _engine, ...meta } = records.meta;
  const parts = Object.fromEntries(collections.map((name) => [name, records[name]]));
  const json: ProjectJson = {
    format,
    schemaVersion,
    engineVersion,
    meta,
    master: records.master,
    ...(parts as Record<Collection, ProjectRecords[Collection]>),
  };
  return `${JSON.stringify(json, sortedKeys, 1)}\n`;
}

function sortedKeys(key: string, value: unknown): unknown {
  if (key === '' || !isPlainRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

const recordSchema = z.record(z.string(), z.unknown());
const collectionSchema = z.record(z.string(), recordSchema);
/** Files of the first version have these; the others came later. */
const firstCollections: ReadonlySet<Collection> = new Set(['tracks', 'clips', 'sources', 'markers']);
const jsonSchema = z.object({
  format: z.literal(format),
  schemaVersion: z.number().int().min(1),
  engineVersion: z.string(),
  meta: recordSchema,
  master: recordSchema,
  ...(Object.fromEntries(
    collections.map((name) => [
      name,
      firstCollections.has(name) ? collectionSchema : collectionSchema.default({}),
    ]),
  ) as Record<Collection, typeof collectionSchema>),
});

export interface ReadProject {
  /** Brought up to the schema of today. */
  readonly records: ProjectRecords;
  readonly snapshot: ProjectSnapshot;
  /** Of the engine that the project was saved with. */
  readonly engineVersion: string;
}

/** Reads project.json. Throws a ProjectFileError; `fileName` is for its sentence. */
export function readProjectJson(bytes: Uint8Array, fileName: string): ReadProject {
  const parsed = jsonSchema.safeParse(parseJson(bytes, fileName));
  if (!parsed.success) {
    throw new ProjectFileError(`“${fileName}” can’t be opened: its project.json is not a Mixwell project.`);
  }
  const { schemaVersion: version, engineVersion, format: _format, meta, ...parts } = parsed.data;
  try {
    const records = migrate({ ...parts, meta: { ...meta, schemaVersion: version, engineVersion } });
    return { records, snapshot: snapshotOf(records), engineVersion };
  } catch (error) {
    if (!(error instanceof SchemaVersionError)) throw error;
    throw new ProjectFileError(`“${fileName}” can’t be opened: ${lowerFirst(error.message)}`);
  }
}

function parseJson(bytes: Uint8Array, fileName: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new ProjectFileError(`“${fileName}” can’t be opened: its project.json is damaged.`);
  }
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
