import { isPlainRecord, type ProjectRecords } from './records';
import { schemaVersion } from './types';

/** Takes the records of one version to the next. */
export type Migration = (records: ProjectRecords) => ProjectRecords;

/** Place n leads from version n + 1 to n + 2. Released ones never change. */
export const migrations: readonly Migration[] = [addConsole, addMastering, addMasteringEnds];

export class SchemaVersionError extends Error {
  override readonly name = 'SchemaVersionError';
}

/** The version that records say they have. */
export function schemaVersionOf(records: { readonly meta: unknown }): number {
  const version = isPlainRecord(records.meta) ? records.meta.schemaVersion : undefined;
  if (typeof version === 'number' && Number.isInteger(version) && version >= 1) return version;
  throw new SchemaVersionError('This project does not say which version of Mixwell made it.');
}

/**
 * Brings records of an earlier version up to `target`. Throws a SchemaVersionError, a sentence for people, where they come
 * from a later one.
 */
export function migrate(
  records: ProjectRecords,
  target: number = schemaVersion,
  steps: readonly Migration[] = migrations,
): ProjectRecords {
  const version = schemaVersionOf(records);
  if (version > target) {
    throw new SchemaVersionError(
      `This project was made by a newer Mixwell (its format is ${version}, this one reads up to ${target}). Reload the page to get the newest, then open it again.`,
    );
  }
  let current = records;
  for (let from = version; from < target; from++) {
    const step = steps[from - 1];
    if (!step) throw new SchemaVersionError(`This project's format, ${from}, can no longer be read.`);
    current = step(current);
    current = { ...current, meta: { ...current.meta, schemaVersion: from + 1 } };
  }
  return current;
}

/** Version 4 masters a part of a song; where its ends are missing it is the whole of it. */
function addMasteringEnds(records: ProjectRecords): ProjectRecords {
  return records;
}

/** Version 3 has references, and a mastering chain whose fields are the defaults where they are missing. */
function addMastering(records: ProjectRecords): ProjectRecords {
  return { ...records, references: {} };
}

/** Version 2 has sends, inserts, automation and changes of tempo; what a track has of them is the default where it is missing. */
function addConsole(records: ProjectRecords): ProjectRecords {
  return { ...records, sends: {}, inserts: {}, lanes: {}, points: {}, tempos: {} };
}
