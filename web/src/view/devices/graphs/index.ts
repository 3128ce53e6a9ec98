import type { DeviceGraph } from '../deviceGraph';
import { PlainGraph } from './PlainGraph';

/** The picture of each device, by its id. */
const graphs: Readonly<Record<string, DeviceGraph>> = {};

export const graphOf = (deviceId: string): DeviceGraph => graphs[deviceId] ?? PlainGraph;
