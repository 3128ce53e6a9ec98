import { z } from 'zod';
import {
  clampFrame,
  cleanName,
  normaliseLoop,
  normaliseMarker,
  normaliseMastering,
  normaliseSampleRate,
  normaliseTempo,
} from './normalise';
import { cleanPreset } from './normaliseChannel';
import { clampParam, masterRanges, type ParamRange, stripRanges } from './params';
import { idSchema, paramField, type RawRecord, sourceIdSchema } from './records';
import type {
  AudioSource,
  Clip,
  LoopRange,
  Marker,
  Master,
  Mastering,
  StripParams,
  StripSection,
  Tempo,
  Track,
  TrackColour,
  TrackKind,
} from './types';
import {
  automationModes,
  fadeCurves,
  masterDithers,
  masterId,
  masteringId,
  masterWords,
  trackColours,
  trackKinds,
  trackRoles,
} from './types';

// The door of the document. A field that makes no sense falls back to its default, so that one bad write (of a broken
// disk, of another program, of two edits that met) costs one value and not the project. A record that names nothing is left out.

export const tempoDefault: Tempo = { bpm: 120, beatsPerBar: 4, beatUnit: 4 };
export const loopDefault: LoopRange = { on: false, startFrame: 0, endFrame: 0 };

const number = (fallback: number) => z.number().catch(fallback);
const text = (fallback: string) => z.string().catch(fallback);
const optionalId = idSchema.nullable().catch(null);

const metaSchema = z.object({
  id: idSchema.catch('project'),
  name: text(''),
  engineVersion: text(''),
  sampleRateHz: number(48000),
  bpm: number(tempoDefault.bpm),
  beatsPerBar: number(tempoDefault.beatsPerBar),
  beatUnit: number(tempoDefault.beatUnit),
  loopOn: z.boolean().catch(loopDefault.on),
  loopStartFrame: number(loopDefault.startFrame),
  loopEndFrame: number(loopDefault.endFrame),
});

export interface ProjectHead {
  readonly id: string;
  readonly name: string;
  readonly engineVersion: string;
  readonly sampleRateHz: number;
  readonly tempo: Tempo;
  readonly loop: LoopRange;
}

export function parseHead(raw: RawRecord): ProjectHead {
  const meta = metaSchema.parse(raw);
  return {
    id: meta.id,
    name: cleanName(meta.name, 'Untitled'),
    engineVersion: cleanName(meta.engineVersion, ''),
    sampleRateHz: normaliseSampleRate(meta.sampleRateHz),
    tempo: normaliseTempo(meta),
    loop: normaliseLoop({ on: meta.loopOn, startFrame: meta.loopStartFrame, endFrame: meta.loopEndFrame }),
  };
}

export function parseParams<ParamId extends string>(
  raw: RawRecord,
  ranges: ReadonlyMap<ParamId, ParamRange>,
): Readonly<Record<ParamId, number>> {
  const params = {} as Record<ParamId, number>;
  for (const [id, range] of ranges) {
    const value = raw[paramField(id)];
    params[id] =
      typeof value === 'number' && Number.isFinite(value) ? clampParam(range, value) : range.default;
  }
  return params;
}

export type ParsedMaster = Pick<Master, 'params' | 'automationMode'>;

export const parseMaster = (raw: RawRecord): ParsedMaster => ({
  params: parseParams(raw, masterRanges),
  automationMode: z.enum(automationModes).catch('read').parse(raw.automationMode),
});

export type ParsedMastering = Omit<Mastering, 'inserts' | 'lanes' | 'references'>;

export const masteringDefault: ParsedMastering = {
  on: false,
  targetId: 'spotify',
  amount: 50,
  preset: '',
  word: '24',
  dither: 'none',
  headFrames: 0,
  tailFrames: 0,
};

export const masteringField = (name: keyof ParsedMastering): string => `mastering.${name}`;

const masteringSchema = z.object({
  on: z.boolean().catch(masteringDefault.on),
  targetId: idSchema.catch(masteringDefault.targetId),
  amount: number(masteringDefault.amount),
  preset: text(masteringDefault.preset),
  word: z.enum(masterWords).catch(masteringDefault.word),
  dither: z.enum(masterDithers).catch(masteringDefault.dither),
  headFrames: number(masteringDefault.headFrames),
  tailFrames: number(masteringDefault.tailFrames),
});

