import { plain, signed } from './decibels';
import type { Report } from './report';
import { correlationChart, histogramChart, loudnessChart, peakChart, spectrumChart } from './reportCharts';
import { escaped, table } from './reportMarkup';

/** A report as a page of its own: no script, nothing fetched, one A4 sheet when it is printed. */
export function reportPage(report: Report): string {
  const { file, target, after, verdict, passed, checks } = report;
  const passing = checks.filter((check) => check.passed).length;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(`Report: ${file.name}`)}</title>
<style>${style}</style>
</head>
<body>
<header>
<div><p class="brand">Mixwell</p><h1>${escaped(file.name)}</h1><p>${escaped(factsOf(report))}</p></div>
<p class="verdict ${passed ? 'good' : 'bad'}"><b>${passed ? 'Ready to deliver' : 'Not ready'}</b>${passing} of ${checks.length} checks pass</p>
</header>
${figures(report)}
<h2>Loudness</h2>${loudnessChart(after, report.curves, target)}
<div class="pair">
<section><h2>Spectrum</h2>${spectrumChart(report.curves)}</section>
<section><h2>How long at each loudness</h2>${histogramChart(report.curves, target)}</section>
<section><h2>True peak and ceiling</h2>${peakChart(report.curves, target)}</section>
<section><h2>Correlation</h2>${correlationChart(report.curves)}</section>
<section><h2>Checks</h2>${checkTable(report)}</section>
<section><h2>What services will do</h2>${serviceTable(report)}</section>
<section><h2>Before and after</h2>${beforeAfter(report)}</section>
<section><h2>What was done</h2>${doneList(report)}</section>
</div>
<footer>Measured as ITU-R BS.1770-5 and EBU Tech 3341 and 3342; true peak 8 × oversampled with a parabola. Target: ${escaped(target.name)}, ${escaped(target.source.title)}, read ${escaped(target.source.lookedUp)}. ${escaped(verdict)}
<br>SHA-256 of the sound data <code>${escaped(file.pcmSha256)}</code></footer>
</body>
</html>
`;
}

const lufs = (value: number | null): string => (value === null ? '−∞' : plain(value));

/** "3:07.2" */
function clock(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  return `${minutes}:${(seconds - 60 * minutes).toFixed(1).padStart(4, '0')}`;
}

function factsOf({ file, target, date, source, engineVersion }: Report): string {
  const bits = file.bits === '32f' ? '32 bit float' : `${file.bits} bit`;
  const dither = file.dither === 'none' ? '' : `, dither ${file.dither}`;
  const day = new Date(date).toISOString().slice(0, 16).replace('T', ', ');
  const channels = file.channels === 1 ? 'mono' : 'stereo';
  return `${clock(file.frames / file.sampleRate)}, ${channels}, ${file.sampleRate / 1000} kHz, ${bits}${dither}. Made ${day} UTC from ${source.name} (${source.format}) for ${target.name} by Mixwell ${engineVersion}.`;
}

function figures({ after }: Report): string {
  const figure = (name: string, value: string, unit: string, below = ''): string =>
    `<div><span>${name}</span><b>${value}</b> ${unit}<span>${escaped(below)}</span></div>`;
  return `<div class="figures">${[
    figure('Integrated', lufs(after.integratedLufs), 'LUFS'),
    figure(
      'True peak',
      after.truePeakDbtp === null ? '−∞' : plain(after.truePeakDbtp, 2),
      'dBTP',
      after.truePeakSeconds === null ? '' : clock(after.truePeakSeconds),
    ),
    figure('Range', after.loudnessRangeLu === null ? '−' : plain(after.loudnessRangeLu), 'LU', '10 to 95 %'),
    figure('Short-term, most', lufs(after.maxShortTermLufs), 'LUFS'),
    figure('Momentary, most', lufs(after.maxMomentaryLufs), 'LUFS'),
    figure('Peak to loudness', after.plrLu === null ? '−' : plain(after.plrLu), 'LU'),
    figure(
      'Correlation',
      signed(after.correlation, 2),
      '',
      after.leastCorrelation === null ? '' : `least ${signed(after.leastCorrelation, 2)}`,
    ),
  ].join('')}</div>`;
}

/** Failed ones first. */
function checkTable({ checks }: Report): string {
  const sorted = [...checks].sort((a, b) => Number(a.passed) - Number(b.passed));
  return table(
    ['What', 'Allowed', 'Found'],
    sorted.map(({ name, allowed, found, passed, sentence }) => ({
      bad: !passed,
      cells: [`${passed ? '✓' : '✗'} ${name}`, allowed, found],
      note: passed ? '' : sentence,
    })),
  );
}

function serviceTable({ services }: Report): string {
  return table(
    ['Service', 'Plays at', 'Change', 'Peak'],
    services.map(({ name, playsAtLufs, changeDb, peakDbtp }) => ({
      bad: false,
      cells: [
        name,
        `${plain(playsAtLufs, 0)} LUFS`,
        changeDb === 0 ? 'none' : `${signed(changeDb)} dB`,
        `${plain(peakDbtp)} dBTP`,
      ],
      note: '',
    })),
  );
}

function beforeAfter({ before, after }: Report): string {
  const row = (name: string, of: (measures: Report['after']) => string) => ({
    bad: false,
    cells: [name, of(before), of(after)],
    note: '',
  });
  const figure = (value: number | null, unit: string, digits = 1): string =>
    value === null ? '−' : `${plain(value, digits)} ${unit}`;
  return table(
    ['', 'Mix', 'Master'],
    [
      row('Integrated', ({ integratedLufs }) => figure(integratedLufs, 'LUFS')),
      row('True peak', ({ truePeakDbtp }) => figure(truePeakDbtp, 'dBTP', 2)),
      row('Range', ({ loudnessRangeLu }) => figure(loudnessRangeLu, 'LU')),
      row('Peak to loudness', ({ plrLu }) => figure(plrLu, 'LU')),
      row('Correlation', ({ correlation }) => signed(correlation, 2)),
      row('Loss in mono', ({ monoLossDb }) => figure(monoLossDb, 'dB')),
    ],
  );
}

function doneList({ moves, notes, limiting, settings }: Report): string {
  const chain = settings.chain.map(({ device }) => device).join(', ');
  const items = [
    `The chain: ${chain || 'nothing'}; ${signed(limiting.gainDb)} dB into the limiter.`,
    ...moves.map(({ what, why }) => `${what} ${why}`),
    ...notes,
  ];
  return `<ul>${items.map((item) => `<li>${escaped(item)}</li>`).join('')}</ul>`;
}

const style = `
@page { size: A4; margin: 12mm; }
* { box-sizing: border-box; }
body { margin: 24px auto; max-width: 760px; padding: 0 16px; font: 13px/1.4 Inter, system-ui, sans-serif; color: #16181d; background: #fff; font-variant-numeric: tabular-nums; }
header { display: flex; justify-content: space-between; gap: 24px; align-items: start; }
h1 { font-size: 20px; margin: 4px 0; }
h2 { font-size: 13px; margin: 18px 0 6px; }
p { margin: 0; }
.brand { font-weight: 600; color: #2a5bd7; }
.verdict { border: 1px solid #d0d3da; border-radius: 6px; padding: 8px 14px; white-space: nowrap; }
.verdict b { display: block; }
.good b { color: #0b6b3a; }
.bad b, tr.bad td, td.note { color: #b3261e; }
.figures { display: flex; flex-wrap: wrap; border: 1px solid #d0d3da; border-radius: 6px; margin-top: 14px; }
.figures div { flex: 1 0 auto; padding: 8px 10px; border-left: 1px solid #d0d3da; }
.figures div:first-child { border-left: 0; }
.figures span { display: block; font-size: 11px; color: #5b6170; }
.figures b { font-size: 18px; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 0 16px; }
svg { width: 100%; height: auto; display: block; border: 1px solid #d0d3da; border-radius: 6px; }
svg text { font: 10px Inter, system-ui, sans-serif; fill: #5b6170; }
table { width: 100%; border-collapse: collapse; }
th, td { text-align: right; padding: 3px 0; border-bottom: 1px solid #e6e8ec; font-weight: 400; }
th { color: #5b6170; }
th:first-child, td:first-child, td.note { text-align: left; }
ul { margin: 0; padding-left: 16px; }
footer { margin-top: 18px; border-top: 1px solid #d0d3da; padding-top: 8px; font-size: 11px; color: #5b6170; }
code { overflow-wrap: anywhere; }
section, tr { break-inside: avoid; }
@media print { body { margin: 0; padding: 0; max-width: none; font-size: 10px; } h2 { margin-top: 10px; } .figures b { font-size: 14px; } svg text { font-size: 9px; } }
@media (max-width: 600px) { .pair { grid-template-columns: 1fr; } header { flex-direction: column; } }
`;
