import type { ImportJob } from '../../bridge/studioTypes';

export interface ImportSummary {
  readonly title: string;
  readonly detail: string;
  readonly fraction: number;
}

/** Several files being read, as one line: "Reading 8 files", the one in hand, and how far all of them are. */
export function importSummary(jobs: readonly ImportJob[]): ImportSummary | null {
  const first = jobs.find((job) => job.fraction !== null) ?? jobs[0];
  if (!first) return null;
  const sum = jobs.reduce((total, job) => total + (job.fraction ?? 0), 0);
  const done = jobs.filter((job) => job.fraction === 1).length;
  const count = jobs.length === 1 ? 'Reading a file' : `Reading ${jobs.length} files`;
  const current = jobs.find((job) => job.fraction !== null && job.fraction < 1) ?? first;
  return {
    title: done > 0 && jobs.length > 1 ? `${count}: ${done} done` : count,
    detail: current.name,
    fraction: sum / jobs.length,
  };
}
