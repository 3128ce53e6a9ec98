import { compileScene } from '../src/bridge/compile';
import type { MixwellModule } from '../src/engine/mixwellModule';
import { renderScene } from '../src/engine/offlineRender';
import { SoundOutput } from '../src/engine/soundOutput';
import { engineVersion } from '../src/generated/engineLayout';
import { masteredPart } from '../src/mastering/masteredPart';
import { loadEngine } from './engine';
import { Failure, failureOf, UsageError } from './errors';
import { onePath, type Parsed, parse } from './options';
import { Progress } from './progress';
import { openSharedSong } from './sharedSong';
import { songJob } from './songJob';
import { openProjectSong, type Song } from './songs';

type What = 'mix' | 'master';

interface Expected {
  readonly what: What;
  readonly pcmSha256: string;
  /** Of the engine that rendered it; null where that is not known. */
  readonly engineVersion: string | null;
}

/** Renders a project again and says whether it has the bits that it is to have. */
export async function verify(args: string[]): Promise<number> {
  const parsed = parse(args, {
    pcm: { type: 'string' },
    what: { type: 'string' },
    password: { type: 'string' },
  });
  const input = onePath(parsed, 'PROJECT or LINK');
  const isLink = /^https?:\/\//.test(input);
  const named = isLink ? null : expectedBy(parsed);
  if (isLink && (parsed.text('pcm') !== undefined || parsed.text('what') !== undefined)) {
    throw new UsageError('a link says itself what it is to be: --pcm and --what are for a project');
  }
  const module = await loadEngine();
  const progress = new Progress();
  // A link’s key is nothing for a log.
  const name = input.replace(/#.*$/, '');
  try {
    const { song, expected } = named
      ? { song: await openProjectSong(module, input), expected: named }
      : await openSharedSong(module, input, parsed.text('password') ?? null, progress);
    try {
      const hash = await renderedHash(module, song, expected.what, { whole: isLink, progress });
      if (hash !== expected.pcmSha256) throw new Failure(`${name}: ${differs(expected, hash)}`);
      process.stdout.write(`the same bits: ${hash}\n`);
      return 0;
    } finally {
      await song.close();
    }
  } catch (error) {
    throw error instanceof UsageError ? error : failureOf(name, error);
  } finally {
    progress.clear();
  }
}

function expectedBy(parsed: Parsed): Expected {
  const pcm = parsed.text('pcm')?.toLowerCase();
  if (pcm === undefined) throw new UsageError('--pcm SHA256 is missing');
  if (!/^[0-9a-f]{64}$/.test(pcm)) throw new UsageError('--pcm wants the 64 hexadecimal digits of a SHA-256');
  const what = parsed.text('what') ?? 'mix';
  if (what !== 'mix' && what !== 'master') throw new UsageError(`--what is mix or master, not "${what}"`);
  if (parsed.text('password') !== undefined) throw new UsageError('--password is for links');
  return { what, pcmSha256: pcm, engineVersion: null };
}

function differs({ what, engineVersion: theirs }: Expected, hash: string): string {
  const sentence = `the bits differ: its ${what} renders to ${hash}`;
  if (theirs === null || theirs === engineVersion) return sentence;
  return `${sentence} (shared with engine ${theirs}, rendered with ${engineVersion}: that may be why)`;
}

/** SHA-256 of the PCM: 24 bits at the project's rate, without dither. A link has the whole song, an exported master its mastered part. */
async function renderedHash(
  module: MixwellModule,
  song: Song,
  what: What,
  { whole, progress }: { readonly whole: boolean; readonly progress: Progress },
): Promise<string> {
  const mastered = { mastering: true, referenceId: null, references: false };
  const scene = compileScene(song.project, what === 'master' ? mastered : null);
  if (scene.endFrame === 0) throw new Error('there is nothing to render, no track has a clip');
  const { job } = await songJob(module, song, scene);
  const part =
    what === 'master' && !whole
      ? masteredPart(scene.endFrame, song.project.mastering)
      : { startFrame: 0, frames: scene.endFrame };
  const { sampleRateHz } = song.project;
  const nowhere = { add: async () => {}, finish: async () => 0, abort: async () => {}, delete() {} };
  const output = await SoundOutput.open(
    module,
    { sourceRateHz: sampleRateHz, sampleRateHz, channels: 2, bits: '24', dither: 'none' },
    nowhere,
  );
  let done = 0;
  try {
    await renderScene(module, { ...job, ...part }, async (mix, _stems, frames) => {
      await output.add(mix.block(frames));
      done += frames;
      progress.show('rendering', done / part.frames);
    });
    return (await output.finish()).sha256;
  } finally {
    output.delete();
  }
}
