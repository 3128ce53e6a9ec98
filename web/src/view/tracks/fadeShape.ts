import type { Clip, FadeCurve } from '../../model/types';

/** Gain of a fade at a share of its length, 0 to 1: the picture of what the engine does. */
export function fadeGain(curve: FadeCurve, share: number): number {
  const x = Math.min(1, Math.max(0, share));
  switch (curve) {
    case 'linear':
      return x;
    case 'equalPower':
      return Math.sin((x * Math.PI) / 2);
    case 'sCurve':
      return x * x * (3 - 2 * x);
    case 'slow':
      return x * x;
    case 'fast':
      return 1 - (1 - x) * (1 - x);
  }
}

/** Linear gain of a clip at a frame counted from its start: its own gain and both fades. */
export function clipGainAt(clip: Clip, frame: number, gain: number): number {
  let amount = gain;
  if (clip.fadeInFrames > 0 && frame < clip.fadeInFrames)
    amount *= fadeGain(clip.fadeInCurve, frame / clip.fadeInFrames);
  const left = clip.lengthFrames - frame;
  if (clip.fadeOutFrames > 0 && left < clip.fadeOutFrames)
    amount *= fadeGain(clip.fadeOutCurve, left / clip.fadeOutFrames);
  return amount;
}
