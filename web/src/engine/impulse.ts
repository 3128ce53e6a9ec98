/**
 * Impulse responses and the tables of spectra that the device `convolution` takes (`insertTable`). Made with the wasm
 * module, away from the audio thread: a long impulse takes a good tenth of a second. Works in worker and Node.
 */
import type { Deletable } from './codecModule';

/** The class of wasm/bind_impulse.cpp. */
export interface ImpulseModule {
  readonly HEAPU8: Uint8Array;
  readonly Impulse: new (
    sampleRateHz: number,
    frames: number,
  ) => Deletable & {
    takeBuiltIn(name: string): boolean;
    frames(): number;
    left(): number;
    right(): number;
    shape(index: number, value: number): void;
    bake(): number;
    shapedLeft(): number;
    shapedRight(): number;
    makeTable(): number;
    tableAddress(): number;
  };
}

/** The program's own impulse responses, by name. */
export const builtInImpulses = ['stone chapel', 'bright hall', 'plate', 'spring'] as const;
export type BuiltInImpulse = (typeof builtInImpulses)[number];

/**
 * The parameters of the device that shape its impulse, in the order of its table: a change of one asks for a new
 * table. The others are live.
 */
export const impulseParams = ['startMs', 'endS', 'fadeS', 'stretch', 'lowCutHz', 'highCutHz'] as const;
export type ImpulseShape = Readonly<Partial<Record<(typeof impulseParams)[number], number>>>;

/** Both sides of an impulse response at the project's sample rate; a mono one has the same twice. */
export interface StereoImpulse {
  readonly left: Float32Array;
  readonly right: Float32Array;
}

/** What the device gets and what its picture shows. */
export interface BakedImpulse {
  /** For claimTable and commitTable. */
  readonly table: Float32Array<ArrayBuffer>;
  /** The impulse as it sounds: cut, stretched, filtered, faded. */
  readonly left: Float32Array<ArrayBuffer>;
  readonly right: Float32Array<ArrayBuffer>;
}

function copied(module: ImpulseModule, address: number, length: number): Float32Array<ArrayBuffer> {
  return new Float32Array(module.HEAPU8.buffer, address, length).slice() as Float32Array<ArrayBuffer>;
}

/** One of the program's own, as it is before it is shaped. */
export function builtInImpulse(
  module: ImpulseModule,
  name: BuiltInImpulse,
  sampleRateHz: number,
): StereoImpulse {
  const impulse = new module.Impulse(sampleRateHz, 0);
  try {
    impulse.takeBuiltIn(name);
    return {
      left: copied(module, impulse.left(), impulse.frames()),
      right: copied(module, impulse.right(), impulse.frames()),
    };
  } finally {
    impulse.delete();
  }
}

/** Shapes an impulse and makes the device's table of it. Parameters that are not named have their defaults. */
export function bakeImpulse(
  module: ImpulseModule,
  source: StereoImpulse | BuiltInImpulse,
  sampleRateHz: number,
  shape: ImpulseShape = {},
): BakedImpulse {
  const builtIn = typeof source === 'string';
  const impulse = new module.Impulse(sampleRateHz, builtIn ? 0 : source.left.length);
  try {
    if (builtIn) {
      impulse.takeBuiltIn(source);
    } else {
      new Float32Array(module.HEAPU8.buffer, impulse.left(), impulse.frames()).set(source.left);
      new Float32Array(module.HEAPU8.buffer, impulse.right(), impulse.frames()).set(source.right);
    }
    impulseParams.forEach((param, index) => {
      const value = shape[param];
      if (value !== undefined) impulse.shape(index, value);
    });
    const frames = impulse.bake();
    const floats = impulse.makeTable();
    return {
      table: copied(module, impulse.tableAddress(), floats),
      left: copied(module, impulse.shapedLeft(), frames),
      right: copied(module, impulse.shapedRight(), frames),
    };
  } finally {
    impulse.delete();
  }
}
