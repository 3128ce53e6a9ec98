import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { devices } from '../../../web/src/generated/devices';
import type { MixReport } from '../../../web/src/mastering/report';
import { CommandLine, readWav } from '../../support/commandLine';
import { firstDifference } from '../../support/offline';
import { noise, sine, wavFile } from '../../support/synth';

const cli = new CommandLine();
const left = noise(1, 24_000, 0.4);
const right = noise(2, 24_000, 0.4);

beforeAll(() => {
  writeFileSync(cli.path('stereo.wav'), wavFile([left, right], 48000, '32f'));
  writeFileSync(cli.path('mono.wav'), wavFile([sine(997, 44100, 44100, 0.5)], 44100, 24));
  writeFileSync(cli.path('text.wav'), 'this is no sound');
  writeFileSync(cli.path('nan.wav'), wavFile([Float32Array.of(0, Number.NaN, 0.1)], 48000, '32f'));
});
afterAll(() => cli.remove());

/** One line, and it names the file. */
function expectFailure({ code, err }: { code: number; err: string }, file: string, cause: RegExp): void {
  expect(code).toBe(1);
  expect(err.trim().split('\n')).toHaveLength(1);
  expect(err).toContain(file);
  expect(err).toMatch(cause);
}

describe('mixwell measure', () => {
  it('measures a full-scale-by-half sine as what it is', () => {
    const { code, out } = cli.run('measure', 'mono.wav', '--json');
    expect(code).toBe(0);
    const [facts] = JSON.parse(out);
    expect(facts).toMatchObject({ file: 'mono.wav', sampleRate: 44100, channels: 1, frames: 44100 });
    expect(facts.samplePeakDbfs).toBeCloseTo(-6.02, 2);
    expect(facts.rmsDbfs).toBeCloseTo(-9.03, 2);
    expect(facts.truePeakDbtp).toBeCloseTo(-6.02, 1);
  });

  it('gives null for the levels of silence', () => {
    writeFileSync(cli.path('silence.wav'), wavFile([new Float32Array(48000)], 48000));
    const [facts] = JSON.parse(cli.run('measure', 'silence.wav', '--json').out);
    for (const field of ['integratedLufs', 'samplePeakDbfs', 'truePeakDbtp', 'rmsDbfs'])
      expect(facts[field]).toBeNull();
  });

  it('measures the others where one can’t be read, and fails', () => {
    const { code, out, err } = cli.run('measure', 'mono.wav', 'text.wav', 'none.wav', 'stereo.wav', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out).map(({ file }: { file: string }) => file)).toEqual(['mono.wav', 'stereo.wav']);
    const lines = err.trim().split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain('text.wav');
    expect(lines[1]).toContain('none.wav');
  });
});

