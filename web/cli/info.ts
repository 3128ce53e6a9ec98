import { compileScene } from '../src/bridge/compile';
import { readProjectFile } from '../src/interchange/readProjectFile';
import type { Insert, ProjectSnapshot, Track } from '../src/model/types';
import { failureOf } from './errors';
import { FileReader } from './files';
import { onePath, parse } from './options';

/** What a project file holds. */
export async function info(args: string[]): Promise<number> {
  const parsed = parse(args, { json: { type: 'boolean' } });
  const path = onePath(parsed, 'PROJECT');
  const reader = await FileReader.open(path).catch((error: unknown) => {
    throw failureOf(path, error);
  });
  try {
    const { snapshot, audio } = await readProjectFile(reader, path);
    const facts = {
      file: path,
      name: snapshot.name,
      sampleRate: snapshot.sampleRateHz,
      engineVersion: snapshot.engineVersion,
      seconds: compileScene(snapshot).endFrame / snapshot.sampleRateHz,
      tempo: snapshot.tempo,
      tempoChanges: snapshot.tempoChanges,
      tracks: snapshot.tracks.map((track) => ({
        name: track.name,
        kind: track.kind,
        role: track.role,
        output: nameOf(snapshot, track.outputId),
        sends: track.sends.map(({ id: _id, toId, ...send }) => ({ to: nameOf(snapshot, toId), ...send })),
        params: track.params,
        inserts: insertsOf(snapshot, track.inserts),
        automation: automationOf(track),
        clips: track.clips.length,
      })),
      master: {
        params: snapshot.master.params,
        inserts: insertsOf(snapshot, snapshot.master.inserts),
        automation: automationOf(snapshot.master),
      },
      markers: snapshot.markers.map(({ name, startFrame }) => ({ name, startFrame })),
      audio: audio.map(({ source, original }) => ({
        name: source.name,
        format: source.format,
        channels: source.channels,
        sampleRate: source.originalSampleRateHz,
        frames: source.originalFrames,
        bytes: original.size,
        sha256: source.id,
      })),
    };
    process.stdout.write(parsed.on('json') ? `${JSON.stringify(facts, null, 2)}\n` : asText(facts));
    return 0;
  } catch (error) {
    throw failureOf(path, error);
  } finally {
    await reader.close();
  }
}

const nameOf = ({ tracks }: ProjectSnapshot, trackId: string | null): string | null =>
  tracks.find(({ id }) => id === trackId)?.name ?? null;

function insertsOf(snapshot: ProjectSnapshot, inserts: readonly Insert[]) {
  return inserts.map(({ device, on, params, keyId, preset }) => ({
    device,
    on,
    preset,
    key: nameOf(snapshot, keyId),
    params,
  }));
}

function automationOf({ lanes, automationMode }: Pick<Track, 'lanes' | 'automationMode'>) {
  return {
    mode: automationMode,
    lanes: lanes.map(({ kind, param, points }) => ({ of: kind, param, points: points.length })),
  };
}

interface Facts {
  readonly name: string;
  readonly sampleRate: number;
  readonly engineVersion: string;
  readonly seconds: number;
  readonly tempo: { readonly bpm: number; readonly beatsPerBar: number; readonly beatUnit: number };
  readonly tracks: readonly {
    readonly name: string;
    readonly clips: number;
    readonly role: Track['role'];
    readonly output: string | null;
    readonly sends: readonly { readonly to: string | null }[];
    readonly inserts: readonly { readonly device: string }[];
  }[];
  readonly audio: readonly { readonly name: string; readonly format: string; readonly bytes: number }[];
}

function asText(facts: Facts): string {
  const { tempo } = facts;
  const head = `${facts.name}: ${facts.sampleRate} Hz, ${facts.seconds.toFixed(3)} s, ${tempo.bpm} bpm ${tempo.beatsPerBar}/${tempo.beatUnit}, engine ${facts.engineVersion}`;
  const tracks = facts.tracks.map(({ name, clips, role, output, sends, inserts }) => {
    const what = role === 'track' ? `${clips} ${clips === 1 ? 'clip' : 'clips'}` : role;
    const chain = inserts.length > 0 ? `; ${inserts.map(({ device }) => device).join(', ')}` : '';
    const ways = [...(output === null ? [] : [output]), ...sends.map(({ to }) => `send ${to}`)];
    return `  ${name} (${what}${chain})${ways.length > 0 ? ` -> ${ways.join(', ')}` : ''}`;
  });
  const audio = facts.audio.map(({ name, format, bytes }) => `  ${name} (${format}, ${bytes} bytes)`);
  return [head, 'Tracks', ...tracks, 'Audio', ...audio, ''].join('\n');
}
