import { plain, signed } from './decibels';
import type { Measures } from './measures';
import type { MasterReport, MixReport, Report, ReportedFile, ReportedStem } from './report';
import { clock, highestAt } from './reportCharts';
import { el, type Markup, type Row, table } from './reportMarkup';

// What a report says in words and tables.

const lufs = (value: number | null): string => (value === null ? '−∞' : plain(value));

export const figure = (value: number | null, unit: string, digits = 1): string =>
  value === null ? '−' : `${plain(value, digits)} ${unit}`;

export function mark(passed: boolean): Markup {
  const sign = passed ? 'M8 12.5 11 15.5 16.5 9.5' : 'M9 9 15 15M15 9 9 15';
  return el(
    'svg',
    {
      viewBox: '0 0 24 24',
      class: `mark ${passed ? 'good' : 'failed'}`,
      role: 'img',
      'aria-label': passed ? 'Passed' : 'Failed',
    },
    el('circle', { cx: 12, cy: 12, r: 9 }),
    el('path', { d: sign }),
  );
}

const bitsText = (bits: string): string => (bits === '32f' ? '32 bit float' : `${bits} bit`);

/** "23.7 MB" */
export const sizeText = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

export const formatText = ({ format, channels, sampleRate, bits, dither }: ReportedFile): string =>
  [
    format,
    channels === 1 ? 'mono' : channels === 2 ? 'stereo' : `${channels} channels`,
    `${sampleRate / 1000} kHz`,
    bitsText(bits) + (dither === 'none' ? '' : `, dither ${dither === 'tpdf' ? 'TPDF' : dither}`),
  ].join(', ');

/** What the hash of a file is of. */
export const hashText = (file: ReportedFile | undefined): string =>
  file?.format === 'FLAC' ? 'SHA-256 of the decoded sound data' : 'SHA-256 of the sound data';

/** What the report is of, in a line: length, format, date, where it comes from and what for. */
export function factsOf(report: Report): string {
  const { date, source, engineVersion, settings } = report;
  const day = new Date(date).toISOString().slice(0, 16).replace('T', ', ');
  const from = report.what === 'master' ? `${source.name} (${source.format})` : source.format;
  const whole = settings.range === 'song' ? '' : `, a part from ${clock(settings.startSeconds)} on`;
  const made = `Made ${day} UTC from ${from}${whole}`;
  if (report.what === 'stems') {
    const [first] = report.stems;
    return `${report.stems.length} files${first ? `, ${formatText(first.file)}` : ''}. ${made} by Mixwell ${engineVersion}.`;
  }
  const { file } = report;
  const what = report.what === 'master' ? ` for ${report.target.name}` : '';
  return `${clock(file.frames / file.sampleRate)}, ${formatText(file)}, ${sizeText(file.bytes)}. ${made}${what} by Mixwell ${engineVersion}.`;
}

export function figures({ after, curves }: MasterReport | MixReport): Markup {
  const one = (name: string, value: string, unit: string, below = ''): Markup =>
    el('div', {}, el('span', {}, name), el('b', {}, value, el('small', {}, unit)), el('em', {}, below));
  const placeOf = (values: readonly (number | null)[]): string => {
    const at = highestAt(values, curves.stepSeconds);
    return at === null ? '' : clock(at);
  };
  return el(
    'section',
    { class: 'figures', 'aria-label': 'Figures' },
    one('Integrated', lufs(after.integratedLufs), 'LUFS'),
    one(
      'True peak',
      after.truePeakDbtp === null ? '−∞' : plain(after.truePeakDbtp, 2),
      'dBTP',
      after.truePeakSeconds === null ? '' : clock(after.truePeakSeconds),
    ),
    one('Range', after.loudnessRangeLu === null ? '−' : plain(after.loudnessRangeLu), 'LU', '10 to 95 %'),
    one('Short-term, most', lufs(after.maxShortTermLufs), 'LUFS', placeOf(curves.shortTermLufs)),
    one('Momentary, most', lufs(after.maxMomentaryLufs), 'LUFS', placeOf(curves.momentaryLufs)),
    one('Peak to loudness', after.plrLu === null ? '−' : plain(after.plrLu), 'LU'),
    one(
      'Correlation',
      signed(after.correlation, 2),
      '',
      after.leastCorrelation === null ? '' : `least ${signed(after.leastCorrelation, 2)}`,
    ),
  );
}

