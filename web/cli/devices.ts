import { devices as table } from '../src/generated/devices';
import { UsageError } from './errors';
import { parse } from './options';

export async function devices(args: string[]): Promise<number> {
  const parsed = parse(args, { json: { type: 'boolean' } });
  if (parsed.files.length > 0) throw new UsageError(`devices takes no file, and "${parsed.files[0]}" is one`);
  process.stdout.write(parsed.on('json') ? `${JSON.stringify(table, null, 2)}\n` : asText());
  return 0;
}

function asText(): string {
  return table
    .map(({ id, name, params }) => {
      const lines = params.map((param) => {
        const choices = param.choices.length > 0 ? param.choices.join(' | ') : `${param.min} to ${param.max}`;
        const unit = param.unit === '' ? '' : ` ${param.unit}`;
        return `  ${param.id.padEnd(14)} ${choices}${unit}, default ${param.default}`;
      });
      return `${id} (${name})\n${lines.join('\n')}\n`;
    })
    .join('\n');
}
