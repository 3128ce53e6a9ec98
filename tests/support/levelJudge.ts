import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { repository } from './nodeEngine';

const program = `${repository}/build/native/tests/mixwell_level_judge`;

export interface JudgedLevels {
  readonly sampleRateHz: number;
  readonly channels: number;
  readonly frames: number;
  readonly integratedLufs: number | null;
  readonly loudnessRangeLu: number | null;
  readonly truePeakDbtp: number | null;
  readonly samplePeakDbfs: number | null;
}

/** What libsndfile, libebur128 and a plain sinc say of files. */
export function judgeLevels(paths: readonly string[]): JudgedLevels[] {
  if (!existsSync(program)) throw new Error(`${program} is missing: tests/run builds it`);
  const lines = execFileSync(program, paths, { encoding: 'utf8' }).trim().split('\n');
  return lines.map((line) => JSON.parse(line) as JudgedLevels);
}
