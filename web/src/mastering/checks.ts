import { plain, signed } from './decibels';
import { endsDbtp, isCutOff, mostHeadSeconds, mostTailSeconds } from './ends';
import type { Measures } from './measures';
import { at } from './proposal';
import type { MasteringTarget } from './targets';

/** One thing that a finished file is held to. */
export interface Check {
  readonly id: string;
  readonly name: string;
  readonly allowed: string;
  readonly found: string;
  readonly passed: boolean;
  /** Says what is wrong and where; of a passed one that all is well. */
  readonly sentence: string;
}

/** A hundredth is the last digit that anyone shows. */
const roundingDb = 0.005;
const mostMonoLossDb = 3;
const mostDcDbfs = -60;

/** What a service, a broadcaster or a pressing plant would look at. */
export function checksOf(measures: Measures, target: MasteringTarget): Check[] {
  return [
    ...loudness(measures, target),
    truePeak(measures, target),
    clipping(measures),
    ...(measures.channels > 1 ? [mono(measures)] : []),
    dc(measures),
    start(measures),
    end(measures),
  ];
}

/**
 * What one looks at before a mix is mastered: nothing of it is lost yet, and there is room left. `cutOff` samples were beyond full
 * scale. A part of a song may begin and end as it likes.
 */
export function mixChecks(measures: Measures, cutOff: number, whole: boolean): Check[] {
  return [
    headroom(measures),
    cutOff > 0 ? cutOffCheck(cutOff) : clipping(measures),
    ...(measures.channels > 1 ? [mono(measures)] : []),
    dc(measures),
    ...(whole ? [start(measures), end(measures)] : []),
  ];
}

/** A stem begins when it likes and may be as wide as it is; but it has sound, and all of it. */
export function stemChecks(measures: Measures, cutOff: number): Check[] {
  return [
    sound(measures),
    headroom(measures),
    cutOff > 0 ? cutOffCheck(cutOff) : clipping(measures),
    dc(measures),
  ];
}

function sound({ samplePeakDbfs }: Measures): Check {
  const passed = samplePeakDbfs !== null;
  return {
    id: 'sound',
    name: 'Sound',
    allowed: 'any',
    found: passed ? 'some' : 'silence',
    passed,
    sentence: passed ? 'It has sound.' : 'It is silent.',
  };
}

function headroom({ truePeakDbtp, truePeakSeconds }: Measures): Check {
  const passed = truePeakDbtp === null || truePeakDbtp <= roundingDb;
  return {
    id: 'headroom',
    name: 'True peak',
    allowed: '≤ 0.0 dBTP',
    found: truePeakDbtp === null ? 'silence' : `${plain(truePeakDbtp, 2)} dBTP`,
    passed,
    sentence: passed
      ? 'There is room left.'
      : `A peak passes full scale by ${plain(truePeakDbtp, 2)} dB, at ${at(truePeakSeconds ?? 0)}.`,
  };
}

function cutOffCheck(samples: number): Check {
  const count = samples === 1 ? 'One sample' : `${samples} samples`;
  return {
    id: 'clipping',
    name: 'Clipped samples',
    allowed: '0',
    found: String(samples),
    passed: false,
    sentence: `${count} beyond full scale ${samples === 1 ? 'was' : 'were'} cut off.`,
  };
}

function loudness({ integratedLufs }: Measures, target: MasteringTarget): Check[] {
  const { loudnessLufs, toleranceLu, name } = target;
  if (loudnessLufs === null) return [];
  const missLu = integratedLufs === null ? null : integratedLufs - loudnessLufs;
  const passed = missLu !== null && Math.abs(missLu) <= toleranceLu + roundingDb;
  return [
    {
      id: 'loudness',
      name: 'Loudness',
      allowed: `${plain(loudnessLufs)} ± ${toleranceLu} LUFS`,
      found: integratedLufs === null ? 'silence' : `${plain(integratedLufs)} LUFS`,
      passed,
      sentence: passed
        ? `Its loudness is what ${name} asks for.`
        : missLu === null
          ? 'It has no loudness: it is silent or too short.'
          : `It is ${plain(Math.abs(missLu))} LU too ${missLu > 0 ? 'loud' : 'soft'} for ${name}.`,
    },
  ];
}

