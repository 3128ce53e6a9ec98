import { onCleanup } from 'solid-js';
import type { Report } from '../../mastering/report';
import type { Markup } from '../../mastering/reportMarkup';
import { reportSheet, reportTitle } from '../../mastering/reportPage';
import { reportText } from '../../mastering/reportText';
import { Button } from '../kit/Button';
import { Dialog } from '../kit/Dialog';
import { createCopying } from '../state/copying';
import { useStudio } from '../state/studio';
import '../../mastering/reportSheet.css';
import './reportPage.css';

const svgSpace = 'http://www.w3.org/2000/svg';

/** Made node by node: no text of a report is ever read as markup. */
function toDom({ tag, attributes, children }: Markup, inSvg = false): Element {
  const svg = inSvg || tag === 'svg';
  const made = svg ? document.createElementNS(svgSpace, tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  made.append(...children.map((child) => (typeof child === 'string' ? child : toDom(child, svg))));
  return made;
}

/** A report over the whole page, in the studio's look; what is printed of the page is the report alone. */
export default function ReportPage(props: { report: Report; onClose: () => void }) {
  const { exporter } = useStudio();
  const { copied, copy } = createCopying('The browser did not let the report be copied: save it instead.');
  const title = document.title;
  document.title = `${reportTitle(props.report)} report`;
  onCleanup(() => {
    document.title = title;
  });
  return (
    <Dialog
      title="Report"
      titleRest={reportTitle(props.report)}
      open
      onClose={props.onClose}
      class="report-page"
      tools={
        <div class="report-tools">
          <Button
            variant="ghost"
            icon="download"
            onClick={() => void exporter.saveReport(props.report, 'json')}
          >
            Numbers (JSON)
          </Button>
          <Button
            variant="ghost"
            icon={copied() === null ? 'copy' : 'check'}
            data-tip="Name, figures, checks and SHA-256 in a few lines, for a message"
            onClick={() => void copy(reportText(props.report))}
          >
            {copied() === null ? 'Copy as text' : 'Copied'}
          </Button>
          <span class="hidden" role="status">
            {copied() === null ? '' : 'The report is copied.'}
          </span>
          <Button
            variant="ghost"
            icon="file-down"
            onClick={() => void exporter.saveReport(props.report, 'page')}
          >
            Save report
          </Button>
          <Button variant="primary" onClick={() => window.print()}>
            Print or save as PDF
          </Button>
        </div>
      }
    >
      <div class="report-scroll scrolls" tabindex="0" role="region" aria-label="The report">
        {toDom(reportSheet(props.report))}
      </div>
    </Dialog>
  );
}
