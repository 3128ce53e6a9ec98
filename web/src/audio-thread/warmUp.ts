import { CommandWriter, keySections } from '../engine/encodeCommands';
import { EngineHost } from '../engine/engineHost';
import type { EngineModule } from '../engine/mixwellModule';
import { devices, type ParamInfo, stripParams } from '../generated/devices';
import { masterTrack, pageFloats, quantumFrames } from '../generated/engineLayout';

const tracks = 8;
const sourceFrames = 1 << 20;
/** How long the strips alone are run, and then with devices, a few at a time. */
const stripQuanta = 250;
const deviceQuanta = 50;
const devicesAtOnce = 3;
/** A table for a convolution: 32 short parts of 512 floats, one long one of 8192, all of them nothing. */
const table = Float32Array.from({ length: 4 + 32 * 512 + 8192 }, (_, place) => [32, 1][place] ?? 0);

/**
 * Runs faint sound through all that plays, for a few tenths of a second: the browser compiles wasm well only after it has run
 * for a while, and devices make tables that they share when the first of them is made. The first bars of a song should
 * not pay for it.
 */
export function warmUp(module: EngineModule, sampleRateHz: number): void {
  const engine = new EngineHost(module, { sampleRateHz, pageSlots: 4 * tracks });
  const handles = Array.from({ length: tracks }, (_, index) => index + 1);
  engine.apply(stripCommands(handles));
  const sound = faintSound();
  run(engine, stripQuanta, sound);
  for (let first = 0; first < devices.length; first += devicesAtOnce) {
    const some = devices.slice(first, first + devicesAtOnce).map((_, place) => first + place);
    const out = new CommandWriter();
    some.forEach((device, place) => {
      out.inserts(handles[place] ?? masterTrack, [1 + device, device]);
      for (const [index, value] of stirred(devices[device]?.params ?? []))
        out.insertParam(1 + device, index, value);
    });
    engine.apply(out.take());
    run(engine, some.length, sound);
    for (const device of some) engine.copyTable(1 + device, table, 0, table.length);
    run(engine, deviceQuanta, sound);
  }
  engine.delete();
}

/** Tracks with all of their sections on, some in a group, some sent, one keyed. */
function stripCommands(handles: readonly number[]): Float64Array {
  const out = new CommandWriter();
  for (const handle of handles) out.sourceAdd(handle, handle % 2 === 0 ? 1 : 2, sourceFrames);
  out.trackList(handles);
  const group = handles.at(-1) ?? 1;
  for (const handle of handles) {
    out.trackChannels(handle, handle % 2 === 0 ? 1 : 2);
    out.trackClips(handle, [handle, 0, 0, sourceFrames, 0, sourceFrames / 4, handle % 5, 0, 0]);
    for (const [index, value] of stirred(stripParams)) {
      if (stripParams[index]?.id.includes('.')) out.trackParam(handle, index, value);
    }
    if (handle === group) continue;
    if (handle % 2 === 1) out.trackRoute(handle, group);
    else out.trackSends(handle, [group, -12, 0, 0, 1]);
  }
  out.trackKey(group, keySections.compressor, handles[0] ?? null);
  out.play();
  return out.take();
}

/** Switches on, and amounts that are at nothing by default a little up. */
function stirred(params: readonly ParamInfo[]): [index: number, value: number][] {
  return params.flatMap(({ id, kind, min, max, default: fallback }, index): [number, number][] => {
    if (kind === 'switch' && fallback === 0 && /on$/i.test(id)) return [[index, 1]];
    if (kind === 'continuous' && /(gainDb|mix|amount|driveDb)$/.test(id) && fallback === 0) {
      return [[index, Math.min(max, Math.max(min, 3))]];
    }
    return [];
  });
}

function faintSound(): Float32Array {
  let state = 1;
  return Float32Array.from({ length: pageFloats }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return state * 2 ** -45;
  });
}

function run(engine: EngineHost, quanta: number, sound: Float32Array): void {
  for (let quantum = 0; quantum < quanta; quantum++) {
    const pairs = engine.missingPages(quantumFrames);
    for (let pair = 0; pair < pairs; pair++) {
      engine.supply(engine.requests[2 * pair] ?? 0, engine.requests[2 * pair + 1] ?? 0, sound);
    }
    engine.process(quantumFrames);
  }
}
