import { devices } from './devices';
import { Failure, oneLine, UsageError } from './errors';
import { removeUnfinished } from './files';
import { info } from './info';
import { master } from './master';
import { measure } from './measure';
import { processFile } from './process';
import { render } from './render';
import { targets } from './targets';
import { commandUsage, usage } from './usage';
import { verify } from './verify';

const commands: Record<string, (args: string[]) => Promise<number>> = {
  measure,
  devices,
  process: processFile,
  targets,
  master,
  render,
  info,
  verify,
};

async function main(args: string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined) throw new UsageError('a command is missing');
  if (name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(usage);
    return 0;
  }
  if (name === '--version') {
    process.stdout.write(`${MIXWELL_VERSION}\n`);
    return 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new UsageError(`there is no command "${name}"`);
  if (rest.includes('--help') || rest.includes('-h')) {
    process.stdout.write(commandUsage(name));
    return 0;
  }
  return command(rest);
}

function report(error: unknown): number {
  const text = oneLine(error instanceof Error ? error.message : String(error));
  process.stderr.write(`mixwell: ${text}\n`);
  if (error instanceof UsageError) {
    process.stderr.write('See mixwell --help.\n');
    return 2;
  }
  if (!(error instanceof Failure) && process.env.MIXWELL_DEBUG) console.error(error);
  return 1;
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void removeUnfinished().finally(() => process.exit(signal === 'SIGINT' ? 130 : 143));
  });
}
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await main(process.argv.slice(2)).catch(report);
