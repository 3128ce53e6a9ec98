import { compileScene } from '../src/bridge/compile';
import { readProjectFile } from '../src/interchange/readProjectFile';
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
      tracks: snapshot.tracks.map(({ name, kind, params, clips }) => ({
        name,
        kind,
        params,
        clips: clips.length,
      })),
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

interface Facts {
  readonly name: string;
  readonly sampleRate: number;
  readonly engineVersion: string;
  readonly seconds: number;
  readonly tempo: { readonly bpm: number; readonly beatsPerBar: number; readonly beatUnit: number };
  readonly tracks: readonly { readonly name: string; readonly clips: number }[];
  readonly audio: readonly { readonly name: string; readonly format: string; readonly bytes: number }[];
}

function asText(facts: Facts): string {
  const { tempo } = facts;
  const head = `${facts.name}: ${facts.sampleRate} Hz, ${facts.seconds.toFixed(3)} s, ${tempo.bpm} bpm ${tempo.beatsPerBar}/${tempo.beatUnit}, engine ${facts.engineVersion}`;
  const tracks = facts.tracks.map(
    ({ name, clips }) => `  ${name} (${clips} ${clips === 1 ? 'clip' : 'clips'})`,
  );
  const audio = facts.audio.map(({ name, format, bytes }) => `  ${name} (${format}, ${bytes} bytes)`);
  return [head, 'Tracks', ...tracks, 'Audio', ...audio, ''].join('\n');
}
