const longest = 120;
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$/i;

/** A name that every file system takes: no path, no control characters, nothing that Windows reserves. */
export function safeFileName(name: string, fallback: string): string {
  const cleaned = Array.from(name.normalize('NFC'), (letter) =>
    letter < ' ' || letter === '\u007f' || '<>:"/\\|?*'.includes(letter) ? ' ' : letter,
  )
    .join('')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replace(/^[. ]+/, '')
    .slice(0, longest)
    .replace(/[. ]+$/, '');
  if (cleaned === '') return fallback;
  return reserved.test(cleaned) ? `_${cleaned}` : cleaned;
}

/** "01 Kick.wav", "02 Snare.wav", ...: in the order of the tracks, each name once, whatever the tracks are called. */
export function stemFileNames(trackNames: readonly string[], ending: 'wav' | 'flac'): string[] {
  const digits = Math.max(2, String(trackNames.length).length);
  return trackNames.map((name, index) => {
    const number = String(index + 1).padStart(digits, '0');
    return `${number} ${safeFileName(name, 'Track')}.${ending}`;
  });
}