function truePeak(measures: Measures, { ceilingDbtp }: MasteringTarget): Check {
  const found = measures.truePeakDbtp;
  const passed = found === null || found <= ceilingDbtp + roundingDb;
  return {
    id: 'true-peak',
    name: 'True peak',
    allowed: `≤ ${plain(ceilingDbtp)} dBTP`,
    found: found === null ? 'silence' : `${plain(found, 2)} dBTP`,
    passed,
    sentence: passed
      ? 'No peak passes the ceiling.'
      : `A peak passes the ceiling by ${plain(found - ceilingDbtp, 2)} dB, at ${at(measures.truePeakSeconds ?? 0)}.`,
  };
}

function clipping({ clippedRuns, clippedSeconds }: Measures): Check {
  const passed = clippedRuns === 0;
  return {
    id: 'clipping',
    name: 'Clipped places',
    allowed: '0',
    found: String(clippedRuns),
    passed,
    sentence: passed ? 'Nothing is clipped.' : `It is clipped, first at ${at(clippedSeconds[0])}.`,
  };
}

function mono({ monoLossDb }: Measures): Check {
  const passed = monoLossDb !== null && monoLossDb <= mostMonoLossDb + 0.05;
  return {
    id: 'mono',
    name: 'Loss in mono',
    allowed: `≤ ${mostMonoLossDb} dB`,
    found: monoLossDb === null ? 'all' : `${plain(monoLossDb)} dB`,
    passed,
    sentence: passed
      ? 'It keeps its level in mono.'
      : monoLossDb === null
        ? 'Nothing is left of it in mono: the sides are opposite.'
        : `It loses ${plain(monoLossDb)} dB in mono: the sides work against each other.`,
  };
}

function dc({ dcDbfs }: Measures): Check {
  const passed = dcDbfs === null || dcDbfs <= mostDcDbfs;
  return {
    id: 'dc',
    name: 'Offset (DC)',
    allowed: `≤ ${plain(mostDcDbfs, 0)} dBFS`,
    found: dcDbfs === null ? 'none' : `${signed(dcDbfs, 0)} dBFS`,
    passed,
    sentence: passed ? 'It has no offset.' : `It sits off its middle at ${plain(dcDbfs)} dBFS.`,
  };
}

function start({ silentHeadSeconds }: Measures): Check {
  const passed = silentHeadSeconds <= mostHeadSeconds;
  return {
    id: 'start',
    name: 'Start',
    allowed: `≤ ${mostHeadSeconds} s silent`,
    found: `${plain(silentHeadSeconds, 2)} s silent`,
    passed,
    sentence: passed ? 'It starts at once.' : `It starts after ${plain(silentHeadSeconds, 2)} s of silence.`,
  };
}

function end(measures: Measures): Check {
  const { endPeakDbtp, soundEndDbtp, silentTailSeconds } = measures;
  const rings = endPeakDbtp === null || endPeakDbtp <= endsDbtp;
  const cut = isCutOff(measures);
  const long = silentTailSeconds > mostTailSeconds;
  const silence = `${plain(silentTailSeconds)} s`;
  const found = () => {
    if (long) return `${silence} silent`;
    if (cut) return `cut at ${plain(soundEndDbtp ?? 0, 0)} dBTP`;
    return endPeakDbtp === null ? 'silent' : `${plain(endPeakDbtp, 0)} dBTP at the end`;
  };
  const sentence = () => {
    if (cut)
      return `The sound is cut off at ${plain(soundEndDbtp ?? 0)} dBTP, and ${long ? `${silence} of silence follow` : 'silence follows'}.`;
    if (long) return `It ends with ${silence} of silence.`;
    return rings ? 'It rings out.' : `It ends while it still sounds, at ${plain(endPeakDbtp)} dBTP.`;
  };
  return {
    id: 'end',
    name: 'End',
    allowed: long ? `≤ ${mostTailSeconds} s silent` : 'rings out',
    found: found(),
    passed: rings && !long && !cut,
    sentence: sentence(),
  };
}
