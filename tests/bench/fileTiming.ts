import { execFileSync } from 'node:child_process';
import type { PlanarBlock } from '../../web/src/engine/codec';
import { PlanarBuffer } from '../../web/src/engine/codec';
import { LoudnessMeasurement } from '../../web/src/engine/loudness';
import type { MixwellModule } from '../../web/src/engine/mixwellModule';
import { ProgrammeAnalysis } from '../../web/src/engine/programme';

/** How many times faster than a stereo file plays it is measured. */
export interface FileTimes {
  readonly [what: string]: number;
}

const rateHz = 48000;
const blockFrames = 4096;
const seconds = 60;

interface Native {
  readonly ours: number;
  readonly everything: number;
  readonly ebur128: number;
  readonly ebur128NoPeak: number;
}

/** Loudness, range and true peak, and everything that is said of a programme; libebur128 beside them. */
export function timeFiles(module: MixwellModule, nativeProgram: string): FileTimes {
  const native = JSON.parse(execFileSync(nativeProgram, [String(seconds)]).toString()) as Native;
  return {
    'loudness, range, true peak (wasm in Node)': inWasm(module, () => {
      const measurement = new LoudnessMeasurement(module, rateHz, 2);
      return {
        add: (block) => measurement.add(block),
        end: () => {
          measurement.finish();
          measurement.delete();
        },
      };
    }),
    'the same (native)': native.ours,
    'the same (libebur128, native)': native.ebur128,
    'without true peak (libebur128, native)': native.ebur128NoPeak,
    'all of a programme, spectrum too (wasm in Node)': inWasm(module, () => {
      const analysis = new ProgrammeAnalysis(module, rateHz, 2);
      return {
        add: (block) => analysis.add(block),
        end: () => {
          analysis.finish();
          analysis.delete();
        },
      };
    }),
    'the same as that (native)': native.everything,
  };
}

interface Meter {
  readonly add: (block: PlanarBlock) => void;
  readonly end: () => void;
}

/** The best of three runs, by the processor's time. */
function inWasm(module: MixwellModule, begin: () => Meter): number {
  const buffer = new PlanarBuffer(module, 2, blockFrames);
  let shortest = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 3; run++) {
    const state = [0, 0];
    let seed = 1;
    const meter = begin();
    let spent = 0;
    for (let done = 0; done < seconds * rateHz; done += blockFrames) {
      buffer.channels.forEach((channel, side) => {
        for (let frame = 0; frame < blockFrames; frame++) {
          seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
          state[side] = (state[side] as number) + 0.3 * (seed / 2 ** 31 - 1 - (state[side] as number));
          channel[frame] = 0.5 * (state[side] as number);
        }
      });
      const start = process.cpuUsage();
      meter.add(buffer.block(blockFrames));
      const { user, system } = process.cpuUsage(start);
      spent += user + system;
    }
    const start = process.cpuUsage();
    meter.end();
    const { user, system } = process.cpuUsage(start);
    shortest = Math.min(shortest, (spent + user + system) / 1e6);
  }
  buffer.delete();
  return seconds / shortest;
}

export function filesTable(times: FileTimes): string {
  const lines = Object.entries(times).map(
    ([what, factor]) => `  ${what.padEnd(52)} ${factor.toFixed(0).padStart(6)} ×`,
  );
  return ['a stereo file at 48 kHz, times real time', ...lines, '\n'].join('\n');
}