export function parseMastering(raw: RawRecord): ParsedMastering {
  const names = Object.keys(masteringDefault) as (keyof ParsedMastering)[];
  const parsed = masteringSchema.parse(
    Object.fromEntries(names.map((name) => [name, raw[masteringField(name)]])),
  );
  return normaliseMastering({ ...parsed, preset: cleanPreset(parsed.preset) });
}

const trackSchema = z.object({
  name: text(''),
  colour: z.enum(trackColours).catch('slate' satisfies TrackColour),
  kind: z.enum(trackKinds).catch('other' satisfies TrackKind),
  order: text(''),
  role: z.enum(trackRoles).catch('track'),
  outputId: optionalId,
  linkId: optionalId,
  gateKeyId: optionalId,
  compressorKeyId: optionalId,
  automationMode: z.enum(automationModes).catch('read'),
});

const presetPrefix = 'preset.';
export const presetField = (section: StripSection): string => `${presetPrefix}${section}`;

export interface ParsedTrack {
  readonly order: string;
  readonly head: Omit<Track, 'clips' | 'sends' | 'inserts' | 'lanes'>;
}

export function parseTrack(id: string, raw: RawRecord): ParsedTrack | null {
  if (!idSchema.safeParse(id).success || id === masterId || id === masteringId) return null;
  const { name, order, ...fields } = trackSchema.parse(raw);
  const params: StripParams = parseParams(raw, stripRanges);
  const preset = (section: StripSection): string => {
    const written = raw[presetField(section)];
    return typeof written === 'string' ? cleanPreset(written) : '';
  };
  const sectionPresets = { gate: preset('gate'), eq: preset('eq'), compressor: preset('compressor') };
  return { order, head: { id, name: cleanName(name, 'Track'), ...fields, sectionPresets, params } };
}

const clipSchema = z.object({
  trackId: idSchema,
  sourceId: sourceIdSchema,
  name: text(''),
  startFrame: number(0),
  offsetFrames: number(0),
  lengthFrames: number(Number.MAX_SAFE_INTEGER),
  gainDb: number(0),
  fadeInFrames: number(0),
  fadeOutFrames: number(0),
  fadeInCurve: z.enum(fadeCurves).catch('linear'),
  fadeOutCurve: z.enum(fadeCurves).catch('linear'),
});

export interface ParsedClip {
  readonly trackId: string;
  /** As it was written: in the right types, not yet within its source. */
  readonly clip: Clip;
}

export function parseClip(id: string, raw: RawRecord): ParsedClip | null {
  const parsed = clipSchema.safeParse(raw);
  if (!parsed.success || !idSchema.safeParse(id).success) return null;
  const { trackId, ...fields } = parsed.data;
  return { trackId, clip: { id, ...fields } };
}

const count = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER);

export const sourceSchema = z.object({
  name: z.string(),
  ext: z
    .string()
    .regex(/^[a-z0-9]{1,8}$/)
    .catch('bin'),
  channels: z.union([z.literal(1), z.literal(2)]),
  frames: count,
  originalSampleRateHz: z.number().positive().max(1e7),
  originalFrames: count,
  format: text(''),
  bytes: z.number().int().min(0).catch(0),
  truncated: z.boolean().catch(false),
});

/** Null where the facts that the sound depends on are missing or wrong. */
export function parseSource(id: string, raw: RawRecord): AudioSource | null {
  const parsed = sourceSchema.safeParse(raw);
  if (!parsed.success || !sourceIdSchema.safeParse(id).success) return null;
  const { name, frames, format, ...facts } = parsed.data;
  return {
    id,
    ...facts,
    name: cleanName(name, 'Audio'),
    frames: clampFrame(frames, 1),
    format: cleanName(format, ''),
  };
}

const markerSchema = z.object({ name: text(''), startFrame: number(0), endFrame: number(0) });

export function parseMarker(id: string, raw: RawRecord): Marker | null {
  if (!idSchema.safeParse(id).success) return null;
  return normaliseMarker({ id, ...markerSchema.parse(raw) });
}
