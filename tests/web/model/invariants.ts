import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';
import { masterRanges, type ParamRange, stripRanges } from '../../../web/src/model/params';
import type { Clip, ProjectSnapshot, Track } from '../../../web/src/model/types';

/** toStrictEqual at the speed that ten thousand comparisons of songs need. */
export function expectSame(actual: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(actual, expected)) expect(actual).toStrictEqual(expected);
}

/** What holds for every snapshot, whatever was written. */
export function expectSound(snapshot: ProjectSnapshot): void {
  expect(faultsOf(snapshot)).toEqual([]);
}

function faultsOf(snapshot: ProjectSnapshot): string[] {
  const { tracks, loop, tempo } = snapshot;
  const clips = tracks.flatMap((track) => track.clips);
  const faults = [
    ...tracks.flatMap(faultsOfTrack),
    ...clips.flatMap((clip) => faultsOfClip(clip, snapshot.sources[clip.sourceId]?.frames ?? 0)),
    ...faultsOfParams('master', snapshot.master.params, masterRanges),
  ];
  if (new Set(tracks.map(({ id }) => id)).size < tracks.length) faults.push('two tracks with one id');
  if (new Set(clips.map(({ id }) => id)).size < clips.length) faults.push('two clips with one id');
  if (loop.endFrame < loop.startFrame || (loop.on && loop.endFrame === loop.startFrame)) faults.push('loop');
  if (!(tempo.bpm >= 20 && tempo.bpm <= 400)) faults.push(`${tempo.bpm} bpm`);
  // JSON has no word for NaN and infinities but null.
  if (JSON.stringify(snapshot).includes(':null')) faults.push('a number that is none');
  return faults;
}

function faultsOfTrack({ id, params, clips }: Track): string[] {
  const faults = faultsOfParams(id, params, stripRanges);
  const sorted = clips.every(
    (clip, place) => place === 0 || (clips[place - 1]?.startFrame ?? 0) <= clip.startFrame,
  );
  return sorted ? faults : [...faults, `clips of ${id} are not in order`];
}

function faultsOfParams(
  of: string,
  params: Readonly<Record<string, number>>,
  ranges: ReadonlyMap<string, ParamRange>,
): string[] {
  return [...ranges]
    .filter(([id, { min, max }]) => !((params[id] as number) >= min && (params[id] as number) <= max))
    .map(([id]) => `${id} of ${of} is ${params[id]}`);
}

function faultsOfClip(clip: Clip, sourceFrames: number): string[] {
  const { id, startFrame, offsetFrames, lengthFrames, fadeInFrames, fadeOutFrames } = clip;
  const frames = [startFrame, offsetFrames, lengthFrames, fadeInFrames, fadeOutFrames];
  const faults: string[] = [];
  if (!frames.every((frame) => Number.isSafeInteger(frame) && frame >= 0))
    faults.push(`${id} has broken frames`);
  if (lengthFrames < 1) faults.push(`${id} is empty`);
  if (fadeInFrames + fadeOutFrames > lengthFrames) faults.push(`the fades of ${id} overlap`);
  if (offsetFrames + lengthFrames > sourceFrames) faults.push(`${id} leaves its source`);
  return faults;
}
