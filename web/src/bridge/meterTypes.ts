import type { Id } from '../model/types';

/**
 * Places in the array that meters.read fills. Levels are linear, 1 is full scale; reductions are in dB, 0 or negative,
 * of the strip's sections and of its first six inserts.
 */
export const meterFields = [
  'peakL',
  'peakR',
  'rmsL',
  'rmsR',
  'maxPeak',
  'flags',
  'gateReductionDb',
  'compressorReductionDb',
  'insert1ReductionDb',
  'insert2ReductionDb',
  'insert3ReductionDb',
  'insert4ReductionDb',
  'insert5ReductionDb',
  'insert6ReductionDb',
] as const;
export const meterFieldCount = meterFields.length;
/** Bits of the field 'flags'. */
export const meterFlagClipped = 1;

export interface StudioMeters {
  /** Fills `into` (as many numbers as it holds, at most meterFieldCount, see meterFields); false, and zeros, where there is nothing to show. No garbage. */
  read(trackId: Id | 'master', into: Float32Array): boolean;
  /** Takes the peak hold and the clip light back. */
  resetPeaks(trackId: Id | 'master' | 'all'): void;
}

/** Places in the array that mastering.readLoudness fills. Loudness is -Infinity for silence; true peaks are linear. */
export const loudnessFields = [
  'momentaryLufs',
  'shortTermLufs',
  'maxMomentaryLufs',
  'maxShortTermLufs',
  'integratedLufs',
  'loudnessRangeLu',
  'truePeak',
  'recentTruePeak',
  'correlation',
] as const;
export type LoudnessField = (typeof loudnessFields)[number];

/** What goes to the file, what goes into the mastering chain, and the track chosen by meterTrack. */
export type MeteredBus = 'tap' | 'original' | 'track';
