import { devices } from '../generated/devices';
import { clamp, plain, powerDb, signed } from './decibels';
import { bandParams, curveDb } from './eqBands';
import { fitBands, matchCurve } from './matchEq';
import type { BandPower } from './measures';
import type { Move } from './moves';
import { totalPower } from './tone';

/** The equaliser's bands from here on are the match's; the first is left to repairs. */
const firstMatchBand = 2;
const heardDb = 0.2;

/** A match moves no phase against another: what was in time before stays so. */
const linearPhase =
  devices
    .find(({ id }) => id === 'eq')
    ?.params.find(({ id }) => id === 'phase')
    ?.choices?.indexOf('linear') ?? 0;

/** What is matched of a programme. */
export interface Spectrum {
  readonly bands: readonly BandPower[];
}

/** Moves that take tone and width towards those of a reference. */
export function matchMoves(source: Spectrum, reference: Spectrum, amount: number, name: string): Move[] {
  return [...toneMatch(source, reference, amount, name), ...widthMatch(source, reference, amount, name)];
}

/** The move that takes the tone alone towards a reference's; none where there is nothing to take. */
export function toneMatch(source: Spectrum, reference: Spectrum, amount: number, name: string): Move[] {
  const points = matchCurve(source.bands, reference.bands, amount);
  const most = points.reduce((far, point) => (Math.abs(point.gainDb) > Math.abs(far.gainDb) ? point : far), {
    hz: 0,
    gainDb: 0,
  });
  if (Math.abs(most.gainDb) < heardDb) return [];
  const bands = fitBands(points);
  const worst = Math.max(
    ...points
      .filter(({ weight }) => weight > 0)
      .map(({ hz, gainDb }) => Math.abs(gainDb - curveDb(bands, hz))),
  );
  return [
    {
      id: 'match-tone',
      stage: 'eq',
      params: Object.assign(
        { phase: linearPhase },
        ...bands.map((band, index) => bandParams(firstMatchBand + index, band)),
      ),
      what: `Tone, in linear phase: ${Math.round(100 * amount)} % of the way to ${name}, ${signed(most.gainDb)} dB at most, at ${Math.round(most.hz)} Hz; seven bands come within ${plain(worst)} dB of the curve.`,
      why: `The spectra differ in shape; loudness is left out of it.`,
    },
  ];
}

/** Values of the equaliser with nothing but the bands that a match sets. */
export function matchBandsAlone(values: Readonly<Record<string, number>>): Record<string, number> {
  const others = Array.from({ length: firstMatchBand - 1 }, (_, index) => [`band${index + 1}.on`, 0]);
  return { ...values, ...Object.fromEntries(others) };
}

/** A programme as it would be without gains that are in it: one in dB for each of its bands. */
export function withoutGains({ bands }: Spectrum, gainsDb: ArrayLike<number>): Spectrum {
  return {
    bands: bands.map(({ centreHz, left, right, cross }, index) => {
      const power = 10 ** (-(gainsDb[index] ?? 0) / 10);
      return { centreHz, left: power * left, right: power * right, cross: power * cross };
    }),
  };
}

const leastWidth = 60;
const mostWidth = 140;

/** The side's share of the power from 200 Hz to 8 kHz, against the middle's; null where there is no side. */
export function sideToMidDb(bands: readonly BandPower[]): number | null {
  const used = bands.filter(({ centreHz }) => centreHz > 190 && centreHz < 8200);
  const both = used.reduce((sum, band) => sum + totalPower(band), 0);
  const cross = used.reduce((sum, band) => sum + 2 * band.cross, 0);
  const side = both - cross;
  const mid = both + cross;
  return side > 1e-6 * mid && mid > 1e-6 * side ? powerDb(side / mid) : null;
}

function widthMatch(source: Spectrum, reference: Spectrum, amount: number, name: string): Move[] {
  const own = sideToMidDb(source.bands);
  const other = sideToMidDb(reference.bands);
  if (own === null || other === null) return [];
  const full = clamp(100 * 10 ** ((other - own) / 20), leastWidth, mostWidth);
  const width = 100 + amount * (full - 100);
  if (Math.abs(width - 100) < 2) return [];
  return [
    {
      id: 'match-width',
      stage: 'imager',
      params: { width },
      what: `Width ${Math.round(width)} %.`,
      why: `The sides are ${plain(-own)} dB under the middle, those of ${name} ${plain(-other)} dB.`,
    },
  ];
}

/** Several references as one: each counts as much as another, whatever its loudness. */
export function meanSpectrum(spectra: readonly Spectrum[]): Spectrum {
  const [first] = spectra;
  if (!first || spectra.length === 1) return first ?? { bands: [] };
  const wholes = spectra.map(({ bands }) => bands.reduce((sum, band) => sum + totalPower(band), 0));
  return {
    bands: first.bands.map(({ centreHz }, index) => {
      const mean = (of: (band: BandPower) => number) =>
        spectra.reduce((sum, { bands }, song) => {
          const band = bands[index];
          return sum + (band && wholes[song] ? of(band) / wholes[song] : 0);
        }, 0) / spectra.length;
      return {
        centreHz,
        left: mean(({ left }) => left),
        right: mean(({ right }) => right),
        cross: mean(({ cross }) => cross),
      };
    }),
  };
}
