import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';
import { laneKey, laneRange } from '../../../web/src/model/automation';
import type { Channel } from '../../../web/src/model/channelPatches';
import { deviceRanges, masterRanges, type ParamRange, stripRanges } from '../../../web/src/model/params';
import { findLoop } from '../../../web/src/model/routing';
import type { Clip, Id, ProjectSnapshot, Track } from '../../../web/src/model/types';
import { masterId, masteringId } from '../../../web/src/model/types';

/** toStrictEqual at the speed that ten thousand comparisons of songs need. */
export function expectSame(actual: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(actual, expected)) expect(actual).toStrictEqual(expected);
}

/** What holds for every snapshot, whatever was written. */
export function expectSound(snapshot: ProjectSnapshot): void {
  expect(faultsOf(snapshot)).toEqual([]);
}

function faultsOf(snapshot: ProjectSnapshot): string[] {
  const { tracks, loop, tempo, tempoChanges } = snapshot;
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
  if (tempoChanges.some(({ frame }, place) => frame <= (tempoChanges[place - 1]?.frame ?? 0)))
    faults.push('changes of tempo are not in order');
  if (findLoop(tracks)) faults.push(`a loop: ${findLoop(tracks)?.join(' ')}`);
  faults.push(...faultsOfChannel(masterId, { ...snapshot.master, sends: [] }, snapshot));
  const { mastering, sources } = snapshot;
  faults.push(...faultsOfChannel(masteringId, { ...mastering, sends: [] }, snapshot));
  if (mastering.inserts.some(({ keyId }) => keyId !== null)) faults.push('a key in the mastering chain');
  if (mastering.lanes.some(({ kind }) => kind !== 'insert')) faults.push('a lane of the mastering itself');
  if (!(mastering.amount >= 0 && mastering.amount <= 100)) faults.push(`amount ${mastering.amount}`);
  if (!(Number.isInteger(mastering.headFrames) && mastering.headFrames >= 0))
    faults.push(`head ${mastering.headFrames}`);
  if (!Number.isInteger(mastering.tailFrames)) faults.push(`tail ${mastering.tailFrames}`);
  if (mastering.references.some(({ sourceId }) => !sources[sourceId]))
    faults.push('a reference without source');
  for (const track of tracks) faults.push(...faultsOfChannel(track.id, track, snapshot));
  JSON.stringify(snapshot, (key, value: unknown) => {
    if (typeof value === 'number' && !Number.isFinite(value)) faults.push(`${key} is ${value}`);
    return value;
  });
  return faults;
}

type Wires = Pick<Track, 'outputId' | 'gateKeyId' | 'compressorKeyId'>;

function faultsOfChannel(
  ownerId: Id,
  channel: Channel & Partial<Wires>,
  snapshot: ProjectSnapshot,
): string[] {
  const { sends, inserts, lanes, outputId = null, gateKeyId = null, compressorKeyId = null } = channel;
  const faults: string[] = [];
  const tracks = new Set(snapshot.tracks.map(({ id }) => id));
  const gone = (id: Id | null): boolean => id !== null && !tracks.has(id);
  const ways = [
    outputId,
    gateKeyId,
    compressorKeyId,
    ...sends.map(({ toId }) => toId),
    ...inserts.map(({ keyId }) => keyId),
  ];
  if (ways.some(gone)) faults.push(`${ownerId} goes to a track that is gone`);
  for (const { id, device, params } of inserts)
    faults.push(...faultsOfParams(id, params, deviceRanges(device)));
  if (new Set(lanes.map(laneKey)).size < lanes.length)
    faults.push(`${ownerId} has two lanes of one parameter`);
  for (const lane of lanes) {
    const range = laneRange(ownerId, channel, lane);
    if (!range) faults.push(`${lane.id} moves nothing`);
    lane.points.forEach(({ frame, value, bend }, place) => {
      const previous = lane.points[place - 1]?.frame ?? -1;
      if (!(frame > previous && Number.isSafeInteger(frame))) faults.push(`points of ${lane.id} at ${frame}`);
      if (!(range && value >= range.min && value <= range.max)) faults.push(`${lane.id} holds ${value}`);
      if (!(bend >= -1 && bend <= 1)) faults.push(`${lane.id} bends by ${bend}`);
    });
  }
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
