import { framesPerBar, framesPerBeat } from '../../commands/snap';
import type { ProjectSnapshot } from '../../model/types';
import type { ValueSpec } from '../kit/valueSpec';
import { durationText, parseDuration, parsePlace, placeText } from './readout';

const longestSeconds = 24 * 3600;

/** A place in the song, stepped by beats and bars. */
export function placeSpec(project: ProjectSnapshot): ValueSpec {
  const max = longestSeconds * project.sampleRateHz;
  return {
    min: 0,
    max,
    defaultValue: 0,
    quantum: 1,
    step: framesPerBeat(project),
    bigStep: framesPerBar(project),
    pageStep: framesPerBar(project) * 4,
    toPosition: (frame) => frame / max,
    fromPosition: (position) => position * max,
    format: (frame) => placeText(frame, project),
    parse: (text) => parsePlace(text, project),
    typing: '17, 17.3, 1:30',
  };
}

/** A length of time in frames, shown in ms and s: fine where it is short. */
export function durationSpec(sampleRateHz: number, min: number, max: number): ValueSpec {
  const span = Math.max(1, max - min);
  const ms = sampleRateHz / 1000;
  return {
    min,
    max,
    defaultValue: min,
    quantum: 1,
    step: ms,
    bigStep: ms * 10,
    pageStep: ms * 100,
    toPosition: (frames) => Math.cbrt(Math.max(0, frames - min) / span),
    fromPosition: (position) => min + position ** 3 * span,
    format: (frames) => durationText(frames, sampleRateHz),
    parse: (text) => parseDuration(text, sampleRateHz),
    typing: '10, 10 ms, 1.5 s',
  };
}
