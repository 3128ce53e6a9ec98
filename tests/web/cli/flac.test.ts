import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MasterReport, MixReport } from '../../../web/src/mastering/report';
import { CommandLine } from '../../support/commandLine';
import { judgeFile } from '../../support/soundJudge';
import { noise, wavFile } from '../../support/synth';

const cli = new CommandLine();
const rateHz = 44_100;
const frames = 29_400;

beforeAll(() => {
  const mix = [noise(1, frames, 0.3), noise(2, frames, 0.3)];
  mkdirSync(cli.path('stems'));
  writeFileSync(cli.path('stems/A.wav'), wavFile(mix, rateHz));
  writeFileSync(cli.path('stems/B.wav'), wavFile([noise(3, frames, 0.2)], rateHz));
  writeFileSync(cli.path('mix.wav'), wavFile(mix, rateHz));
  writeFileSync(cli.path('odd.wav'), wavFile([noise(4, 60_000, 0.3)], 96_001));
});
afterAll(() => cli.remove());

const reportOf = <Kind>(name: string) => JSON.parse(readFileSync(cli.path(name), 'utf8')) as Kind;

/** What libsndfile reads, as the sound data of a WAV file: none of our own code. */
function pcmOf(name: string): Buffer {
  const { samples, bits } = judgeFile(cli.path(name));
  const width = Number(bits) / 8;
  const pcm = Buffer.alloc(samples.length * width);
  samples.forEach((value, at) => {
    pcm.writeIntLE(value * 2 ** (8 * width - 1), at * width, width);
  });
  return pcm;
}

const digest = (kind: 'md5' | 'sha256', bytes: Buffer) => createHash(kind).update(bytes).digest('hex');

describe('files that are written as FLAC', () => {
  it('have the bits of the WAV files, mix and stems alike, and say so in the report', () => {
    const rendered = (ending: string) =>
      cli.run(
        ...['render', 'stems', '-o', `song.${ending}`, '--bits', '16', '--dither', 'shaped'],
        ...['--rate', '48000', '--stems', `told ${ending}`, '--report', `${ending}.json`],
      );
    const done = { code: 0, out: '', err: '' };
    expect([rendered('wav'), rendered('flac')]).toEqual([done, done]);
    const names = (ending: string) => [
      `song.${ending}`,
      `told ${ending}/01 A.${ending}`,
      `told ${ending}/02 B.${ending}`,
    ];
    const [wav, flac] = [reportOf<MixReport>('wav.json'), reportOf<MixReport>('flac.json')];
    const files = [flac, ...flac.stems].map(({ file }) => file);
    names('flac').forEach((name, at) => {
      const bytes = readFileSync(cli.path(name));
      const facts = { wav: false, bits: '16', sampleRateHz: 48_000, channels: 2, frames: 32_000 };
      expect(judgeFile(cli.path(name))).toMatchObject(facts);
      const pcm = pcmOf(name);
      expect(pcm.equals(pcmOf(names('wav')[at] as string))).toBe(true);
      expect(files[at]).toMatchObject({ format: 'FLAC', bytes: bytes.length, frames: 32_000 });
      expect(files[at]?.pcmSha256).toBe(digest('sha256', pcm));
      expect(bytes.subarray(26, 42).toString('hex')).toBe(digest('md5', pcm));
      expect(bytes.includes(`TITLE=${['stems', 'A', 'B'][at]}`)).toBe(true);
    });
    expect(flac.after).toEqual(wav.after);
    expect(wav.file).toMatchObject({ format: 'WAV', pcmSha256: flac.file.pcmSha256 });
    expect(flac.file.bytes).toBeLessThan(wav.file.bytes);
  });

  it('are masters, too', () => {
    const { code, err } = cli.run(
      ...['master', 'mix.wav', '-o', 'master.flac', '--target', 'spotify', '--amount', '0'],
      ...['--report', 'master.json'],
    );
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(judgeFile(cli.path('master.flac'))).toMatchObject({ bits: '24', sampleRateHz: rateHz, frames });
    const { file, after } = reportOf<MasterReport>('master.json');
    expect(file).toMatchObject({ name: 'master.flac', format: 'FLAC', bits: '24' });
    expect(file.pcmSha256).toBe(digest('sha256', pcmOf('master.flac')));
    const [found] = JSON.parse(cli.run('measure', 'master.flac', '--json').out) as (typeof after)[];
    expect(found?.integratedLufs).toBe(after.integratedLufs);
  });

  it('are refused in a sentence where FLAC has no such format', () => {
    const before = readdirSync(cli.folder).sort();
    const float = cli.run('render', 'stems', '-o', 'no.flac', '--bits', '32f');
    expect([float.code, float.err]).toEqual([
      2,
      expect.stringMatching(
        /^mixwell: no\.flac: FLAC holds 16 or 24 bits; 32-bit float needs a WAV file\.\n/,
      ),
    ]);
    const rate = cli.run('process', 'mix.wav', '-o', 'no.flac', '--rate', '96001');
    expect([rate.code, rate.err]).toEqual([2, expect.stringContaining('no sample rate of 96001 Hz')]);
    for (const args of [['process'], ['master', '--target', 'spotify']] as const) {
      const own = cli.run(args[0], 'odd.wav', '-o', 'no.flac', ...args.slice(1));
      const sentence = 'FLAC has no sample rate of 96001 Hz; a WAV file has.';
      expect(own).toEqual({ code: 1, out: '', err: `mixwell: no.flac: ${sentence}\n` });
    }
    const other = cli.run('render', 'stems', '-o', 'no.mp3');
    expect([other.code, other.err]).toEqual([2, expect.stringContaining('written as .wav or .flac')]);
    expect(readdirSync(cli.folder).sort()).toEqual(before);
  });
});
