import type { ExportDither, ExportFormat, ExportSettings } from '../../bridge/exportTypes';
import type { MasterWord, ProjectSnapshot } from '../../model/types';

/** A file that a master can be written to. */
export interface MasterFile {
  readonly id: string;
  readonly word: MasterWord;
  /** "WAV 48 kHz, 24 bit" */
  readonly name: string;
  /** What it is for. */
  readonly purpose: string;
  readonly settings: ExportSettings;
}

const discRateHz = 44_100;

interface Kind {
  readonly format: ExportFormat;
  readonly word: MasterWord;
  readonly purpose: string;
  readonly disc?: boolean;
}

const kinds: readonly Kind[] = [
  { format: 'wav', word: '24', purpose: 'For services and for the archive' },
  { format: 'flac', word: '24', purpose: 'The bits of the WAV file in less space' },
  { format: 'wav', word: '16', purpose: 'For a disc', disc: true },
  { format: 'flac', word: '16', purpose: 'To hand on and to listen to', disc: true },
  { format: 'wav', word: '32f', purpose: 'To work on' },
];

const words = {
  '16': { bits: 16, text: '16 bit' },
  '24': { bits: 24, text: '24 bit' },
  '32f': { bits: '32f', text: '32 float' },
} as const;

/** What a word takes unless it is the one that a dither was chosen for. */
const usualDither: Readonly<Record<MasterWord, ExportDither>> = { '16': 'tpdf', '24': 'none', '32f': 'none' };

/** The files of a master; the dither that was chosen is that of the word that was chosen. */
export function masterFiles({
  name,
  sampleRateHz,
  mastering,
}: Pick<ProjectSnapshot, 'name' | 'sampleRateHz' | 'mastering'>): MasterFile[] {
  return kinds.map(({ format, word, purpose, disc }) => {
    const { bits, text } = words[word];
    const rateHz = disc ? discRateHz : sampleRateHz;
    const rate = `${rateHz / 1000} kHz`;
    return {
      id: `${format} ${word}`,
      word,
      name: `${format.toUpperCase()} ${rate}, ${text}`,
      purpose,
      settings: {
        what: 'master',
        range: 'song',
        format,
        bits,
        dither: word === mastering.word && word !== '32f' ? mastering.dither : usualDither[word],
        sampleRateHz: rateHz,
        fileName: `${name} master, ${rate}, ${text}`,
      },
    };
  });
}
