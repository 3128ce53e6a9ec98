import type { ImportJob } from '../../bridge/projectTypes';

export interface ImportSummary {
  readonly title: string;
  readonly detail: string;
  /** How far all of them are, those that are through included. */
  readonly fraction: number;
}

/**
 * Files being read, as one line: "Reading 8 files: 5 done", the one in hand, and how far all of them are. `jobs` are those
 * that are not through yet, `begun` counts all since the last time there were none.
 */
export function importSummary(jobs: readonly ImportJob[], begun: number): ImportSummary | null {
  const current = jobs.find((job) => job.fraction !== null) ?? jobs[0];
  if (!current) return null;
  const total = Math.max(begun, jobs.length);
  const done = total - jobs.length;
  const sum = jobs.reduce((all, job) => all + (job.fraction ?? 0), done);
  const count = total === 1 ? 'Reading a file' : `Reading ${total} files`;
  return {
    title: done > 0 ? `${count}: ${done} done` : count,
    detail: current.name,
    fraction: sum / total,
  };
}

/** Counts the jobs that have begun since the last time there were none. */
export function createBegunCounter(): (jobs: readonly ImportJob[]) => number {
  const seen = new Set<string>();
  return (jobs) => {
    if (jobs.length === 0) seen.clear();
    for (const { id } of jobs) seen.add(id);
    return seen.size;
  };
}
