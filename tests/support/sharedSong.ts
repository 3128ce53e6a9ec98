import { addTracksFromSources } from '../../web/src/commands/tracks';
import { engineVersion } from '../../web/src/generated/engineLayout';
import { projectJsonText } from '../../web/src/interchange/projectFileFormat';
import { Project } from '../../web/src/model/project';
import type { AudioSource, TrackColour } from '../../web/src/model/types';
import { utf8 } from '../../web/src/share/encoding';
import { hashOf, noHash, type ShareContent } from './sealedShare';
import { sine, wavFile } from './synth';

const rateHz = 48_000;
const colours: readonly TrackColour[] = ['coral', 'ochre', 'jade', 'violet', 'mauve', 'slate'];

/** A song of sines as a share carries it, one track each; what travels is the WAV file itself. */
export function sharedSong(
  stems: readonly { readonly name: string; readonly hz: number }[],
  seconds: number,
) {
  const files = stems.map(({ name, hz }) => {
    const bytes = wavFile([sine(hz, rateHz, seconds * rateHz, 0.2)], rateHz, 16);
    return { id: hashOf(bytes), name: `${name}.wav`, ext: 'wav', bytes };
  });
  const sources: AudioSource[] = files.map(({ id, name, ext, bytes }) => ({
    id,
    name,
    ext,
    channels: 1,
    frames: seconds * rateHz,
    originalSampleRateHz: rateHz,
    originalFrames: seconds * rateHz,
    format: 'WAV, 16 bit',
    bytes: bytes.length,
    truncated: false,
  }));
  const project = Project.create({ name: 'Glass Harbour', sampleRateHz: rateHz, engineVersion });
  project.commit('Add audio', addTracksFromSources(project.snapshot(), { sources }));
  project.commit(
    'Colours',
    project.snapshot().tracks.map(({ id }, index) => ({
      op: 'track.set' as const,
      trackId: id,
      fields: { colour: colours[index % colours.length] as TrackColour },
    })),
  );
  const mix: ShareContent['mix'] = {
    what: 'mix',
    sampleRateHz: rateHz,
    frames: seconds * rateHz,
    pcmSha256: noHash,
    engineVersion,
    integratedLufs: -14,
  };
  return { project, mix, json: utf8(projectJsonText(project.records(), engineVersion)), sources: files };
}
