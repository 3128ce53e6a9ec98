import { stripParams } from '../../web/src/generated/devices';
import { Project } from '../../web/src/model/project';
import { freshTrack } from '../../web/src/model/strip';
import {
  type AudioSource,
  type Clip,
  fadeCurves,
  type Patch,
  type StripParams,
  sampleRatesHz,
  type Track,
} from '../../web/src/model/types';
import { randomConsole } from './randomConsole';
import { noise, numbers, sine, wavFile } from './synth';

export interface RandomProject {
  readonly project: Project;
  /** WAV files by source id. */
  readonly files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
  readonly endFrame: number;
}

export type Dice = (sides: number) => number;

export function dice(seed: number): Dice {
  const next = numbers(seed);
  return (sides) => next() % sides;
}

const sourceId = (n: number) => n.toString(16).padStart(64, '0');

/** A song of a few seconds with everything an engine can be told: clips with fades, pans of all laws, mutes, solos. */
export function randomProject(seed: number, trackCount = 1 + (seed % 9)): RandomProject {
  const roll = dice(seed);
  const sampleRateHz = sampleRatesHz[roll(sampleRatesHz.length)] ?? 48000;
  const project = Project.create({ name: `Random ${seed}`, engineVersion: '1', sampleRateHz });
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  const sources: AudioSource[] = [];
  for (let n = 1; n <= 2 + roll(3); n++) {
    const { file, source } = randomSource(roll, seed * 10 + n, sampleRateHz);
    files.set(source.id, file);
    sources.push(source);
  }
  const tracks = Array.from({ length: trackCount }, (_, n) => randomTrack(roll, `t${n}`, sources));
  const patches: Patch[] = [
    ...sources.map((source): Patch => ({ op: 'source.add', source })),
    ...tracks.map((track, index): Patch => ({ op: 'track.add', track, index })),
    { op: 'master.param', param: 'volumeDb', value: roll(3) === 0 ? 0 : roll(18) - 12 },
  ];
  project.commit('Fill', [...patches, ...randomConsole(roll, tracks, Math.max(1, ...endsOf(tracks)))]);
  return { project, files, endFrame: Math.max(1, ...endsOf(tracks)) };
}

const endsOf = (tracks: readonly Track[]): number[] =>
  tracks.flatMap(({ clips }) => clips.map((clip) => clip.startFrame + clip.lengthFrames));

function randomSource(roll: Dice, seed: number, sampleRateHz: number) {
  const frames = 5_000 + roll(40_000);
  const channels = (1 + roll(2)) as 1 | 2;
  const sound = Array.from({ length: channels }, (_, channel) =>
    roll(2) === 0 ? noise(seed + channel, frames) : sine(80 + roll(4000), sampleRateHz, frames),
  );
  const bits = ([16, 24, '32f'] as const)[roll(3)] ?? 24;
  const file = wavFile(sound, sampleRateHz, bits);
  const source: AudioSource = {
    id: sourceId(seed),
    name: `Source ${seed}.wav`,
    ext: 'wav',
    channels,
    frames,
    originalSampleRateHz: sampleRateHz,
    originalFrames: frames,
    format: 'WAV',
    bytes: file.length,
    truncated: false,
  };
  return { file, source };
}

function randomTrack(roll: Dice, id: string, sources: readonly AudioSource[]): Track {
  let at = roll(3000);
  const clips = Array.from({ length: 1 + roll(4) }, (_, n) => {
    const clip = randomClip(roll, `${id}c${n}`, sources[roll(sources.length)] as AudioSource, at);
    at = clip.startFrame + clip.lengthFrames - (roll(3) === 0 ? roll(800) : -roll(4000));
    return clip;
  });
  return freshTrack({ id, name: id, colour: 'jade', kind: 'other', params: randomParams(roll), clips });
}

function randomClip(roll: Dice, id: string, source: AudioSource, start: number): Clip {
  const offsetFrames = roll(Math.floor(source.frames / 2));
  const lengthFrames = 100 + roll(source.frames - offsetFrames - 100);
  const curve = () => fadeCurves[roll(fadeCurves.length)] ?? 'linear';
  return {
    id,
    sourceId: source.id,
    name: id,
    startFrame: Math.max(0, start),
    offsetFrames,
    lengthFrames,
    gainDb: roll(2) === 0 ? 0 : roll(24) - 18,
    fadeInFrames: roll(Math.floor(lengthFrames / 2)),
    fadeOutFrames: roll(Math.floor(lengthFrames / 2)),
    fadeInCurve: curve(),
    fadeOutCurve: curve(),
  };
}

/** Any value of each parameter's range; few mutes and solos, so that something is heard. */
export function randomParams(roll: Dice): StripParams {
  const values = stripParams.map(({ id, kind, min, max, default: fallback, choices }) => {
    if (id === 'mute' || id === 'solo') return [id, roll(8) === 0 ? 1 : 0];
    if (id.includes('.') && roll(3) > 0) return [id, fallback];
    if (id === 'gate.thresholdDb') return [id, -60];
    if (kind === 'switch') return [id, roll(2)];
    if (kind === 'choice') return [id, roll(choices.length)];
    if (roll(3) === 0) return [id, fallback];
    if (id === 'volumeDb') return [id, roll(24) - 18];
    return [id, min + ((max - min) * roll(1001)) / 1000];
  });
  return Object.fromEntries(values) as StripParams;
}
