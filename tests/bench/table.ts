import type { Result } from './bench';
import type { ChangeTimes } from './changes';
import { exportSession } from './session';

const ours = 'wasm in Chromium';
const budgetUs = (128 / 48000) * 1e6;

/** Medians a quantum of 128 frames at 48 kHz, and how many times as long as ours in Chromium each takes. */
export function resultsTable(results: readonly Result[]): string {
  const sessions = [...new Set(results.map(({ session }) => session))];
  const engines = [...new Set(results.map(({ engine }) => engine))];
  const lines = sessions.flatMap((session) => {
    const own = results.find((result) => result.engine === ours && result.session === session)?.timing
      ?.median;
    return [
      `\n${session} (µs for 128 frames; real time is ${budgetUs.toFixed(0)})`,
      ...engines.flatMap((engine) => {
        const result = results.find((other) => other.engine === engine && other.session === session);
        if (!result) return [];
        if (!result.timing) return [`  ${engine.padEnd(28)} ${result.failed}`];
        const { median, p999 } = result.timing;
        const ratio = own ? `${(median / own).toFixed(2).padStart(8)} ×` : '';
        return [
          `  ${engine.padEnd(28)} median ${median.toFixed(1).padStart(8)}   99.9 % ${p999.toFixed(0).padStart(6)} ${ratio}`,
        ];
      }),
    ];
  });
  return `${lines.join('\n')}\n\n`;
}

/** How much faster than it sounds a song is rendered, by the medians. */
export function exportTable(results: readonly Result[]): string {
  const { name } = exportSession();
  const lines = results.flatMap(({ engine, session, timing }) =>
    session === name && timing
      ? [`  ${engine.padEnd(28)} ${(budgetUs / timing.median).toFixed(1).padStart(8)}`]
      : [],
  );
  return [`${name}, times real time`, ...lines, '\n'].join('\n');
}

/** The longest quanta of changes, in Chromium. */
export function changesTable({ warmUpMs, worst }: ChangeTimes): string {
  const lines = Object.entries(worst).map(
    ([name, us]) => `  ${name.padEnd(52)} ${us.toFixed(0).padStart(6)}`,
  );
  return [
    `longest quantum around a change, wasm in Chromium (µs; real time is ${budgetUs.toFixed(0)}; best of five)`,
    ...lines,
    `warm-up before the first sound: ${warmUpMs.toFixed(0)} ms`,
    '\n',
  ].join('\n');
}
