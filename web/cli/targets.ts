import { type MasteringTarget, masteringTargets } from '../src/mastering/targets';
import { UsageError } from './errors';
import { parse } from './options';

/** What can be mastered for. */
export async function targets(args: string[]): Promise<number> {
  const parsed = parse(args, { json: { type: 'boolean' } });
  if (parsed.files.length > 0) throw new UsageError(`targets takes no file, and "${parsed.files[0]}" is one`);
  const text = parsed.on('json')
    ? `${JSON.stringify(masteringTargets, null, 2)}\n`
    : masteringTargets.map(asText).join('');
  process.stdout.write(text);
  return 0;
}

function asText({ id, name, loudnessLufs, ceilingDbtp, note, source }: MasteringTarget): string {
  const loudness = loudnessLufs === null ? 'no loudness' : `${loudnessLufs} LUFS`;
  const head = `${id.padEnd(13)} ${name.padEnd(21)} ${loudness.padStart(11)}, ${ceilingDbtp} dBTP`;
  return `${head}\n${' '.repeat(14)}${note}\n${' '.repeat(14)}${source.title} (${source.address}), ${source.lookedUp}\n`;
}
