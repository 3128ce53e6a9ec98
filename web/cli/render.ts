import { basename, join } from 'node:path';
import { compileScene, type EngineScene } from '../src/bridge/compile';
import { stemFileNames } from '../src/bridge/fileNames';
import { originOf, sectionsOf } from '../src/bridge/reportedSong';
import type { PlanarBuffer } from '../src/engine/codec';
import { decibels } from '../src/engine/levelSum';
import type { MixwellModule } from '../src/engine/mixwellModule';
import { renderScene } from '../src/engine/offlineRender';
import type { SoundOutput, SoundReport } from '../src/engine/soundOutput';
import { formatName } from '../src/engine/soundWriter';
import { mixReport, type WrittenFile } from '../src/mastering/makeReport';
import type { MixReport } from '../src/mastering/report';
import { loadEngine } from './engine';
import { Failure, failureOf } from './errors';
import { ensureFolder, isFolder } from './files';
import { formatOptions, type OutputFormat, onePath, outputFormat, outputPath, parse } from './options';
import { openReport } from './reportFile';
import { songJob } from './songJob';
import { openFolderSong, openProjectSong, type Song } from './songs';
import { openSoundFile } from './soundFile';

/** Renders a project file, or a folder of stems at unity. */
export async function render(args: string[]): Promise<number> {
  const parsed = parse(args, { ...formatOptions, stems: { type: 'string' }, report: { type: 'string' } });
  const input = onePath(parsed, 'PROJECT or FOLDER');
  const output = outputPath(parsed);
  const format = outputFormat(parsed);
  const module = await loadEngine();
  const song = (await isFolder(input))
    ? await openFolderSong(module, input)
    : await openProjectSong(module, input);
  try {
    const paths = { output, stems: parsed.text('stems'), report: parsed.text('report') };
    await renderSong(module, song, input, paths, format);
  } finally {
    await song.close();
  }
  return 0;
}

async function renderSong(
  module: MixwellModule,
  song: Song,
  input: string,
  paths: { output: string; stems: string | undefined; report: string | undefined },
  format: OutputFormat,
): Promise<void> {
  const { project } = song;
  const scene = compileScene(project);
  if (scene.endFrame === 0) throw new Failure(`${input}: there is nothing to render, no track has a clip`);
  const { job, handles } = await songJob(module, song, scene);
  const targets = [{ path: paths.output, title: project.name }];
  if (paths.stems !== undefined) {
    await ensureFolder(paths.stems).catch((error: unknown) => {
      throw failureOf(String(paths.stems), error);
    });
    const titles = project.tracks.map(({ name }) => name);
    const names = stemFileNames(titles, format.file);
    for (const [index, name] of names.entries()) {
      targets.push({ path: join(paths.stems, name), title: titles[index] ?? '' });
    }
  }
  const stemTracks = paths.stems === undefined ? [] : scene.tracks.map(({ id }) => handles.tracks.of(id));
  const reportSink = paths.report === undefined ? null : await openReport(paths.report);
  try {
    const writing = { targets, sourceRateHz: project.sampleRateHz, format, measured: reportSink !== null };
    const written = await writeAll(module, writing, (outputs) =>
      renderScene(module, { ...job, stemTracks }, async (mix, stems, frames) => {
        const buffers: readonly PlanarBuffer[] = [mix, ...stems];
        for (const [index, buffer] of buffers.entries()) await outputs[index]?.add(buffer.block(frames));
      }),
    );
    await reportSink?.finish(reportOf(song, scene, written));
  } catch (error) {
    await reportSink?.abort();
    throw error;
  }
}

function reportOf({ project }: Song, scene: EngineScene, written: readonly WrittenFile[]): MixReport {
  const [file, ...stems] = written as [WrittenFile, ...WrittenFile[]];
  return mixReport({
    ...originOf(project, scene.endFrame),
    range: 'song',
    startSeconds: 0,
    tracks: project.tracks.length,
    sections: sectionsOf(project, { startFrame: 0, frames: scene.endFrame }),
    file,
    stems,
  });
}

/** Said, not failed: the file is what was asked for. */
function warnOfOvers(path: string, bits: OutputFormat['bits'], { clippedSamples, peak }: SoundReport): void {
  if (bits === '32f' || clippedSamples === 0) return;
  const over = (decibels(peak) ?? 0).toFixed(1);
  process.stderr.write(
    `mixwell: ${path}: ${clippedSamples} samples above full scale were cut off (the peak is ${over} dB over it)\n`,
  );
}

interface Writing {
  /** The mix, then stems. */
  readonly targets: readonly { readonly path: string; readonly title: string }[];
  readonly sourceRateHz: number;
  readonly format: OutputFormat;
  readonly measured: boolean;
}

/** Opens all files, lets them be filled, and closes them; or leaves none of them behind. Tells of those that were measured. */
async function writeAll(
  module: MixwellModule,
  { targets, sourceRateHz, format, measured }: Writing,
  fill: (outputs: readonly SoundOutput[]) => Promise<void>,
): Promise<WrittenFile[]> {
  const { file, bits, dither, sampleRateHz = sourceRateHz } = format;
  const outputs: SoundOutput[] = [];
  const written: WrittenFile[] = [];
  let current = '';
  try {
    for (const [index, { path, title }] of targets.entries()) {
      const kind = index === 0 ? 'all' : 'levels';
      const plain = { file, title, sourceRateHz, sampleRateHz, channels: 2, bits, dither } as const;
      outputs.push(await openSoundFile(module, path, measured ? { ...plain, measured: kind } : plain));
    }
    current = targets[0]?.path ?? '';
    await fill(outputs);
    for (const [index, output] of outputs.entries()) {
      current = targets[index]?.path ?? '';
      const report = await output.finish();
      warnOfOvers(current, bits, report);
      const { bytes, sha256, figures } = report;
      const cutOff = bits === '32f' ? 0 : report.clippedSamples;
      if (figures)
        written.push({
          name: basename(current),
          format: formatName(file),
          bits,
          dither,
          bytes,
          sha256,
          cutOff,
          written: figures,
        });
    }
    return written;
  } catch (error) {
    await Promise.allSettled(outputs.map((output) => output.abort()));
    throw failureOf(current, error);
  } finally {
    for (const output of outputs) output.delete();
  }
}
