import { execFileSync } from 'node:child_process';
import { createReadStream, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cpus } from 'node:os';
import { extname, join } from 'node:path';
import { chromium } from '@playwright/test';
import { instantiateEngine } from '../../web/src/engine/loadModule';
import type { ChangeTimes } from './changes';
import { timeEngine } from './engineTiming';
import { type FileTimes, filesTable, timeFiles } from './fileTiming';
import { timeElementary } from './peers/elementary';
import { type BenchSession, exportSession, heavySession, stripSession } from './session';
import { changesTable, exportTable, resultsTable } from './table';
import type { Timing } from './timing';

export interface Result {
  readonly engine: string;
  readonly session: string;
  /** Why there is no timing, else the timing. */
  readonly failed?: string;
  readonly timing?: Timing;
}

const build = 'build';
const trackCounts = [8, 32, 128];
/** In Chromium each figure is that of the quickest of so many pages, peers' too: what else runs on the machine is left out. */
const pagesEach = 3;
const results: Result[] = [];
/** Of wasm in Chromium. */
let changes: ChangeTimes | undefined;
let files: FileTimes | undefined;

async function measure(engine: string, session: string, run: () => Promise<Timing> | Timing): Promise<void> {
  process.stderr.write(`${engine}, ${session}: `);
  try {
    const timing = await run();
    results.push({ engine, session, timing });
    process.stderr.write(`${timing.median.toFixed(1)} µs\n`);
  } catch (error) {
    const failed = (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
    results.push({ engine, session, failed });
    process.stderr.write(`${failed}\n`);
  }
}

function timeNatively(session: BenchSession, quanta: number): Timing {
  const path = join(build, 'bench-commands');
  writeFileSync(path, new Uint8Array(session.commands.buffer));
  const out = execFileSync(`${build}/native/tests/mixwell_native_bench`, [path, String(quanta)]);
  return JSON.parse(out.toString()) as Timing;
}

const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
};

/** The benchmark's page, isolated, so that its clock is as fine as it gets. */
async function servePage(): Promise<{ address: string; close: () => void }> {
  const server = createServer((request, response) => {
    const name = request.url === '/' ? '/index.html' : (request.url ?? '');
    const path = name === '/mixwell.wasm' ? `${build}/wasm/mixwell.wasm` : join(build, 'bench', name);
    if (!existsSync(path)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {
      'content-type': types[extname(path)] ?? 'application/octet-stream',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
    });
    createReadStream(path).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { address: `http://localhost:${port}/`, close: () => server.close() };
}

async function inChromium(): Promise<void> {
  const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  const executablePath = process.env.CHROMIUM || installed.find((path) => existsSync(path));
  const { address, close } = await servePage();
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
  });
  // Each figure from a page of its own: nothing left behind by another counts.
  const inPage = async <Figures = Timing>(name: string, tracks: number): Promise<Figures> => {
    const page = await browser.newPage();
    try {
      await page.goto(address);
      await page.waitForFunction(() => 'bench' in window);
      return (await page.evaluate(([bench, count]) => window.bench[bench as string]?.(count as number), [
        name,
        tracks,
      ] as const)) as Figures;
    } finally {
      await page.close();
    }
  };
  const best = async (name: string, tracks: number): Promise<Timing> => {
    const timings: Timing[] = [];
    for (let page = 0; page < pagesEach; page++) timings.push(await inPage(name, tracks));
    return timings.reduce((least, timing) => (timing.median < least.median ? timing : least));
  };
  for (const tracks of trackCounts) {
    await measure('wasm in Chromium', `strips ${tracks}`, () => best('strips', tracks));
    await measure("Chromium's own nodes", `strips ${tracks}`, () => best('webAudio', tracks));
    await measure('Faust (wasm in Chromium)', `strips ${tracks}`, () => best('faust', tracks));
  }
  await measure('wasm in Chromium', 'heavy', () => best('heavy', 0));
  await measure('wasm in Chromium', exportSession().name, () => best('export', 0));
  process.stderr.write('wasm in Chromium, changes\n');
  changes = await inPage<ChangeTimes>('changes', 0);
  await browser.close();
  close();
}

async function inNode(): Promise<void> {
  const compiled = new WebAssembly.Module(readFileSync(`${build}/wasm/mixwell.wasm`));
  for (const tracks of trackCounts) {
    const session = stripSession(tracks);
    await measure('native', session.name, () => timeNatively(session, 16000));
    await measure('wasm in Node', session.name, async () =>
      timeEngine(await instantiateEngine(compiled), session, 8000),
    );
    await measure('Elementary (wasm in Node)', session.name, () => timeElementary(tracks, 60));
  }
  for (const session of [heavySession(), exportSession()]) {
    await measure('native', session.name, () => timeNatively(session, 6000));
    await measure('wasm in Node', session.name, async () =>
      timeEngine(await instantiateEngine(compiled), session, 4000),
    );
  }
  process.stderr.write('files\n');
  files = timeFiles(await instantiateEngine(compiled), `${build}/native/tests/mixwell_file_bench`);
}

await inNode();
await inChromium();
mkdirSync(build, { recursive: true });
const report = {
  date: new Date().toISOString(),
  cpu: cpus()[0]?.model,
  cores: cpus().length,
  results,
  changes,
  files,
};
writeFileSync(`${build}/bench.json`, `${JSON.stringify(report, null, 2)}\n`);
process.stdout.write(resultsTable(results));
process.stdout.write(exportTable(results));
if (changes) process.stdout.write(changesTable(changes));
if (files) process.stdout.write(filesTable(files));
process.stdout.write(`${report.cpu}, ${report.cores} cores; the same as JSON in ${build}/bench.json\n`);
