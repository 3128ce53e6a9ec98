import { AudioFileError } from '../../engine/audioFileError';
import { extensionOf } from '../../engine/decoders/sniff';
import type { PoolEntry } from '../../storage/pool';

/** Extensions that promise the same. Ogg's are used for one another. */
const families = [
  'wav wave bwf rf64',
  'aif aiff aifc',
  'flac',
  'mp3 mp2 mp1 mpga',
  'ogg oga opus',
  'm4a mp4 aac caf wma',
];

function familyOf(ext: string): string | undefined {
  return families.find((family) => family.split(' ').includes(ext));
}

/** What the person should know of a file that was taken: that it is damaged, or not what its name says. */
export function noteOf(name: string, { truncated, ext, format }: PoolEntry): string | undefined {
  const notes: string[] = [];
  const claimed = familyOf(extensionOf(name));
  if (claimed && claimed !== familyOf(ext)) {
    notes.push(`${name} is ${format.split(',')[0]}, not what its name says; it was taken as that.`);
  }
  if (truncated) notes.push(`${name} is cut short or damaged; what it has was taken.`);
  return notes.length > 0 ? notes.join(' ') : undefined;
}

/** Any error of an import as a sentence that names the file. */
export function importSentence(name: string, error: unknown): string {
  if (error instanceof AudioFileError) return error.message;
  if (error instanceof DOMException && error.name === 'QuotaExceededError') {
    return `There is no room left for ${name}: free some space on this device, or delete projects you no longer need.`;
  }
  if (
    error instanceof DOMException &&
    (error.name === 'NotReadableError' || error.name === 'NotFoundError')
  ) {
    return `${name} could not be read: it was changed, moved or unplugged.`;
  }
  return `${name} could not be imported: ${error instanceof Error ? error.message : String(error)}`;
}
