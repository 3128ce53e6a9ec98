import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repository } from './nodeEngine';

const program = `${repository}/build/native/tests/mixwell_sound_judge`;

export interface JudgedFile {
  readonly wav: boolean;
  readonly bits: '16' | '24' | '32f' | 'other';
  readonly sampleRateHz: number;
  readonly channels: number;
  readonly frames: number;
  /** Interleaved; 1 is full scale. */
  readonly samples: Float64Array;
}

/** What libsndfile reads of a file. */
export function judgeFile(path: string): JudgedFile {
  if (!existsSync(program)) throw new Error(`${program} is missing: tests/run builds it`);
  const folder = mkdtempSync(join(tmpdir(), 'mixwell-judge-'));
  try {
    const out = join(folder, 'samples');
    const facts = JSON.parse(execFileSync(program, [path, out], { encoding: 'utf8' }));
    const bytes = readFileSync(out);
    const samples = new Float64Array(
      bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength),
    );
    return { ...facts, samples };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
