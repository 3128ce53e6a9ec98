import type { ExportBits, ExportDither, ExportedFile, ExportSettings } from '../../bridge/exportTypes';
import type { ProjectSnapshot } from '../../model/types';
import { barPosition, lengthText } from '../bar/positionText';
import { fixed, typographic } from '../kit/valueText';

/** "44.1 kHz" */
export const rateText = (hz: number): string => `${hz / 1000} kHz`;

export const bitsText = (bits: ExportBits): string => (bits === '32f' ? '32 bit float' : `${bits} bit`);

export const ditherText: Readonly<Record<ExportDither, string>> = {
  none: 'No dither',
  tpdf: 'Dither: TPDF',
  shaped: 'Dither: shaped',
};

/** "WAV, 48 kHz, 24 bit" */
export const formatText = ({
  format,
  sampleRateHz,
  bits,
}: Pick<ExportSettings, 'format' | 'sampleRateHz' | 'bits'>): string =>
  `${format.toUpperCase()}, ${rateText(sampleRateHz)}, ${bitsText(bits)}`;

/** "Loop, bars 13–21" */
export function loopText(project: ProjectSnapshot): string {
  const { loop } = project;
  const bar = (frame: number) => barPosition(frame, project).bar;
  return `Loop, bars ${bar(loop.startFrame)}–${bar(loop.endFrame)}`;
}

export const hasLoop = ({ loop }: ProjectSnapshot): boolean => loop.endFrame > loop.startFrame;

/** "−2.9 dBFS"; silence is said in words. */
export const dbfsText = (db: number | null): string =>
  db === null ? 'silence' : `${db > 0.0499 ? '+' : ''}${typographic(fixed(db, 1))} dBFS`;

/** "4 s left", "2 min left", "1:05 h left" */
export function leftText(secondsLeft: number | null): string {
  if (secondsLeft === null) return '';
  if (secondsLeft < 59.5) return `${Math.max(1, Math.ceil(secondsLeft))} s left`;
  if (secondsLeft < 3600) return `${Math.ceil(secondsLeft / 60)} min left`;
  return `${lengthText(secondsLeft).slice(0, -3)} h left`;
}

export interface Verdict {
  readonly good: boolean;
  readonly text: string;
  /** Where the master's fader would put it right. */
  readonly lowerByDb?: number;
}

/** What the levels of an export mean, in a sentence. */
export function verdictOf(files: readonly ExportedFile[], bits: ExportBits): Verdict {
  const peaks = files.map((file) => file.peakDbfs).filter((peak) => peak !== null);
  const clipped = files.reduce((sum, file) => sum + file.clippedSamples, 0);
  if (peaks.length === 0) return { good: false, text: 'There is only silence in it.' };
  const peak = Math.max(...peaks);
  if (clipped > 0 && bits !== '32f') {
    const count = clipped === 1 ? 'One sample is' : `${clipped.toLocaleString('en')} samples are`;
    return {
      good: false,
      text: `${count} over full scale and cut off.`,
      lowerByDb: Math.ceil(Math.max(0, peak) * 10 + 1) / 10,
    };
  }
  if (peak > 0) {
    return {
      good: false,
      text: `It goes ${fixed(peak, 1)} dB over full scale. The float file keeps that; whoever plays it may not.`,
    };
  }
  if (peak > -1) return { good: true, text: `${fixed(-peak, 1)} dB of headroom: nothing is cut off.` };
  return { good: true, text: `${fixed(-peak, 1)} dB of headroom.` };
}
