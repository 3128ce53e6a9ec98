import type { ProjectRecords, RawRecord } from '../model/records';
import type { AudioSource } from '../model/types';

/**
 * The records with other files in the place of some sources: what travels as FLAC has another hash than the original had. Clips,
 * impulses and references follow; names stay. By the id of before.
 */
export function replaceSources(
  records: ProjectRecords,
  files: ReadonlyMap<string, AudioSource>,
): ProjectRecords {
  const idOf = (id: unknown) => (typeof id === 'string' && files.get(id)?.id) || id;
  const following = (collection: Readonly<Record<string, RawRecord>>, field: string) =>
    mapped(collection, (record) => (record[field] ? { ...record, [field]: idOf(record[field]) } : record));
  const sources = Object.entries(records.sources).map(([id, record]) => {
    const file = files.get(id);
    if (!file) return [id, record] as const;
    const { id: fileId, name, ...facts } = file;
    return [fileId, { ...record, ...facts, name: record.name ?? name }] as const;
  });
  return {
    ...records,
    sources: Object.fromEntries(sources),
    clips: following(records.clips, 'sourceId'),
    references: following(records.references, 'sourceId'),
    inserts: following(records.inserts, 'impulseId'),
  };
}

const mapped = (collection: Readonly<Record<string, RawRecord>>, change: (record: RawRecord) => RawRecord) =>
  Object.fromEntries(Object.entries(collection).map(([id, record]) => [id, change(record)]));
