/** The command was not understood: exit code 2. */
export class UsageError extends Error {}

/** It could not be done: exit code 1. The message names the file and the cause in one line. */
export class Failure extends Error {}

/** What went wrong, without the noise of Node's own messages. */
export function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as NodeJS.ErrnoException;
  const known: Record<string, string> = {
    ENOENT: 'it does not exist',
    EISDIR: 'it is a folder',
    ENOTDIR: 'its folder is not a folder',
    EACCES: 'access is denied',
    EPERM: 'access is denied',
    EROFS: 'the disk is read-only',
    ENOSPC: 'the disk is full',
  };
  return (code && known[code]) || oneLine(error.message);
}

/** A failure that names the file, unless the error's message already does. */
export function failureOf(file: string, error: unknown): Failure {
  if (error instanceof Failure) return error;
  const cause = causeOf(error);
  return new Failure(cause.includes(file) ? cause : `${file}: ${cause}`);
}

export function oneLine(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, ' ').trim();
}
