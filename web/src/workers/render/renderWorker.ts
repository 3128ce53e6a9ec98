import type { PlanarBuffer } from '../../engine/codec';
import { loadFlac } from '../../engine/loadFlac';
import { instantiateEngine } from '../../engine/loadModule';
import { type RenderJob, renderScene } from '../../engine/offlineRender';
import { openWriter, type WrittenFormat } from '../../engine/openWriter';
import { SoundOutput, type SoundOutputFormat } from '../../engine/soundOutput';
import { MasterPass } from './masterPass';
import { makeTables, openSources } from './openScene';
import type { FromRenderWorker, RenderedFile, RenderRequest, ToRenderWorker } from './protocol';
import { openTarget } from './target';

const progressEveryMs = 100;
const cancelled = new DOMException('The export was cancelled.', 'AbortError');

const control = new AbortController();
const say = (message: FromRenderWorker) => postMessage(message);

addEventListener('message', ({ data }: MessageEvent<ToRenderWorker>) => {
  if (data.kind === 'cancel') control.abort(cancelled);
  else void answer(data.request);
});

async function answer(request: RenderRequest): Promise<void> {
  try {
    say(await render(request, control.signal));
  } catch (error) {
    if (control.signal.aborted) say({ kind: 'cancelled' });
    else say({ kind: 'failed', reason: reasonOf(error) });
  }
}

async function render(request: RenderRequest, signal: AbortSignal): Promise<FromRenderWorker> {
  const module = await instantiateEngine(request.engine);
  const sources = await openSources(module, request);
  const tables = await makeTables(module, request);
  const target = await openTarget(request.target);
  const outputs: SoundOutput[] = [];
  let pass: MasterPass | null = null;
  try {
    const format = outputFormat(request);
    for (const { name, title } of request.files) {
      const sink = await target.open(name);
      const writer = await openWriter(module, { ...format, title }, sink, loadFlac);
      outputs.push(await SoundOutput.open(module, format, writer));
    }
    if (request.master) pass = await MasterPass.open(module, request, outputs[0] as SoundOutput);
    await renderScene(
      module,
      { ...request, sources, tables, stemTracks: stemTracks(request), ...originalTo(request, pass) },
      blocksTo(request, pass ? [pass] : outputs),
      signal,
    );
    const original = await pass?.finish();
    const files: RenderedFile[] = [];
    for (const [index, { name }] of request.files.entries()) {
      files.push({ name, ...(await (outputs[index] as SoundOutput).finish()) });
    }
    say({ kind: 'saving' });
    return { kind: 'done', files, download: await target.finish(signal), original: original ?? null };
  } catch (error) {
    await Promise.allSettled(outputs.map((output) => output.abort()));
    await target.abort();
    throw error;
  } finally {
    for (const output of outputs) output.delete();
    pass?.delete();
  }
}

function originalTo({ master }: RenderRequest, pass: MasterPass | null): Pick<RenderJob, 'original'> {
  if (!pass || master?.kind !== 'scene') return {};
  return { original: (sound, frames) => pass.addOriginal(sound.block(frames)) };
}

/** A master that is converted comes to the file at the file's rate. */
function outputFormat(request: RenderRequest): SoundOutputFormat & WrittenFormat {
  const { sampleRateHz, format, master, measured } = request;
  const sourceRateHz = master?.kind === 'converted' ? format.sampleRateHz : sampleRateHz;
  return { sourceRateHz, channels: 2, ...format, ...(measured ? { measured } : {}) };
}

function stemTracks({ files }: RenderRequest): number[] {
  return files.flatMap(({ track }) => (track === null ? [] : [track]));
}

/** Hands each block to the outputs, and tells how far it has come a few times a second. */
function blocksTo(request: RenderRequest, outputs: readonly Pick<SoundOutput, 'add'>[]) {
  let done = 0;
  let toldAt = 0;
  return async (mix: PlanarBuffer, stems: readonly PlanarBuffer[], frames: number) => {
    let stem = 0;
    for (const [index, { track }] of request.files.entries()) {
      const buffer = track === null ? mix : (stems[stem++] as PlanarBuffer);
      await outputs[index]?.add(buffer.block(frames));
    }
    done += frames;
    const now = performance.now();
    if (now - toldAt < progressEveryMs && done < request.frames) return;
    toldAt = now;
    say({ kind: 'progress', frames: done });
    // A cancel message is taken only between two tasks.
    await new Promise((resolve) => setTimeout(resolve));
  };
}

function reasonOf(error: unknown): string {
  if (error instanceof DOMException && error.name === 'QuotaExceededError') return 'The disk is full.';
  return error instanceof Error ? error.message : String(error);
}
