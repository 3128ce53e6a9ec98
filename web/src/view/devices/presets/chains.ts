import type { ChainText } from './preset';

/** Rows of devices that do one job together. */
export const ourChains: readonly ChainText[] = [
  {
    name: 'Drum bus, glued',
    devices: [
      { deviceId: 'eq', preset: 'Drum bus: gentle smile' },
      { deviceId: 'compressor', preset: 'Bus: glue' },
      { deviceId: 'saturator', preset: 'Warm bus' },
      { deviceId: 'transient', preset: 'Drum bus: alive' },
    ],
  },
  {
    name: 'Lead vocal',
    devices: [
      { deviceId: 'eq', preset: 'Vocal: air and room' },
      { deviceId: 'compressor', preset: 'Vocal: steady' },
      { deviceId: 'deesser', preset: 'Bright voice' },
    ],
  },
  {
    name: 'Kick',
    devices: [
      { deviceId: 'gate', preset: 'Kick: clean' },
      { deviceId: 'eq', preset: 'Kick: weight and click' },
      { deviceId: 'compressor', preset: 'Kick: punch' },
    ],
  },
  {
    name: 'Snare',
    devices: [
      { deviceId: 'gate', preset: 'Snare: tight' },
      { deviceId: 'eq', preset: 'Snare: body and snap' },
      { deviceId: 'compressor', preset: 'Snare: crack' },
    ],
  },
  {
    name: 'Bass, solid',
    devices: [
      { deviceId: 'eq', preset: 'Bass: room for the kick' },
      { deviceId: 'compressor', preset: 'Bass: even' },
      { deviceId: 'saturator', preset: 'Bass: heard on small speakers' },
    ],
  },
  {
    name: 'Master, finishing touch',
    devices: [
      { deviceId: 'eq', preset: 'Master: a little air' },
      { deviceId: 'compressor', preset: 'Master: a touch' },
    ],
  },
];
