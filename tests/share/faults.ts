import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fullDisk } from './fullDisk';
import { killedServer } from './killedServer';
import { listeners } from './listeners';
import { badNetwork, flippedBits } from './network';

export interface Row {
  what: string;
  figure: string;
  /** False when something that must hold did not. */
  holds?: boolean;
}

export type Trial = (folder: string) => Promise<Row[]>;

const trials: Record<string, { title: string; run: Trial }> = {
  listeners: { title: '200 listeners at once', run: listeners },
  killed: { title: 'killed in the middle of uploads', run: killedServer },
  network: { title: 'a slow and a cut network', run: badNetwork },
  disk: { title: 'a full disk', run: fullDisk },
  bits: { title: 'flipped bits on disk', run: flippedBits },
};

async function main(only: string | undefined): Promise<void> {
  const outer = mkdtempSync(join(tmpdir(), 'mixwell-faults-'));
  let failed = false;
  try {
    for (const [name, { title, run }] of Object.entries(trials)) {
      if (only !== undefined && name !== only) continue;
      const folder = join(outer, name);
      mkdirSync(folder);
      const rows = await run(folder);
      process.stdout.write(`\n${title}\n`);
      for (const { what, figure, holds = true } of rows) {
        failed ||= !holds;
        process.stdout.write(`  ${holds ? ' ' : '✗'} ${what.padEnd(58)} ${figure}\n`);
      }
    }
  } finally {
    rmSync(outer, { recursive: true, force: true });
  }
  process.exit(failed ? 1 : 0);
}

await main(process.argv[2]);
