import { powerDb } from './decibels';
import type { BandPower } from './measures';

/**
 * The average spectrum of released music in third octaves, in dB relative to 200 Hz. Above 200 Hz it is the parabola through the slopes
 * that Elowsson and Friberg ("Long-term average spectrum in popular music and its relation to the level of the percussion", AES 142,
 * 2017, paper 9762; 12,345 tracks) give: -2.4 dB an octave at 200 Hz, -8.9 at 6.4 kHz, each for equal bandwidths, and 3.01 dB an octave
 * more for third octaves. Its mean from 89 Hz to 4.5 kHz is their 4.5, near the 5 dB an octave of Pestana, Ma, Reiss, Barbosa and
 * Black ("Spectral characteristics of popular commercial recordings 1950-2010", AES 135, 2013, paper 8960; 772 tracks). Below 200 Hz,
 * where tracks differ most and the two studies as well, it is level.
 */
export function averageLevelDb(hz: number): number {
  if (hz <= 200) return 0;
  const octaves = Math.log2(hz / 200);
  const slopeAt200 = -2.4 + 3.01;
  const bendPerOctave = (-8.9 + 2.4) / Math.log2(6400 / 200);
  return slopeAt200 * octaves + 0.5 * bendPerOctave * octaves ** 2;
}

export interface BandDeviation {
  readonly centreHz: number;
  /** Above the average; the middle of all from 200 Hz to 4 kHz is 0. */
  readonly deviationDb: number;
}

const lowestHz = 45;
const highestHz = 13_000;

export const totalPower = ({ left, right }: BandPower): number => left + right;

/** How the tone differs from the average of released music, from 50 Hz to 12.5 kHz; empty for silence. */
export function toneDeviation(bands: readonly BandPower[]): BandDeviation[] {
  const judged = bands.filter(({ centreHz }) => centreHz > lowestHz && centreHz < highestHz);
  const raw = judged.map((band) => ({
    centreHz: band.centreHz,
    deviationDb: powerDb(totalPower(band)) - averageLevelDb(band.centreHz),
  }));
  const offset = median(
    raw
      .filter(({ centreHz }) => centreHz > 190 && centreHz < 4200)
      .map(({ deviationDb }) => deviationDb)
      .filter(Number.isFinite),
  );
  if (offset === undefined) return [];
  return raw.map(({ centreHz, deviationDb }) => ({ centreHz, deviationDb: deviationDb - offset }));
}

/** Fewer bands than this with sound in them are no spectrum to judge: a tone, or a few. */
const fewestBands = 18;
/** Under the strongest band, each against the average. */
const absentDb = -50;

export function isBroad(deviation: readonly BandDeviation[]): boolean {
  const strongest = Math.max(...deviation.map(({ deviationDb }) => deviationDb));
  return deviation.filter(({ deviationDb }) => deviationDb > strongest + absentDb).length >= fewestBands;
}

/** What is missing altogether can't be turned up. */
export const missingDb = -25;

/** The mean from one frequency to another; what is missing altogether counts no more than twice what that takes. */
export function meanDeviationDb(deviation: readonly BandDeviation[], fromHz: number, toHz: number): number {
  const inside = deviation.filter(({ centreHz }) => centreHz >= fromHz && centreHz <= toHz);
  return (
    inside.reduce((sum, { deviationDb }) => sum + Math.max(deviationDb, 2 * missingDb), 0) / inside.length
  );
}

function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
