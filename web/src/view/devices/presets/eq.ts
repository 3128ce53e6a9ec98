import type { PresetText, PresetValues } from './preset';

type Band = readonly [type: string, freqHz: number, gainDb: number, q: number, slope?: string];

const bands = (...list: readonly Band[]): PresetValues =>
  Object.fromEntries(
    list.flatMap(([type, freqHz, gainDb, q, slope], index) => {
      const band = `band${index + 1}`;
      return [
        [`${band}.on`, 1],
        [`${band}.type`, type],
        [`${band}.freqHz`, freqHz],
        [`${band}.gainDb`, gainDb],
        [`${band}.q`, q],
        ...(slope === undefined ? [] : [[`${band}.slope`, slope]]),
      ];
    }),
  );

const lowCut = (hz: number, slope = '12'): Band => ['lowcut', hz, 0, 0.71, slope];
const highCut = (hz: number, slope = '12'): Band => ['highcut', hz, 0, 0.71, slope];
const bell = (hz: number, gainDb: number, q = 1): Band => ['bell', hz, gainDb, q];
const lowShelf = (hz: number, gainDb: number): Band => ['lowshelf', hz, gainDb, 0.71];
const highShelf = (hz: number, gainDb: number): Band => ['highshelf', hz, gainDb, 0.71];

export const eqPresets: readonly PresetText[] = [
  {
    name: 'Flat, four bands',
    values: bands(lowShelf(100, 0), bell(350, 0), bell(2500, 0), highShelf(9000, 0)),
  },
  {
    name: 'Vocal: air and room',
    values: bands(lowCut(85), bell(240, -2.2, 1.1), bell(3300, 1.5, 1.2), highShelf(10500, 2.4)),
  },
  {
    name: 'Vocal: tame the bite',
    values: bands(lowCut(78), bell(240, -2.2, 1.1), bell(3300, -3, 2), highShelf(10500, 1.5)),
  },
  {
    name: 'Backing voices: behind the lead',
    values: bands(lowCut(150), bell(300, -2, 1), bell(2800, -2.5, 0.9), highShelf(9000, 1.5)),
  },
  {
    name: 'Kick: weight and click',
    values: bands(lowCut(28, '18'), bell(58, 3, 1.2), bell(350, -4, 1), bell(3600, 3, 1)),
  },
  {
    name: 'Snare: body and snap',
    values: bands(lowCut(90), bell(200, 2, 1.2), bell(480, -2.5, 1.4), bell(5000, 3, 0.8)),
  },
  {
    name: 'Hats: out of the mud',
    values: bands(lowCut(320, '18'), bell(900, -1.5, 1), highShelf(9500, 1.5)),
  },
  {
    name: 'Bass: room for the kick',
    values: bands(
      lowCut(32, '18'),
      bell(58, -2.5, 1.6),
      bell(110, 1.5, 1),
      bell(300, -2, 1),
      bell(900, 2, 0.9),
    ),
  },
  {
    name: 'Guitar: beside the voice',
    values: bands(lowCut(100), bell(250, -1.5, 1), bell(2600, -2, 0.8), highCut(12000)),
  },
  {
    name: 'Keys: clear middle',
    values: bands(lowCut(60), bell(320, -2, 0.9), bell(1800, 1, 0.9), highShelf(8000, 1)),
  },
  {
    name: 'Drum bus: gentle smile',
    values: bands(lowShelf(80, 1.5), bell(400, -1.5, 0.8), highShelf(9000, 1.5)),
  },
  {
    name: 'Master: gentle tilt',
    values: bands(lowCut(22), lowShelf(90, -0.6), bell(240, -0.8, 0.6), highShelf(9000, 1)),
  },
  { name: 'Master: warm', values: bands(lowShelf(140, 0.8), bell(3200, -0.8, 0.6), highShelf(10000, -1)) },
  { name: 'Master: firm low end', values: bands(lowCut(30, '24'), bell(62, 1, 0.9), bell(220, -1, 0.7)) },
  { name: 'Master: a little air', values: bands(bell(260, -0.7, 0.7), highShelf(12000, 1)) },
  {
    name: 'Reverb return: clean',
    values: bands(lowCut(220, '18'), bell(700, -1.5, 0.9), highCut(9000)),
  },
  { name: 'Telephone', values: bands(lowCut(420, '24'), bell(1500, 4, 1), highCut(3200, '24')) },
];
