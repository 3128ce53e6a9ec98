import type { MasterReport, MixReport, Report } from './report';
import {
  type ChartTarget,
  correlationChart,
  histogramChart,
  loudnessChart,
  peakChart,
  spectrumChart,
} from './reportCharts';
import { el, escaped, type Markup, toHtml } from './reportMarkup';
import {
  beforeAfter,
  checkTable,
  doneList,
  factsOf,
  figures,
  hashText,
  mark,
  serviceTable,
  settingsTable,
  stemTable,
} from './reportParts';
import sheet from './reportSheet.css?inline';

const titles = { master: 'Master', mix: 'Mix', stems: 'Stems' } as const;

/** What a report is called: the file's name, or the song's. */
export const reportTitle = (report: Report): string =>
  report.what === 'stems' ? `${report.source.name}, stems` : report.file.name;

/** A report as a page of its own: no script, nothing fetched; dark where the reader's system is, light on paper. */
export function reportPage(report: Report): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(`${titles[report.what]} report: ${reportTitle(report)}`)}</title>
<style>${page}${sheet}</style>
</head>
<body>
${toHtml(reportSheet(report))}
</body>
</html>
`;
}

/** The report itself, for the page above and for the studio. */
export function reportSheet(report: Report): Markup {
  return el(
    'article',
    { class: 'sheet' },
    head(report),
    ...(report.what === 'stems' ? [] : fileParts(report)),
    report.what === 'master' || report.stems.length === 0
      ? null
      : part('Files', null, stemTable(report.stems)),
    ...(report.what === 'master' ? madeParts(report) : []),
    foot(report),
  );
}

function head(report: Report): Markup {
  const { passed, verdict } = report;
  const [words, rest = ''] = verdict.split(/: |\.$/);
  return el(
    'header',
    {},
    el(
      'div',
      {},
      el('p', { class: 'brand' }, 'Mixwell'),
      el('h1', {}, reportTitle(report)),
      el('p', {}, factsOf(report)),
    ),
    el(
      'p',
      { class: 'verdict' },
      mark(passed),
      el('span', {}, el('b', {}, words ?? verdict), rest.replace(/\.$/, '')),
    ),
  );
}

const part = (title: string, keys: readonly Markup[] | null, content: Markup): Markup =>
  el('section', {}, el('h2', {}, title, ...(keys ?? [])), content);

const key = (kind: string, name: string): Markup => el('span', { class: `key ${kind}` }, el('i', {}), name);

function fileParts(report: MasterReport | MixReport): Markup[] {
  const { after, curves, sections } = report;
  const target: ChartTarget | null = report.what === 'master' ? report.target : null;
  const wanted = target !== null && target.loudnessLufs !== null;
  return [
    figures(report),
    el(
      'div',
      { class: 'wide' },
      part(
        'Loudness',
        [key('line', 'Short-term'), key('fill', 'Momentary'), ...(wanted ? [key('dashed', 'Target')] : [])],
        loudnessChart(after, curves, sections, target),
      ),
    ),
    el(
      'div',
      { class: 'pair' },
      part('Spectrum', [key('fill', 'Average'), key('thin', 'Highest')], spectrumChart(curves)),
      part('How long at each loudness', null, histogramChart(curves, after, target)),
      part('True peak and ceiling', null, peakChart(curves, target ?? { ceilingDbtp: 0 })),
      part('Correlation', null, correlationChart(curves)),
      part('Checks', null, checkTable(report)),
      report.what === 'master'
        ? part('What services will do', null, serviceTable(report))
        : part('How it was written', null, settingsTable(report)),
    ),
  ];
}

/** How a master came about: a second sheet on paper. */
function madeParts(report: MasterReport): Markup[] {
  return [
    el(
      'div',
      { class: 'pair made' },
      part('Before and after', null, beforeAfter(report)),
      part('What was done', null, doneList(report)),
    ),
  ];
}

function foot(report: Report): Markup {
  const measured =
    'Measured as ITU-R BS.1770-5 and EBU Tech 3341 and 3342; true peak 8 × oversampled with a parabola.';
  const target =
    report.what === 'master'
      ? ` Target: ${report.target.name}, ${report.target.source.title}, read ${report.target.source.lookedUp}.`
      : '';
  return el(
    'footer',
    {},
    el('p', {}, `${measured}${target} ${report.verdict}`),
    report.what === 'stems'
      ? null
      : el('p', {}, `${hashText(report.file)} `, el('code', {}, report.file.pcmSha256)),
  );
}

/** Tokens of the studio's two looks, for a page that has nothing else of it. */
const page = `
:root { color-scheme: light dark; --well: #f3f4f6; --panel: #fff; --raised: #f7f8f9; --line: #e2e4e8; --line-strong: #c3c7ce; --text: #16181d; --text-2: #3f444d; --text-3: #5b6170; --signal: #858a94; --accent: #2a5bd7; --ok-text: #0b6b3a; --bad: #c9362c; --bad-text: #b3261e; }
@media screen and (prefers-color-scheme: dark) { :root { --well: #0d0e11; --panel: #16171a; --raised: #1d1f23; --line: #26282c; --line-strong: #3d4045; --text: #ebedef; --text-2: #bbbec3; --text-3: #a0a3a9; --signal: #82868e; --accent: #75a3f9; --ok-text: #5bd295; --bad: #fb756e; --bad-text: #fb817a; } }
body { margin: 0; padding: 24px 16px; background: var(--well); font: 12px/16px Inter, system-ui, sans-serif; font-variant-numeric: tabular-nums; }
h1, h2, p { margin: 0; }
@media print { body { padding: 0; background: none; } }
`;
