import { plain } from './decibels';
import type { MasterReport, MixReport, Report, ReportedStem } from './report';
import { clock } from './reportCharts';
import { reportTitle } from './reportPage';
import { figure, formatText, hashText, sizeText } from './reportParts';

type Judged = Pick<ReportedStem, 'file' | 'after' | 'checks'>;

/** A report in a few lines, for a message or a mail. */
export function reportText(report: Report): string {
  const day = new Date(report.date).toISOString().slice(0, 10);
  return [
    reportTitle(report),
    report.verdict,
    ...(report.what === 'stems' ? [] : fileLines(report)),
    ...(report.what === 'master'
      ? []
      : report.stems.flatMap((stem) => ['', stem.file.name, ...linesOf(stem)])),
    '',
    `Measured by Mixwell ${report.engineVersion} on ${day}, as ITU-R BS.1770-5.`,
    '',
  ].join('\n');
}

function fileLines(report: MasterReport | MixReport): string[] {
  const passed = report.checks.filter((check) => check.passed).map(({ name }) => name);
  const [facts = '', ...others] = linesOf(report);
  return [
    facts,
    ...(report.what === 'master' ? [targetLine(report)] : []),
    ...(passed.length > 0 ? [`Passed: ${passed.join(', ')}`] : []),
    ...others,
  ];
}

function linesOf({ file, after, checks }: Judged): string[] {
  const levels = [
    `loudness ${figure(after.integratedLufs, 'LUFS')}`,
    `true peak ${figure(after.truePeakDbtp, 'dBTP', 2)}`,
    `range ${figure(after.loudnessRangeLu, 'LU')}`,
  ].join(', ');
  const length = clock(file.frames / file.sampleRate);
  return [
    `${length}, ${formatText(file)}, ${sizeText(file.bytes)}; ${levels}`,
    ...checks.filter((check) => !check.passed).map(({ name, sentence }) => `Failed: ${name}. ${sentence}`),
    `${hashText(file)}: ${file.pcmSha256}`,
  ];
}

function targetLine({ target }: MasterReport): string {
  const { name, loudnessLufs, toleranceLu, ceilingDbtp } = target;
  const loudness = loudnessLufs === null ? '' : `${plain(loudnessLufs)} ± ${toleranceLu} LUFS, `;
  return `Target: ${name}, ${loudness}true peak at most ${plain(ceilingDbtp)} dBTP`;
}
