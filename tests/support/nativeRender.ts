import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileScene } from '../../web/src/bridge/compile';
import { encodeScene } from '../../web/src/bridge/diffScenes';
import { MemoryReader } from '../../web/src/engine/byteReader';
import type { InsertTable } from '../../web/src/engine/impulseTables';
import type { MixwellModule } from '../../web/src/engine/mixwellModule';
import { openPcm } from '../../web/src/engine/pcmSource';
import type { ProjectSnapshot } from '../../web/src/model/types';
import { repository } from './nodeEngine';
import { type Files, type Stereo, tablesOf } from './offline';

const program = `${repository}/build/native/tests/mixwell_native_render`;

export interface NativeRange {
  readonly startFrame: number;
  readonly frames: number;
  readonly looping?: boolean;
}

/** The same render by the native build of the same engine. */
export async function renderNatively(
  module: MixwellModule,
  project: ProjectSnapshot,
  files: Files,
  range: NativeRange,
): Promise<Stereo> {
  if (!existsSync(program)) throw new Error(`${program} is missing: run tests/run web, which builds it`);
  const folder = mkdtempSync(join(tmpdir(), 'mixwell-parity-'));
  try {
    const [job, out] = [join(folder, 'job'), join(folder, 'out')];
    writeFileSync(job, await encodeJob(module, project, files, range));
    execFileSync(program, [job, out], { stdio: ['ignore', 'ignore', 'pipe'] });
    const bytes = readFileSync(out);
    const sound = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
    return { left: sound.slice(0, range.frames), right: sound.slice(range.frames) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const tableJob = (tables: readonly InsertTable[]): (Float64Array | Float32Array)[] => [
  Float64Array.of(tables.length),
  ...tables.flatMap(({ insert, table }) => [Float64Array.of(insert, table.length), table]),
];

/** The form is told in tests/parity/native_render.cpp. */
async function encodeJob(
  module: MixwellModule,
  project: ProjectSnapshot,
  files: Files,
  { startFrame, frames, looping }: NativeRange,
): Promise<Uint8Array> {
  const scene = compileScene(project);
  const { commands, handles } = encodeScene(scene);
  const pieces: (Float64Array | Float32Array)[] = [
    Float64Array.of(project.sampleRateHz, startFrame, frames, looping ? 1 : 0, commands.length),
    commands,
    ...tableJob(await tablesOf(module, scene, handles)),
    Float64Array.of(scene.sources.size),
  ];
  for (const [id, source] of scene.sources) {
    const pcm = await openPcm(new MemoryReader(files.get(id) as Uint8Array), module);
    const channels = await pcm.read(0, source.frames);
    pcm.close();
    pieces.push(Float64Array.of(handles.sources.of(id), source.channels, source.frames), ...channels);
  }
  const total = pieces.reduce((sum, { byteLength }) => sum + byteLength, 0);
  const job = new Uint8Array(total);
  let at = 0;
  for (const piece of pieces) {
    job.set(new Uint8Array(piece.buffer, piece.byteOffset, piece.byteLength), at);
    at += piece.byteLength;
  }
  return job;
}