describe('mixwell devices', () => {
  it('lists the tables of the engine', () => {
    const { code, out } = cli.run('devices', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual(JSON.parse(JSON.stringify(devices)));
    expect(JSON.parse(out).map(({ id }: { id: string }) => id)).toContain('gain');
  });
});

describe('mixwell process', () => {
  it('changes nothing without devices', () => {
    expect(cli.run('process', 'stereo.wav', '-o', 'same.wav', '--bits', '32f').code).toBe(0);
    const same = readWav(readFileSync(cli.path('same.wav')));
    expect(same).toMatchObject({ bits: '32f', frames: 24_000, sampleRateHz: 48000, channels: 2 });
    expect(firstDifference(same.sound[0] as Float32Array, left)).toBe(-1);
    expect(firstDifference(same.sound[1] as Float32Array, right)).toBe(-1);
  });

  it('writes 24 bits unless told otherwise', () => {
    cli.run('process', 'stereo.wav', '-o', 'plain.wav');
    expect(readWav(readFileSync(cli.path('plain.wav'))).bits).toBe('24');
  });

  it('runs a chain of devices', () => {
    const chain = [{ device: 'gain', params: { gainDb: -20, polarity: 1 } }];
    writeFileSync(cli.path('chain.json'), JSON.stringify(chain));
    const ran = cli.run('process', 'stereo.wav', '-o', 'quiet.wav', '--chain', 'chain.json', '--bits', '32f');
    expect(ran).toEqual({ code: 0, out: '', err: '' });
    const quiet = readWav(readFileSync(cli.path('quiet.wav')));
    const at = 20_000;
    expect(quiet.sound[0]?.[at]).toBeCloseTo(-0.1 * (left[at] as number), 6);
    expect(quiet.frames).toBe(24_000);
  });

  it('keeps a mono file mono where the chain does, and makes stereo of it where it must', () => {
    writeFileSync(cli.path('pan.json'), JSON.stringify([{ device: 'gain', params: { pan: 40 } }]));
    cli.run('process', 'mono.wav', '-o', 'm1.wav', '--chain', 'chain.json');
    cli.run('process', 'mono.wav', '-o', 'm2.wav', '--chain', 'pan.json');
    expect(readWav(readFileSync(cli.path('m1.wav'))).channels).toBe(1);
    expect(readWav(readFileSync(cli.path('m2.wav'))).channels).toBe(2);
  });

  it('keeps what rings on with --tail', () => {
    cli.run('process', 'stereo.wav', '-o', 'tail.wav', '--tail', '0.5');
    expect(readWav(readFileSync(cli.path('tail.wav'))).frames).toBe(48_000);
  });

  it('converts the sample rate, at the exact length', () => {
    cli.run('process', 'mono.wav', '-o', 'rate.wav', '--rate', '48000', '--bits', '16');
    const converted = readWav(readFileSync(cli.path('rate.wav')));
    expect(converted).toMatchObject({ sampleRateHz: 48000, frames: 48000, bits: '16' });
    const [facts] = JSON.parse(cli.run('measure', 'rate.wav', '--json').out);
    expect(facts.rmsDbfs).toBeCloseTo(-9.03, 1);
  });

  it('dithers 16 bits, the same way each time, and not when told so', () => {
    cli.run('process', 'silence.wav', '-o', 'd1.wav', '--bits', '16');
    cli.run('process', 'silence.wav', '-o', 'd2.wav', '--bits', '16');
    cli.run('process', 'silence.wav', '-o', 'd3.wav', '--bits', '16', '--dither', 'none');
    const [first, second, none] = ['d1.wav', 'd2.wav', 'd3.wav'].map((name) => readFileSync(cli.path(name)));
    expect(first?.equals(second as Buffer)).toBe(true);
    const audible = (bytes: Buffer) => readWav(bytes).sound[0]?.some((sample) => sample !== 0);
    expect(audible(first as Buffer)).toBe(true);
    expect(audible(none as Buffer)).toBe(false);
  });

  it.each([
    ['an unknown device', [{ device: 'gian' }], /no device "gian"/],
    ['an unknown parameter', [{ device: 'gain', params: { gain: 1 } }], /no parameter "gain"/],
    ['a value out of range', [{ device: 'gain', params: { pan: 200 } }], /from -100 to 100/],
    ['a value that is none', [{ device: 'gain', params: { pan: 'left' } }], /wants a number/],
    ['no list', { device: 'gain' }, /list/],
  ])('refuses %s in the chain', (_, chain, cause) => {
    writeFileSync(cli.path('bad.json'), JSON.stringify(chain));
    expectFailure(
      cli.run('process', 'stereo.wav', '-o', 'never.wav', '--chain', 'bad.json'),
      'bad.json',
      cause,
    );
    expect(readdirSync(cli.folder)).not.toContain('never.wav');
  });

  it('leaves nothing behind where it fails', () => {
    const before = readdirSync(cli.folder).sort();
    expectFailure(cli.run('process', 'text.wav', '-o', 'never.wav'), 'text.wav', /neither|not|no /);
    expectFailure(cli.run('process', 'nan.wav', '-o', 'never.wav'), 'nan.wav', /NaN/);
    expectFailure(cli.run('process', 'none.wav', '-o', 'never.wav'), 'none.wav', /does not exist/);
    expectFailure(cli.run('process', 'stereo.wav', '-o', 'no/folder.wav'), 'no/folder.wav', /folder/);
    expect(readdirSync(cli.folder).sort()).toEqual(before);
  });

  it('may write over its own input', () => {
    writeFileSync(cli.path('own.wav'), wavFile([left, right], 48000, '32f'));
    expect(cli.run('process', 'own.wav', '-o', 'own.wav', '--bits', '32f').code).toBe(0);
    const own = readWav(readFileSync(cli.path('own.wav')));
    expect(firstDifference(own.sound[1] as Float32Array, right)).toBe(-1);
  });
});

describe('mixwell render', () => {
  const stems = [noise(5, 30_000, 0.2), noise(6, 20_000, 0.2), noise(7, 25_000, 0.2)];

  beforeAll(() => {
    mkdirSync(cli.path('stems'));
    const [a, b, c] = stems as [Float32Array, Float32Array, Float32Array];
    writeFileSync(cli.path('stems/01_A.wav'), wavFile([a, b], 48000, '32f'));
    writeFileSync(cli.path('stems/02_B.wav'), wavFile([c], 48000, '32f'));
    writeFileSync(cli.path('stems/notes.txt'), 'not a stem');
  });

  it('sums a folder of stems at unity without loss', () => {
    expect(cli.run('render', 'stems', '-o', 'sum.wav', '--bits', '32f', '--stems', 'out')).toEqual({
      code: 0,
      out: '',
      err: '',
    });
    const sum = readWav(readFileSync(cli.path('sum.wav')));
    expect(sum).toMatchObject({ frames: 30_000, channels: 2 });
    const [a, b, c] = stems as [Float32Array, Float32Array, Float32Array];
    const expected = (one: Float32Array) =>
      Float32Array.from({ length: 30_000 }, (_, frame) => Math.fround((one[frame] ?? 0) + (c[frame] ?? 0)));
    expect(firstDifference(sum.sound[0] as Float32Array, expected(a))).toBe(-1);
    expect(firstDifference(sum.sound[1] as Float32Array, expected(b))).toBe(-1);
    expect(readdirSync(cli.path('out')).sort()).toEqual(['01 A.wav', '02 B.wav']);
    const stem = readWav(readFileSync(cli.path('out/02 B.wav')));
    expect(firstDifference((stem.sound[0] as Float32Array).slice(0, 25_000), c)).toBe(-1);
  });

  it('reports of mix and stems what the files hold, by what `measure` finds in them', () => {
    const args = [
      'render',
      'stems',
      '-o',
      'told.wav',
      '--bits',
      '16',
      '--stems',
      'told',
      '--report',
      'told.json',
    ];
    expect(cli.run(...args)).toEqual({ code: 0, out: '', err: '' });
    const report = JSON.parse(readFileSync(cli.path('told.json'), 'utf8')) as MixReport;
    expect(report).toMatchObject({
      what: 'mix',
      source: { name: 'stems', sampleRate: 48000, frames: 30_000 },
      file: { name: 'told.wav', bits: '16', dither: 'tpdf', frames: 30_000, channels: 2 },
      settings: { range: 'song', tracks: 2 },
    });
    const files = [report, ...report.stems];
    const names = ['told.wav', 'told/01 A.wav', 'told/02 B.wav'];
    const found = JSON.parse(cli.run('measure', '--json', ...names).out) as Record<string, unknown>[];
    files.forEach(({ file, after }, index) => {
      const bytes = readFileSync(cli.path(names[index] as string));
      const sound = bytes.subarray(bytes.indexOf('data') + 8).subarray(0, 30_000 * 4);
      expect(file.pcmSha256).toBe(createHash('sha256').update(sound).digest('hex'));
      expect(file.bytes).toBe(bytes.length);
      for (const figure of ['integratedLufs', 'truePeakDbtp', 'samplePeakDbfs', 'frames'] as const)
        expect(after[figure]).toBe(found[index]?.[figure]);
    });
    // What lies in the file is said, not what went to it: dither and rounding are in it.
    expect(report.checks.find(({ id }) => id === 'end')?.passed).toBe(false);
    expect(readdirSync(cli.folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('renders nothing where the report can’t be written', () => {
    expectFailure(
      cli.run('render', 'stems', '-o', 'never.wav', '--report', 'no/report.json'),
      'no/report.json',
      /folder/,
    );
    expect(readdirSync(cli.folder)).not.toContain('never.wav');
  });

  it('says which stem is at fault', () => {
    mkdirSync(cli.path('mixed'));
    writeFileSync(cli.path('mixed/a.wav'), wavFile([left], 48000));
    writeFileSync(cli.path('mixed/b.wav'), 'RIFF....WAVE');
    expectFailure(cli.run('render', 'mixed', '-o', 'never.wav'), 'mixed/b.wav', /./);
    mkdirSync(cli.path('empty'));
    expectFailure(cli.run('render', 'empty', '-o', 'never.wav'), 'empty', /no audio/);
    expectFailure(cli.run('render', 'stereo.wav', '-o', 'never.wav'), 'stereo.wav', /not a Mixwell project/);
    expect(readdirSync(cli.folder)).not.toContain('never.wav');
  });
});

describe('the command line', () => {
  it.each([
    [[]],
    [['frobnicate']],
    [['measure']],
    [['process', 'stereo.wav']],
    [['process', 'stereo.wav', '-o', 'x.wav', '--bits', '20']],
    [['process', 'stereo.wav', '-o', 'x.wav', '--dither', 'much']],
    [['process', 'stereo.wav', '-o', 'x.wav', '--rate', 'fast']],
    [['process', 'stereo.wav', 'mono.wav', '-o', 'x.wav']],
    [['render', 'stems', '-o', 'x.wav', '--nonsense']],
  ])('answers %j with how it is used, and exit code 2', (args) => {
    const { code, out, err } = cli.run(...args);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toMatch(/^mixwell: /);
  });

  it('helps', () => {
    const { code, out } = cli.run('--help');
    expect(code).toBe(0);
    for (const name of ['measure', 'devices', 'process', 'render', 'info'])
      expect(out).toContain(`mixwell ${name}`);
  });
});
