import { beforeAll, describe, expect, it } from 'vitest';
import type { MixwellModule } from '../../../web/src/engine/mixwellModule';
import type { ProgrammeFigures } from '../../../web/src/engine/programme';
import { devices } from '../../../web/src/generated/devices';
import { freshChain } from '../../../web/src/mastering/chain';
import { type Move, withMoves } from '../../../web/src/mastering/moves';
import { propose } from '../../../web/src/mastering/proposal';
import { findTarget, type MasteringTarget } from '../../../web/src/mastering/targets';
import { averageLevelDb, isBroad, toneDeviation } from '../../../web/src/mastering/tone';
import { analysed } from '../../support/analysed';
import { nodeEngine } from '../../support/nodeEngine';
import { masteringProgrammes, pinkNoise } from '../../support/programmes';
import { sine } from '../../support/synth';

let module: MixwellModule;
const programmes = new Map(masteringProgrammes().map((programme) => [programme.name, programme]));
const spotify = findTarget('spotify') as MasteringTarget;
const vinyl = findTarget('vinyl') as MasteringTarget;

beforeAll(async () => {
  module = await nodeEngine();
});

function figures(name: string): ProgrammeFigures {
  const programme = programmes.get(name);
  if (!programme) throw new Error(`there is no programme "${name}"`);
  return analysed(module, programme.channels, programme.sampleRateHz);
}

const moveOf = (moves: readonly Move[], id: string) => moves.find((move) => move.id === id);
const gainOf = (move: Move | undefined) =>
  Object.entries(move?.params ?? {}).find(([id]) => id.endsWith('gainDb'))?.[1] ?? 0;

/** Figures whose spectrum is the given one; the rest is that of a plain mix. */
function withTone(levelDb: (hz: number) => number): ProgrammeFigures {
  const plain = analysed(module, [pinkNoise(1, 96_000, 0.2), pinkNoise(1, 96_000, 0.2)]);
  const bands = plain.bands.map(({ centreHz }) => {
    const power = 0.5 * 10 ** (levelDb(centreHz) / 10);
    return { centreHz, left: power, right: power, cross: 0.8 * power, highest: 4 * power };
  });
  return { ...plain, bands, channels: plain.channels.map((channel) => ({ ...channel, dc: 0 })) };
}

/** The average of released music, with nothing under 26 Hz. */
const average = (hz: number) => averageLevelDb(hz) - (hz < 26 ? 30 : 0);

describe('the average spectrum', () => {
  it('has the slopes that Elowsson and Friberg give, for equal bandwidths', () => {
    const slope = (hz: number) =>
      (averageLevelDb(hz * 1.01) - averageLevelDb(hz / 1.01)) / Math.log2(1.01 ** 2) - 3.01;
    expect(slope(210)).toBeCloseTo(-2.4, 0);
    expect(slope(6400)).toBeCloseTo(-8.9, 1);
    const mean = (averageLevelDb(4500) - averageLevelDb(200)) / Math.log2(4500 / 200) - 3.01;
    expect(mean).toBeGreaterThan(-6);
    expect(mean).toBeLessThan(-4.5);
  });

  it('is told from a tone, and does not depend on the level', () => {
    expect(isBroad(toneDeviation(analysed(module, [sine(1000, 48000, 96_000)]).bands))).toBe(false);
    const deviation = (level: number) => toneDeviation(withTone((hz) => average(hz) + level).bands);
    expect(deviation(-40)[10]?.deviationDb).toBeCloseTo(deviation(0)[10]?.deviationDb as number, 9);
  });
});

