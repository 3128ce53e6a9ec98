// usage: node writeGenerated.mjs MODULE_FOLDER OUTPUT_FOLDER
// Runs the built module and writes what TypeScript has to know of it: devices.ts and engineLayout.ts.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [moduleFolder, outputFolder] = process.argv.slice(2);
if (!moduleFolder || !outputFolder) {
  console.error('usage: node writeGenerated.mjs MODULE_FOLDER OUTPUT_FOLDER');
  process.exit(2);
}

const header = '// Written by the build out of the C++ tables. Do not edit.\n';

async function readDescription() {
  const { default: createModule } = await import(pathToFileURL(resolve(moduleFolder, 'mixwell.js')).href);
  const wasm = await WebAssembly.compile(await readFile(join(moduleFolder, 'mixwell.wasm')));
  const module = await createModule({
    instantiateWasm(imports, done) {
      WebAssembly.instantiate(wasm, imports).then((instance) => done(instance, wasm));
      return {};
    },
  });
  return JSON.parse(module.engineDescription());
}

const capitalised = (name) => name[0].toUpperCase() + name.slice(1);
const quoted = (name) => `'${name}'`;

function tableText(name, params) {
  const type = `${capitalised(name)}ParamId`;
  const rows = params.map((param) => `  ${JSON.stringify(param)},`).join('\n');
  return `
export type ${type} = ${params.map(({ id }) => quoted(id)).join(' | ')};

export const ${name}Params: readonly ParamInfo<${type}>[] = [
${rows}
];
`;
}

function devicesText({ strip, master, devices }) {
  const device = ({ id, name, readouts }) =>
    `  { id: ${quoted(id)}, name: ${quoted(name)}, params: ${id}Params, readouts: ${JSON.stringify(readouts)} },`;
  return `${header}
/** A continuous value, one of the names in \`choices\` by its number, or 0 and 1. */
export type ParamKind = 'continuous' | 'choice' | 'switch';

/** How a control moves through the range; a fader's minimum is off; logarithmic: equal ratios are equal ways. */
export type ParamCurve = 'linear' | 'fader' | 'logarithmic';

/** A parameter of a device. Its place in the table is its number in commands. */
export interface ParamInfo<Id extends string = string> {
  readonly id: Id;
  readonly name: string;
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  readonly default: number;
  readonly curve: ParamCurve;
  readonly smoothingMs: number;
  readonly kind: ParamKind;
  readonly choices: readonly string[];
  /** 1: the device's latency follows from it, so it can't be automated. */
  readonly changesLatency: number;
}

/** A number that a device shows while it runs. */
export interface ReadoutInfo {
  readonly id: string;
  readonly unit: string;
}
${tableText('strip', strip)}${tableText('master', master)}${devices
  .map(({ id, params }) => tableText(id, params))
  .join('')}
export type DeviceId = ${devices.map(({ id }) => quoted(id)).join(' | ')};

export interface DeviceInfo {
  readonly id: DeviceId;
  readonly name: string;
  readonly params: readonly ParamInfo[];
  readonly readouts: readonly ReadoutInfo[];
}

/** The devices that can be put in a chain. */
export const devices: readonly DeviceInfo[] = [
${devices.map(device).join('\n')}
];
`;
}

/** An object of names to numbers: the n-th name has the number n times step, plus offset. */
function numbered(names, number) {
  const key = (name) => (/^\w+$/.test(name) ? name : quoted(name));
  return `{ ${names.map((name, index) => `${key(name)}: ${number(index)}`).join(', ')} } as const`;
}

function layoutText({
  version,
  sizes,
  opcodes,
  commandErrors,
  fadeCurves,
  outputs,
  probes,
  pointShapes,
  telemetry,
  busMeters,
  busReadings,
  auditions,
  levels,
  levelFlags,
}) {
  const list = (names) => `[${names.map(quoted).join(', ')}] as const`;
  const constants = Object.entries(sizes).map(([name, value]) => `export const ${name} = ${value};`);
  return `${header}
export const engineVersion = ${quoted(version)};

${constants.join('\n')}

/** Commands of the stream. */
export const opcodes = ${numbered(opcodes, (index) => index + 1)};

/** What applying commands returns is a place in this list. */
export const commandErrors = ${list(commandErrors)};

/** The number of a fade's curve is its place in this list. */
export const fadeCurves = ${list(fadeCurves)};

/** The number of a point's shape is its place in this list. */
export const pointShapes = ${list(pointShapes)};

/** Where each output lies, in floats. */
export const outputOffsets = ${numbered(outputs, (index) => index * sizes.quantumFrames)};

/** Where each sound of a probe lies in it, in floats; the probes lie one after the other. */
export const probeOffsets = ${numbered(probes, (index) => index * sizes.quantumFrames)};
export const probeFloats = ${probes.length * sizes.quantumFrames};

/** Where the probes' read-outs lie among the outputs, probeReadouts floats a probe. */
export const probeReadoutsOffset = ${
    (outputs.indexOf('probes') + probes.length * sizes.probeCount) * sizes.quantumFrames
  };

/** Places in the telemetry, doubles. */
export const telemetryFields = ${numbered(telemetry, (index) => index)};
export const telemetryNumbers = ${telemetry.length};

/** Buses whose loudness is measured, and what is told of each: the field BUS.READING of the telemetry. */
export const busMeters = ${list(busMeters)};
export const busReadings = ${list(busReadings)};

/** What the ears can be given; the number of a choice is its place in this list. */
export const auditions = ${list(auditions)};

/** Places in the levels of the master and of each track, floats. */
export const levelFields = ${numbered(levels, (index) => index)};
export const levelFloats = ${levels.length};

/** Bits of the level field flags. */
export const levelFlags = ${numbered(levelFlags, (index) => 2 ** index)};
`;
}

/** Leaves a file alone whose text is the same, so that nothing is built again because of it. */
async function writeChanged(name, text) {
  const path = join(outputFolder, name);
  const before = await readFile(path, 'utf8').catch(() => null);
  if (before !== text) await writeFile(path, text);
}

const description = await readDescription();
await mkdir(outputFolder, { recursive: true });
await writeChanged('devices.ts', devicesText(description));
await writeChanged('engineLayout.ts', layoutText(description));
