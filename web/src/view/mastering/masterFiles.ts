import type { ExportBits, ExportDither, ExportSettings } from '../../bridge/exportTypes';
import type { MasterWord, ProjectSnapshot } from '../../model/types';

/** A file that a master can be written to. */
export interface MasterFile {
  readonly id: MasterWord;
  /** "WAV 48 kHz, 24 bit" */
  readonly name: string;
  /** What it is for. */
  readonly purpose: string;
  readonly settings: ExportSettings;
}

const discRateHz = 44_100;

const files: readonly { id: MasterWord; bits: ExportBits; word: string; purpose: string; disc?: boolean }[] =
  [
    { id: '24', bits: 24, word: '24 bit', purpose: 'For services and for the archive' },
    { id: '16', bits: 16, word: '16 bit', purpose: 'For a disc', disc: true },
    { id: '32f', bits: '32f', word: '32 float', purpose: 'To work on' },
  ];

/** What a word takes unless it is the one that a dither was chosen for. */
const usualDither: Readonly<Record<MasterWord, ExportDither>> = { '16': 'tpdf', '24': 'none', '32f': 'none' };

/** The files of a master; the dither that was chosen is that of the word that was chosen. */
export function masterFiles({
  name,
  sampleRateHz,
  mastering: { word, dither },
}: Pick<ProjectSnapshot, 'name' | 'sampleRateHz' | 'mastering'>): MasterFile[] {
  return files.map(({ id, bits, word: text, purpose, disc }) => {
    const rateHz = disc ? discRateHz : sampleRateHz;
    const rate = `${rateHz / 1000} kHz`;
    return {
      id,
      name: `WAV ${rate}, ${text}`,
      purpose,
      settings: {
        what: 'master',
        range: 'song',
        bits,
        dither: id === word && id !== '32f' ? dither : usualDither[id],
        sampleRateHz: rateHz,
        fileName: `${name} master, ${rate}, ${text}`,
      },
    };
  });
}
