import { stripParams } from '../../generated/devices';
import { linearSpec } from '../kit/valueSpec';
import { parseLevel } from '../kit/valueText';

const table = stripParams.find((param) => param.id === 'trimDb');

/** The strip's input gain, over the range of the engine's table. */
export const trimSpec = {
  ...linearSpec({
    min: table?.min ?? -24,
    max: table?.max ?? 24,
    defaultValue: table?.default ?? 0,
    unit: 'dB',
    decimals: 1,
  }),
  parse: parseLevel,
};
