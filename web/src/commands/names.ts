import { cleanName } from '../model/normalise';
import { guessKind } from './kinds';

const extension = /\.[a-z0-9]{1,8}$/i;
const leadingNumber = /^(?:(?:[Tt]rack|[Tt]rk|[Aa]udio)[ ._-]*)?(?:\d{1,2}|0\d{2})(?:[ ._)-]+|(?=\p{Lu}))/u;
/** What programs add at the end: sample rate, word length, tempo, the word for what it is. */
const trailingNoise =
  /[ ._([-]+(?:\d{2,3}(?:\.\d+)? ?bpm|\d{2,3}(?:\.\d)? ?k(?:hz)?|(?:16|24|32) ?bits?|stems?|bounced?|bip|export(?:ed)?|consolidated|rendered?)[\])]*$/i;

/** "01_Kick In.wav" is "Kick In". Never empty. */
export function trackNameFromFile(fileName: string): string {
  const bare = (fileName.split(/[\\/]/).at(-1) ?? fileName).normalize('NFC').replace(extension, '');
  let name = bare.replace(/_+/g, ' ').replace(/\s+/g, ' ').trim();
  for (let last = ''; last !== name; ) {
    last = name;
    const shorter = name.replace(trailingNoise, '').trim();
    if (/\p{L}/u.test(shorter)) name = shorter;
  }
  const unnumbered = name.replace(leadingNumber, '').replace(/^[\s._-]+/, '');
  // A name that is only a number, such as "808", is a name.
  if (/\p{L}/u.test(unnumbered)) name = unnumbered;
  if (!name.includes(' ')) name = spaced(name);
  return cleanName(capitalised(name), cleanName(bare, 'Audio'));
}

/** "LeadVox" is "Lead Vox"; "BassDI" is "Bass DI"; "kick-in" is "kick in". */
function spaced(name: string): string {
  return name
    .replace(/(\p{L}{2,})[-.](?=\p{L}{2,})/gu, '$1 ')
    .replace(/(\p{Ll}{2,})(\p{Lu})/gu, '$1 $2')
    .trim();
}

function capitalised(name: string): string {
  return name === name.toLowerCase() ? name.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase()) : name;
}

/** Names of files that came together: the song's name, which all of them begin with, is left out. */
export function trackNamesFromFiles(fileNames: readonly string[]): string[] {
  const names = fileNames.map(trackNameFromFile);
  const shared = sharedWords(names);
  if (shared === 0) return names;
  return names.map((name) => {
    const rest = name
      .split(' ')
      .slice(shared)
      .join(' ')
      .replace(/^[\s._-]+/, '');
    return trackNameFromFile(rest);
  });
}

/**
 * How many words at the beginning say nothing: shared by three files or more, and none of them the name of an instrument.
 */
function sharedWords(names: readonly string[]): number {
  const [first, ...others] = names.map((name) => name.split(' '));
  if (!first || others.length < 2) return 0;
  let shared = 0;
  while (first.length > shared && others.every((words) => words[shared] === first[shared])) {
    if (guessKind(first[shared] as string) !== 'other') break;
    shared++;
  }
  const telling = [first, ...others].every((words) => /\p{L}/u.test(words.slice(shared).join(' ')));
  return telling ? shared : 0;
}

/** "Kick" becomes "Kick 2" where there is a "Kick", "Tom 2" becomes "Tom 3": the next number that is free. */
export function freeName(name: string, taken: Iterable<string>): string {
  const names = new Set(taken);
  if (!names.has(name)) return name;
  const [, stem = name, last = '1'] = /^(.+) (\d{1,4})$/.exec(name) ?? [];
  for (let number = Number(last) + 1; ; number++) {
    const candidate = `${stem} ${number}`;
    if (!names.has(candidate)) return candidate;
  }
}
