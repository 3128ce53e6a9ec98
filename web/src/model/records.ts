import { z } from 'zod';
import type { StripParamId } from './types';

// The page's policy allows no code made from strings, which is how zod would speed itself up.
z.config({ jitless: true });

/** One record of a document as plain data, before anything is known of it. */
export type RawRecord = Readonly<Record<string, unknown>>;

export const collections = [
  'tracks',
  'clips',
  'sources',
  'markers',
  'sends',
  'inserts',
  'lanes',
  'points',
  'tempos',
  'references',
] as const;
export type Collection = (typeof collections)[number];

/**
 * The document as plain data: what a project file holds and what migrations work on. Fields that hold the default may be
 * left out. Parameters are fields `param.ID`; places are `order`, a fractional key; a clip names its track, a send, an
 * insert and a lane their `ownerId`. A lane's points lie in chunks of at most `maxChunkPoints`: `frame value shape bend`
 * each, in one list of numbers. A change of tempo is named by its frame. What is set of the mastering chain lies in
 * `master`, in fields `mastering.NAME`; its inserts name it as their owner.
 */
export interface ProjectRecords extends Readonly<Record<Collection, Readonly<Record<string, RawRecord>>>> {
  readonly meta: RawRecord;
  readonly master: RawRecord;
}

/** Collections whose records are written as a whole and never field by field. */
export const plainCollections: ReadonlySet<Collection> = new Set(['sources', 'points']);

export const maxChunkPoints = 64;

export const paramPrefix = 'param.';
export const paramField = (id: string): string => `${paramPrefix}${id}`;
export type StripParamField = `${typeof paramPrefix}${StripParamId}`;

/** Safe as a key of an object, in a file name and in an address. */
export const idSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/);
export const sourceIdSchema = z.string().regex(/^[0-9a-f]{64}$/);

export function isPlainRecord(value: unknown): value is RawRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
