import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MasterJob, masterFile } from '../../../web/cli/master';
import { Progress } from '../../../web/cli/progress';
import type { MixwellModule } from '../../../web/src/engine/mixwellModule';
import type { MasterReport as Report } from '../../../web/src/mastering/report';
import { findTarget, type MasteringTarget } from '../../../web/src/mastering/targets';
import { CommandLine, readWav } from '../../support/commandLine';
import { type JudgedLevels, judgeLevels } from '../../support/levelJudge';
import { nodeEngine } from '../../support/nodeEngine';
import { masteringProgrammes, pinkNoise } from '../../support/programmes';
import { sine, wavFile } from '../../support/synth';

const cli = new CommandLine();
let module: MixwellModule;

const target = (id: string) => findTarget(id) as MasteringTarget;
const spotify = target('spotify');

beforeAll(async () => {
  module = await nodeEngine();
  mkdirSync(cli.path('work'));
});
afterAll(() => cli.remove());

/** The command's work, in this process. */
function master(input: string, output: string, job: Partial<MasterJob> = {}): Promise<Report> {
  const whole: MasterJob = {
    input: cli.path(input),
    output: cli.path(output),
    format: { file: 'wav', bits: '24', dither: 'none', sampleRateHz: undefined },
    target: spotify,
    amount: 0.5,
    reference: undefined,
    report: undefined,
    trim: false,
    ...job,
  };
  return masterFile(module, whole, cli.path('work'), new Progress());
}

function write(
  name: string,
  channels: readonly Float32Array[],
  rate: number,
  bits: 16 | 24 | '32f' = 24,
): void {
  writeFileSync(cli.path(name), wavFile(channels, rate, bits));
}

describe('the target is landed on twenty programmes', () => {
  const programmes = masteringProgrammes();
  /** By turns, so that soft and loud targets, rates, word lengths and amounts all occur. */
  const targets = ['spotify', 'apple-music', 'ebu-r128', 'deezer', 'amazon-music'].map(target);
  /** These reach −9 LUFS, most of them only by limiting. */
  const loudOnes = [
    'loud pink noise',
    'a chord',
    'a swelling chord',
    'bass out of phase',
    'a dark mix',
    'long silence and a short sound',
    'soft and loud by turns',
    'high-rate noise',
  ];
  const targetOf = (name: string, index: number) =>
    loudOnes.includes(name) ? target('cd') : (targets[index % targets.length] as MasteringTarget);
  const judged = new Map<string, { report: Report; levels: JudgedLevels; target: MasteringTarget }>();

  beforeAll(async () => {
    const reports: Report[] = [];
    for (const [index, { name, channels, sampleRateHz }] of programmes.entries()) {
      write(`${index}.wav`, channels, sampleRateHz);
      reports.push(
        await master(`${index}.wav`, `m${index}.wav`, {
          target: targetOf(name, index),
          amount: (index % 3) / 2,
          format: {
            file: 'wav',
            bits: index % 4 === 1 ? '16' : '24',
            dither: index % 4 === 1 ? 'tpdf' : 'none',
            sampleRateHz: index % 7 === 3 ? 48000 : undefined,
          },
        }),
      );
    }
    const levels = judgeLevels(programmes.map((_, index) => cli.path(`m${index}.wav`)));
    programmes.forEach(({ name }, index) => {
      judged.set(name, {
        report: reports[index] as Report,
        levels: levels[index] as JudgedLevels,
        target: targetOf(name, index),
      });
    });
  }, 120_000);

  it('is twenty', () => {
    expect(new Set(programmes.map(({ name }) => name)).size).toBe(20);
  });

  it.each(programmes.map(({ name }) => name))('%s', (name) => {
    const { report, levels, target: wanted } = judged.get(name) as NonNullable<ReturnType<typeof judged.get>>;
    const { loudnessLufs, ceilingDbtp } = wanted;
    expect(report.limiting.reached).toBe(true);
    expect(Math.abs((levels.integratedLufs as number) - (loudnessLufs as number))).toBeLessThanOrEqual(0.1);
    expect(levels.truePeakDbtp).toBeLessThanOrEqual(ceilingDbtp);
    expect(report.after.integratedLufs).toBeCloseTo(levels.integratedLufs as number, 1);
    expect(Math.abs((report.after.truePeakDbtp as number) - (levels.truePeakDbtp as number))).toBeLessThan(
      0.12,
    );
    expect(report.limiting.passes).toBeLessThanOrEqual(8);
  });

  it('takes limiting for a good part of them', () => {
    const limited = [...judged.values()].filter(({ report }) => report.limiting.limitingDb > 0.3);
    expect(limited.length).toBeGreaterThanOrEqual(8);
  });

  it('says so in the report', () => {
    for (const { report } of judged.values()) {
      const passed = Object.fromEntries(report.checks.map((check) => [check.id, check.passed]));
      expect(passed).toMatchObject({ loudness: true, 'true-peak': true });
    }
  });
});

