/** Why an audio file is not taken, as a sentence with the file's name. */
export class AudioFileError extends Error {
  override readonly name = 'AudioFileError';
}

/** "Kick.wav" and "It holds no sound." make "Kick.wav holds no sound." */
export function sentenceFor(name: string, sentence: string): string {
  if (sentence.startsWith('It ')) return `${name} ${sentence.slice(3)}`;
  if (sentence.startsWith('Its ')) return `${name}: its ${sentence.slice(4)}`;
  return `${name}: ${sentence}`;
}