describe('a proposal', () => {
  it('leaves alone the tone of what sounds like the average', () => {
    const { moves } = propose(withTone(average), spotify, { amount: 1 });
    expect(moves.filter(({ stage }) => stage === 'eq')).toEqual([]);
  });

  it.each([
    ['bass', 80],
    ['low-mids', 250],
    ['mids', 900],
    ['presence', 3200],
    ['highs', 9000],
  ])('takes back half of what %s have too much, 3 dB at most, by the amount', (id, centreHz) => {
    const bump = (hz: number) => 10 * Math.exp(-(Math.log2(hz / centreHz) ** 2));
    const at = (amount: number) =>
      gainOf(
        moveOf(
          propose(
            withTone((hz) => average(hz) + bump(hz)),
            spotify,
            { amount },
          ).moves,
          `tone-${id}`,
        ),
      );
    expect(at(1)).toBeLessThan(-0.4);
    expect(at(1)).toBeGreaterThanOrEqual(-3);
    expect(at(0.5)).toBeCloseTo(0.5 * at(1), 9);
    expect(at(0)).toBe(0);
    const dip = propose(
      withTone((hz) => average(hz) - 2 * bump(hz)),
      spotify,
      { amount: 1 },
    );
    expect(gainOf(moveOf(dip.moves, `tone-${id}`))).toBeGreaterThan(0.4);
    expect(gainOf(moveOf(dip.moves, `tone-${id}`))).toBeLessThanOrEqual(3);
  });

  it('darkens a bright mix', () => {
    const { moves } = propose(figures('a bright mix'), spotify, { amount: 1 });
    expect(gainOf(moveOf(moves, 'tone-highs'))).toBe(-3);
  });

  it('does not turn up what is missing altogether', () => {
    const cut = withTone((hz) => average(hz) - (hz > 5500 ? 60 : 0));
    expect(moveOf(propose(cut, spotify, { amount: 1 }).moves, 'tone-highs')).toBeUndefined();
  });

  it('takes what the sample rate cuts off for no tone', () => {
    const telephone = { ...withTone((hz) => average(hz) - (hz > 3600 ? 200 : 0)), sampleRateHz: 8000 };
    const ids = propose(telephone, spotify, { amount: 1 }).moves.map(({ id }) => id);
    expect(ids).not.toContain('tone-presence');
    expect(ids).not.toContain('tone-highs');
  });

  it('puts a bass in the middle that is out of phase, and for vinyl every bass that is not', () => {
    const loose = propose(figures('bass out of phase'), spotify, { amount: 0.5 }).moves;
    expect(moveOf(loose, 'mono-bass')?.params).toEqual({ monoBelow: 1, monoBelowHz: 90 });
    expect(moveOf(propose(figures('a beat'), spotify, { amount: 1 }).moves, 'mono-bass')).toBeUndefined();
    const forVinyl = propose(figures('pink noise'), vinyl, { amount: 0.1 }).moves;
    expect(moveOf(forVinyl, 'mono-bass')?.params.monoBelowHz).toBe(150);
  });

  it('cuts an offset and rumble, and nothing where neither is', () => {
    const offset = moveOf(propose(figures('noise with an offset'), spotify, { amount: 0.5 }).moves, 'rumble');
    expect(offset?.why).toMatch(/^The sound sits off its middle \(DC\) at −2\d/);
    const rumble = withTone((hz) => average(hz) + (hz < 26 ? 40 : 0));
    expect(moveOf(propose(rumble, spotify, { amount: 0.5 }).moves, 'rumble')?.params).toMatchObject({
      'band1.on': 1,
      'band1.freqHz': 24,
    });
    const clean = propose(withTone(average), spotify, { amount: 1 }).moves;
    expect(clean.some(({ id }) => id === 'rumble' || id === 'dc')).toBe(false);
  });

  it('compresses where peaks stand far above the loudness, and not for a target without one', () => {
    const strokes = pinkNoise(4, 144_000, 0.9).map((sample, at) => sample * Math.exp(-(at % 24_000) / 3000));
    const spiky = analysed(module, [strokes, strokes]);
    const glue = moveOf(propose(spiky, spotify, { amount: 1 }).moves, 'glue');
    expect(glue?.params.ratio).toBeGreaterThan(1.2);
    expect(glue?.params.ratio).toBeLessThanOrEqual(2);
    expect(moveOf(propose(spiky, vinyl, { amount: 1 }).moves, 'glue')).toBeUndefined();
    expect(moveOf(propose(figures('a chord'), spotify, { amount: 1 }).moves, 'glue')).toBeUndefined();
  });

  it('narrows what is too wide, widens what is narrow, and leaves mono alone', () => {
    const width = (sideLevel: number) => {
      const [mid, side] = [pinkNoise(5, 96_000, 0.2), pinkNoise(6, 96_000, 0.2 * sideLevel)];
      const left = mid.map((sample, at) => sample + (side[at] as number));
      const right = mid.map((sample, at) => sample - (side[at] as number));
      return moveOf(propose(analysed(module, [left, right]), spotify, { amount: 1 }).moves, 'width')?.params
        .width;
    };
    expect(width(1.5)).toBeLessThan(100);
    expect(width(0.06)).toBeGreaterThan(100);
    expect(width(0.4)).toBeUndefined();
    expect(width(0)).toBeUndefined();
  });

  it('is empty at amount 0 and for silence', () => {
    expect(propose(figures('a bright mix'), spotify, { amount: 0 }).moves).toEqual([]);
    const silence = analysed(module, [new Float32Array(96_000), new Float32Array(96_000)]);
    expect(propose(silence, spotify, { amount: 1 })).toEqual({ moves: [], notes: [] });
  });

  it('notes what no device mends', () => {
    expect(propose(figures('a clipped mix'), spotify, { amount: 0 }).notes[0]?.text).toMatch(
      /clipped in \d+ places, first at 0:00/,
    );
    const late = propose(figures('long silence and a short sound'), spotify, { amount: 0 });
    expect(late.notes).toContainEqual({
      text: '3.0 s of silence come first.',
      repair: 'trim-start',
    });
  });

  it('sets nothing twice, stays in the tables’ ranges, and each move can be left out by itself', () => {
    for (const name of programmes.keys()) {
      for (const target of [spotify, vinyl]) {
        const { moves } = propose(figures(name), target, { amount: 1 });
        const set = moves.flatMap(({ stage, params }) => Object.keys(params).map((id) => `${stage}.${id}`));
        expect(new Set(set).size).toBe(set.length);
        for (const { stage, params, what, why } of moves) {
          const table = devices.find(({ id }) => id === stage)?.params ?? [];
          for (const [id, value] of Object.entries(params)) {
            const param = table.find((each) => each.id === id);
            expect(value).toBeGreaterThanOrEqual(param?.min as number);
            expect(value).toBeLessThanOrEqual(param?.max as number);
          }
          expect(what).toMatch(/^[A-Z].*\.$/);
          expect(why).toMatch(/^[A-Z].*\.$/);
        }
        const [first] = moves;
        if (!first) continue;
        expect(withMoves(freshChain(), moves, new Set([first.id]))).toEqual(
          withMoves(freshChain(), moves.slice(1)),
        );
      }
    }
  });
});