/** Failed ones first. */
export function checkTable({ checks }: Pick<MixReport, 'checks'>): Markup {
  const sorted = [...checks].sort((a, b) => Number(a.passed) - Number(b.passed));
  return table(
    ['What', 'Allowed', 'Found'],
    sorted.map(({ name, allowed, found, passed, sentence }) => ({
      bad: !passed,
      cells: [[mark(passed), name], allowed, found],
      note: passed ? '' : sentence,
    })),
  );
}

export function serviceTable({ services }: MasterReport): Markup {
  return table(
    ['Service', 'Plays at', 'Change', 'Peak'],
    services.map(({ name, playsAtLufs, changeDb, peakDbtp }) => ({
      cells: [
        name,
        `${plain(playsAtLufs, 0)} LUFS`,
        changeDb === 0 ? el('span', { class: 'none' }, 'none') : `${signed(changeDb)} dB`,
        `${plain(peakDbtp)} dBTP`,
      ],
    })),
  );
}

const measured: readonly (readonly [name: string, of: (measures: Measures) => string])[] = [
  ['Integrated', ({ integratedLufs }) => figure(integratedLufs, 'LUFS')],
  ['True peak', ({ truePeakDbtp }) => figure(truePeakDbtp, 'dBTP', 2)],
  ['Range', ({ loudnessRangeLu }) => figure(loudnessRangeLu, 'LU')],
  ['Peak to loudness', ({ plrLu }) => figure(plrLu, 'LU')],
  ['Correlation', ({ correlation }) => signed(correlation, 2)],
  ['Loss in mono', ({ monoLossDb }) => figure(monoLossDb, 'dB')],
];

export function beforeAfter({ before, after }: MasterReport): Markup {
  const rows = measured.map(([name, of]): Row => ({ cells: [name, of(before), of(after)] }));
  return table(['', 'Mix', 'Master'], rows);
}

export function doneList({ moves, notes, limiting, settings, reference }: MasterReport): Markup {
  const chain = settings.chain.map(({ device }) => device).join(', ');
  const items = [
    `The chain: ${chain || 'nothing'}; ${signed(limiting.gainDb)} dB into the limiter.`,
    ...(reference === null ? [] : [`Compared with ${reference}.`]),
    ...moves.map(({ what, why }) => `${what} ${why}`),
    ...notes,
  ];
  return el('ul', {}, ...items.map((item) => el('li', {}, item)));
}

/** How a mix was written. */
export function settingsTable({ file, settings, source, after }: MixReport): Markup {
  const row = (name: string, value: string): Row => ({ cells: [name, value] });
  return table(
    ['Setting', ''],
    [
      row('Range', settings.range === 'song' ? 'whole song' : `from ${clock(settings.startSeconds)}`),
      row('Tracks', String(settings.tracks)),
      row('Song', `${source.sampleRate / 1000} kHz`),
      row('File', `${file.format}, ${file.sampleRate / 1000} kHz, ${bitsText(file.bits)}`),
      row('Dither', file.dither === 'tpdf' ? 'TPDF' : file.dither),
      row('Peak', figure(after.samplePeakDbfs, 'dBFS', 2)),
      row('RMS', figure(after.rmsDbfs, 'dBFS')),
    ],
  );
}

export function stemTable(stems: readonly ReportedStem[]): Markup {
  return table(
    ['File', 'Loudness', 'True peak', 'Peak', 'Length', hashText(stems[0]?.file)],
    stems.map(({ file, after, passed, checks }) => ({
      bad: !passed,
      cells: [
        [mark(passed), file.name],
        figure(after.integratedLufs, 'LUFS'),
        figure(after.truePeakDbtp, 'dBTP', 2),
        figure(after.samplePeakDbfs, 'dBFS', 2),
        clock(file.frames / file.sampleRate),
        el('code', {}, file.pcmSha256),
      ],
      note: checks
        .filter((check) => !check.passed)
        .map(({ sentence }) => sentence)
        .join(' '),
    })),
    'stems',
  );
}
