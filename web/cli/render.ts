import { join } from 'node:path';
import { compileScene } from '../src/bridge/compile';
import { stemFileNames } from '../src/bridge/fileNames';
import type { PlanarBuffer } from '../src/engine/codec';
import { decibels } from '../src/engine/levelSum';
import type { MixwellModule } from '../src/engine/mixwellModule';
import { renderScene } from '../src/engine/offlineRender';
import { WavOutput, type WavReport } from '../src/engine/wavOutput';
import { loadEngine } from './engine';
import { Failure, failureOf } from './errors';
import { ensureFolder, isFolder, openOutput } from './files';
import { formatOptions, type OutputFormat, onePath, outputFormat, outputPath, parse } from './options';
import { songJob } from './songJob';
import { openFolderSong, openProjectSong, type Song } from './songs';

/** Renders a project file, or a folder of stems at unity. */
export async function render(args: string[]): Promise<number> {
  const parsed = parse(args, { ...formatOptions, stems: { type: 'string' } });
  const input = onePath(parsed, 'PROJECT or FOLDER');
  const output = outputPath(parsed);
  const format = outputFormat(parsed);
  const module = await loadEngine();
  const song = (await isFolder(input))
    ? await openFolderSong(module, input)
    : await openProjectSong(module, input);
  try {
    await renderSong(module, song, input, { output, stems: parsed.text('stems') }, format);
  } finally {
    await song.close();
  }
  return 0;
}

async function renderSong(
  module: MixwellModule,
  song: Song,
  input: string,
  paths: { output: string; stems: string | undefined },
  format: OutputFormat,
): Promise<void> {
  const { project } = song;
  const scene = compileScene(project);
  if (scene.endFrame === 0) throw new Failure(`${input}: there is nothing to render, no track has a clip`);
  const { job, handles } = await songJob(module, song, scene);
  const targets = [paths.output];
  if (paths.stems !== undefined) {
    await ensureFolder(paths.stems).catch((error: unknown) => {
      throw failureOf(String(paths.stems), error);
    });
    const names = stemFileNames(project.tracks.map(({ name }) => name));
    targets.push(...names.map((name) => join(String(paths.stems), name)));
  }
  const stemTracks = paths.stems === undefined ? [] : scene.tracks.map(({ id }) => handles.tracks.of(id));
  await writeAll(module, targets, project.sampleRateHz, format, (outputs) =>
    renderScene(module, { ...job, stemTracks }, async (mix, stems, frames) => {
      const buffers: readonly PlanarBuffer[] = [mix, ...stems];
      for (const [index, buffer] of buffers.entries()) await outputs[index]?.add(buffer.block(frames));
    }),
  );
}

/** Said, not failed: the file is what was asked for. */
function warnOfOvers(path: string, bits: OutputFormat['bits'], { clippedSamples, peak }: WavReport): void {
  if (bits === '32f' || clippedSamples === 0) return;
  const over = (decibels(peak) ?? 0).toFixed(1);
  process.stderr.write(
    `mixwell: ${path}: ${clippedSamples} samples above full scale were cut off (the peak is ${over} dB over it)\n`,
  );
}

/** Opens all files, lets them be filled, and closes them; or leaves none of them behind. */
async function writeAll(
  module: MixwellModule,
  targets: readonly string[],
  sourceRateHz: number,
  { bits, dither, sampleRateHz = sourceRateHz }: OutputFormat,
  fill: (outputs: readonly WavOutput[]) => Promise<void>,
): Promise<void> {
  const outputs: WavOutput[] = [];
  let current = targets[0] ?? '';
  try {
    for (const target of targets) {
      current = target;
      const sink = await openOutput(target);
      outputs.push(
        await WavOutput.open(module, { sourceRateHz, sampleRateHz, channels: 2, bits, dither }, sink),
      );
    }
    current = targets[0] ?? '';
    await fill(outputs);
    for (const [index, output] of outputs.entries()) {
      current = targets[index] ?? '';
      warnOfOvers(current, bits, await output.finish());
    }
  } catch (error) {
    await Promise.allSettled(outputs.map((output) => output.abort()));
    throw failureOf(current, error);
  } finally {
    for (const output of outputs) output.delete();
  }
}
