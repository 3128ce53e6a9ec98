import { clampParam, type ParamRange } from './params';
import type { Clip, LoopRange, Marker, Mastering, Tempo } from './types';
import { sampleRatesHz } from './types';

/** About 132 days at 96 kHz; far below where doubles stop counting whole frames. */
export const maxFrame = 2 ** 40;
export const maxNameLength = 200;
export const clipGainRange: ParamRange = { id: 'gainDb', min: -90, max: 24, default: 0, whole: false };
export const tempoRange = { min: 20, max: 400 } as const;
/** A minute and a half at 96 kHz: what rings on longer is a clip. */
export const maxMasteringTailFrames = 2 ** 23;
const maxBeatsPerBar = 32;
const beatUnits = [1, 2, 4, 8, 16, 32];

/** How much of something, in %. */
export const clampAmount = (percent: number): number => Math.min(Math.max(percent, 0), 100) + 0;

/** Amount and ends in their bounds. */
export function normaliseMastering<Fields extends Pick<Mastering, 'amount' | 'headFrames' | 'tailFrames'>>(
  fields: Fields,
): Fields {
  const { amount, headFrames, tailFrames } = fields;
  return {
    ...fields,
    amount: clampAmount(amount),
    headFrames: clampFrame(headFrames),
    tailFrames: clampFrame(tailFrames, -maxFrame, maxMasteringTailFrames),
  };
}

/** A whole number from `min` to `max`; 0 is never negative. */
export function clampFrame(value: number, min = 0, max = maxFrame): number {
  const whole = Math.round(value);
  return Math.min(Math.max(whole, min), max) + 0;
}

const unprintable = /[\p{Cc}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** One line without control or direction characters, at most 200 characters; `fallback` where nothing is left. */
export function cleanName(text: string, fallback: string): string {
  const clean = [...text.replace(unprintable, ' ').replace(/\s+/g, ' ').trim()]
    .slice(0, maxNameLength)
    .join('');
  return clean.trim() || fallback;
}

/** Into the bounds of its source and of itself. The start of a clip stays, then its offset, then its length. */
export function normaliseClip(clip: Clip, sourceFrames: number): Clip {
  const offsetFrames = clampFrame(clip.offsetFrames, 0, sourceFrames - 1);
  const lengthFrames = clampFrame(clip.lengthFrames, 1, sourceFrames - offsetFrames);
  const fadeInFrames = clampFrame(clip.fadeInFrames, 0, lengthFrames);
  return {
    id: clip.id,
    sourceId: clip.sourceId,
    name: cleanName(clip.name, 'Clip'),
    startFrame: clampFrame(clip.startFrame),
    offsetFrames,
    lengthFrames,
    gainDb: clampParam(clipGainRange, clip.gainDb),
    fadeInFrames,
    fadeOutFrames: clampFrame(clip.fadeOutFrames, 0, lengthFrames - fadeInFrames),
    fadeInCurve: clip.fadeInCurve,
    fadeOutCurve: clip.fadeOutCurve,
  };
}

export function normaliseMarker(marker: Marker): Marker {
  const startFrame = clampFrame(marker.startFrame);
  return {
    id: marker.id,
    name: cleanName(marker.name, 'Marker'),
    startFrame,
    endFrame: clampFrame(marker.endFrame, startFrame),
  };
}

/** An empty range can't loop. */
export function normaliseLoop(loop: LoopRange): LoopRange {
  const startFrame = clampFrame(loop.startFrame);
  const endFrame = clampFrame(loop.endFrame, startFrame);
  return { on: loop.on && endFrame > startFrame, startFrame, endFrame };
}

function nearest(values: readonly number[], value: number): number {
  return values.reduce((best, other) => (Math.abs(other - value) < Math.abs(best - value) ? other : best));
}

export function normaliseTempo(tempo: Tempo): Tempo {
  const { min, max } = tempoRange;
  return {
    bpm: Math.min(Math.max(tempo.bpm, min), max),
    beatsPerBar: clampFrame(tempo.beatsPerBar, 1, maxBeatsPerBar),
    beatUnit: nearest(beatUnits, tempo.beatUnit),
  };
}

export function normaliseSampleRate(sampleRateHz: number): number {
  return nearest(sampleRatesHz, sampleRateHz);
}

export function byStart(
  a: { startFrame: number; id: string },
  b: { startFrame: number; id: string },
): number {
  return a.startFrame - b.startFrame || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
