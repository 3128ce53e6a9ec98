import type { Report } from '../src/mastering/report';
import { failureOf } from './errors';
import { openOutput } from './files';

/** A report that is on its way to a file; opened first, so that what can't be written is known before the work. */
export async function openReport(path: string) {
  const sink = await openOutput(path).catch((error: unknown) => {
    throw failureOf(path, error);
  });
  return {
    async finish(report: Report): Promise<void> {
      await sink.write(0, new TextEncoder().encode(`${JSON.stringify(report, null, 2)}\n`));
      await sink.close();
    },
    abort: () => sink.abort(),
  };
}