describe('mixwell master', () => {
  beforeAll(() => {
    write('mix.wav', [pinkNoise(1, 150_000, 0.3), pinkNoise(2, 150_000, 0.3)], 44100);
    write('silence.wav', [new Float32Array(48_000)], 48000);
    write('dc.wav', [new Float32Array(48_000).fill(0.3), new Float32Array(48_000).fill(-0.2)], 48000);
    write('blip.wav', [sine(1000, 48000, 9600, 0.5)], 48000);
    write('three.wav', [pinkNoise(3, 144_000, 0.2)], 48000);
    write('loud.wav', [pinkNoise(4, 144_000, 2), pinkNoise(5, 144_000, 2)], 48000);
    const strokes = pinkNoise(6, 144_000, 0.8).map((sample, at) => sample * Math.exp(-(at % 24_000) / 4000));
    write('strokes.wav', [strokes, strokes], 48000);
    write(
      'surround.wav',
      Array.from({ length: 5 }, (_, n) => pinkNoise(6 + n, 48_000, 0.1)),
      48000,
    );
  });

  it('writes a file and its report from the command line, and the hash is that of its sound', () => {
    const args = ['master', 'mix.wav', '-o', 'out.wav', '--target', 'Apple Music', '--report', 'report.json'];
    const { code, out, err } = cli.run(...args);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('Apple Music');
    const report = JSON.parse(readFileSync(cli.path('report.json'), 'utf8')) as Report;
    expect(report).toMatchObject({
      kind: 'mixwell-report',
      version: 2,
      what: 'master',
      source: { name: 'mix.wav', sampleRate: 44100, channels: 2, frames: 150_000 },
      file: { name: 'out.wav', sampleRate: 44100, channels: 2, bits: '24', frames: 150_000 },
      target: { id: 'apple-music', loudnessLufs: -16 },
      settings: { amount: 0.5 },
    });
    const bytes = readFileSync(cli.path('out.wav'));
    const sound = bytes.subarray(bytes.indexOf('data') + 8).subarray(0, 150_000 * 6);
    expect(report.file.pcmSha256).toBe(createHash('sha256').update(sound).digest('hex'));
    expect(report.services.map(({ id }) => id)).toContain('spotify');
  });

  it('runs gain and limiter alone at amount 0, and what it reports is what `process` makes', async () => {
    const report = await master('mix.wav', 'plain.wav', { amount: 0 });
    expect(report.moves).toEqual([]);
    expect(report.settings.chain.map(({ device }) => device)).toEqual(['limiter']);
    writeFileSync(cli.path('chain.json'), JSON.stringify(report.settings.chain));
    expect(cli.run('process', 'mix.wav', '-o', 'again.wav', '--chain', 'chain.json').code).toBe(0);
    const [made, again] = ['plain.wav', 'again.wav'].map((name) => readFileSync(cli.path(name)));
    expect(again?.equals(made as Buffer)).toBe(true);
  });

  it('with moves, too', async () => {
    const report = await master('three.wav', 'moved.wav', { amount: 1, target: target('cd') });
    expect(report.moves.length).toBeGreaterThan(0);
    writeFileSync(cli.path('chain.json'), JSON.stringify(report.settings.chain));
    cli.run('process', 'three.wav', '-o', 'again.wav', '--chain', 'chain.json');
    const made = readWav(readFileSync(cli.path('moved.wav')));
    const again = readWav(readFileSync(cli.path('again.wav')));
    expect(made.channels).toBe(1);
    expect(again.sound[0]).toEqual(made.sound[0]);
  });

  it('turns down what is louder than the target, without limiting', async () => {
    const report = await master('loud.wav', 'turnedDown.wav', { amount: 0, target: target('ebu-r128') });
    expect(report.before.integratedLufs).toBeGreaterThan(-15);
    expect(report.limiting).toMatchObject({ reached: true, limitingDb: 0, passes: 1 });
    expect(report.limiting.loudnessLostLu).toBeCloseTo(0, 3);
    expect(report.limiting.gainDb).toBeLessThan(-8);
    expect(report.after.integratedLufs).toBeCloseTo(-23, 1);
  });

  it('leaves out long silence at both ends with --trim, and keeps it without', async () => {
    const rate = 48_000;
    const sound = pinkNoise(8, 3 * rate, 0.2);
    const late = new Float32Array(14 * rate);
    late.set(sound, 5 * rate);
    write('late.wav', [late, late], rate);
    const job = { amount: 0, target: target('ebu-r128') };
    const kept = await master('late.wav', 'kept.wav', job);
    expect(kept.file.frames).toBe(14 * rate);
    expect(kept.notes.join(' ')).toMatch(/5\.0 s of silence come first.*6\.0 s of silence come last/);
    const trimmed = await master('late.wav', 'trimmed.wav', { ...job, trim: true });
    // 0.1 s before the first sound, 3 s of it, 1 s behind the last.
    expect(Math.abs(trimmed.file.frames - 4.1 * rate)).toBeLessThan(50);
    expect(trimmed.settings.startSeconds).toBeCloseTo(4.9, 2);
    expect(trimmed.after.silentHeadSeconds).toBeCloseTo(0.1, 2);
    expect(trimmed.after.integratedLufs).toBeCloseTo(-23, 1);
    expect(trimmed.notes.join(' ')).not.toContain('of silence come');
    const [whole, part] = ['kept.wav', 'trimmed.wav'].map((name) => readWav(readFileSync(cli.path(name))));
    const from = Math.round(trimmed.settings.startSeconds * rate);
    const [a, b] = [whole?.sound[0] as Float32Array, part?.sound[0] as Float32Array];
    // Both gains are found by a loudness whose blocks begin elsewhere.
    const gain = 10 ** ((kept.limiting.gainDb - trimmed.limiting.gainDb) / 20);
    const off = b.findIndex((value, frame) => Math.abs(gain * value - (a[from + frame] as number)) > 1e-5);
    expect(off).toBe(-1);
  });

  it('says of a clipped mix where, and masters it all the same', async () => {
    const report = await master('loud.wav', 'fromClipped.wav', {});
    expect(report.before.clippedRuns).toBeGreaterThan(100);
    expect(report.notes.some((note) => /clipped in \d+ places, first at 0:0/.test(note))).toBe(true);
    expect(report.after.clippedRuns).toBe(0);
  });

  it('keeps three seconds of mono three seconds of mono', async () => {
    const report = await master('three.wav', 'three2.wav', {});
    expect(report.after).toMatchObject({ frames: 144_000, channels: 1 });
    expect(report.after.integratedLufs).toBeCloseTo(-14, 1);
  });

  it('warns where the target costs more than 3 dB of limiting', async () => {
    const report = await master('strokes.wav', 'dear.wav', { target: target('apple-music'), amount: 0 });
    expect(report.limiting.limitingDb).toBeGreaterThan(3);
    expect(report.notes.some((note) => note.includes('dB of limiting'))).toBe(true);
  });

  it('brings a pre-master for vinyl to its ceiling without limiting, its basses in the middle', async () => {
    const report = await master('mix.wav', 'vinyl.wav', { target: target('vinyl') });
    expect(report.limiting.limitingDb).toBe(0);
    expect(report.after.truePeakDbtp).toBeGreaterThan(-1.2);
    expect(report.after.truePeakDbtp).toBeLessThanOrEqual(-1);
    expect(report.moves.find(({ id }) => id === 'mono-bass')?.params).toMatchObject({
      monoBelow: 1,
      monoBelowHz: 150,
    });
  });

  it('converts before the chain, so that the ceiling holds at the output rate', async () => {
    const report = await master('mix.wav', 'rate.wav', {
      target: target('cd'),
      format: { file: 'wav', bits: '16', dither: 'tpdf', sampleRateHz: 48000 },
    });
    expect(report.file).toMatchObject({ sampleRate: 48000, frames: Math.round((150_000 * 48000) / 44100) });
    const [levels] = judgeLevels([cli.path('rate.wav')]);
    expect(levels?.truePeakDbtp).toBeLessThanOrEqual(-0.3);
  });

  it('takes tone and loudness towards a reference, and says so', async () => {
    const bright = [pinkNoise(1, 150_000, 0.3), pinkNoise(2, 150_000, 0.3)].map((sound) =>
      sound.map((sample, at) => 0.5 * (sample - 0.5 * (sound[at - 1] ?? 0))),
    );
    write('reference.wav', bright, 44100);
    const job = { target: null, reference: cli.path('reference.wav'), amount: 1 };
    const report = await master('mix.wav', 'matched.wav', job);
    expect(report.reference).toBe('reference.wav');
    expect(report.moves.map(({ id }) => id)).toContain('match-tone');
    const [own] = judgeLevels([cli.path('reference.wav')]);
    expect(Math.abs((report.after.integratedLufs as number) - (own?.integratedLufs as number))).toBeLessThan(
      0.1,
    );
    const withTarget = await master('mix.wav', 'matched.wav', { ...job, target: spotify });
    expect(withTarget.after.integratedLufs).toBeCloseTo(-14, 1);
  });

  it.each([
    ['silence.wav', /silent/],
    ['dc.wav', /only an offset/],
    ['blip.wav', /0\.20 s long/],
    ['surround.wav', /5 channels/],
    ['nothing.wav', /does not exist/],
  ])('says of %s why not, and leaves nothing behind', async (file, cause) => {
    const before = readdirSync(cli.folder).sort();
    await expect(master(file, 'never.wav', {})).rejects.toThrow(cause);
    await expect(master(file, 'never.wav', {})).rejects.toThrow(file);
    expect(readdirSync(cli.folder).sort()).toEqual(before);
  });

  it('leaves nothing behind where the report can’t be written', async () => {
    const before = readdirSync(cli.folder).sort();
    await expect(master('mix.wav', 'never.wav', { report: cli.path('no/report.json') })).rejects.toThrow(
      /folder/,
    );
    expect(readdirSync(cli.folder).sort()).toEqual(before);
  });

  it.each([
    [['master', 'mix.wav', '-o', 'x.wav']],
    [['master', 'mix.wav', '-o', 'x.wav', '--target', 'mars']],
    [['master', 'mix.wav', '-o', 'x.wav', '--target', 'cd', '--amount', '1.5']],
    [['master', 'mix.wav', '--target', 'cd']],
    [['targets', 'mix.wav']],
  ])('answers %j with how it is used', (args) => {
    const { code, out } = cli.run(...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });
});

describe('mixwell targets', () => {
  it('lists them with their sources', () => {
    const listed = JSON.parse(cli.run('targets', '--json').out) as MasteringTarget[];
    const ids =
      'spotify apple-music youtube amazon-music tidal deezer soundcloud cd club ebu-r128 atsc-a85 podcast vinyl';
    expect(listed.map(({ id }) => id)).toEqual(ids.split(' '));
    for (const { source } of listed) expect(source.address).toMatch(/^https:/);
  });
});
