import { engineVersion } from '../generated/engineLayout';
import type { ProjectSnapshot } from '../model/types';
import type { Bytes } from './encoding';
import type { Manifest, Right, SharedSource } from './manifest';
import { type Packed, sharedFile } from './upload';

/** What was rendered of a song, and its preview. */
export interface MixFacts {
  readonly what: Manifest['mix']['what'];
  readonly frames: number;
  readonly pcmSha256: string;
  readonly integratedLufs: number | null;
  readonly waveform: string;
  readonly mimeType: Manifest['preview']['mimeType'];
  readonly preview: Packed;
}

/** A source of the shared document, as it has travelled. */
export interface PackedSource {
  readonly id: string;
  readonly name: string;
  readonly packed: Packed;
}

export interface ManifestContent {
  readonly right: Right;
  readonly revision: number;
  readonly sharedAt: number;
  readonly project: ProjectSnapshot;
  readonly mix: MixFacts;
  /** Null as long as only the mix can be heard, and with the right to listen always. */
  readonly document: { readonly packed: Packed; readonly sources: readonly PackedSource[] } | null;
}

const longestName = 400;
const mostMarkers = 2000;

/** The manifest of a link: the keys in it are those of the files that its right needs, and of no others. */
export async function manifestOf(content: ManifestContent, projectSecret: Bytes): Promise<Manifest> {
  const { project, mix, right, document } = content;
  const lastFrame = mix.frames;
  return {
    format: 'mixwell-share',
    version: 1,
    right,
    revision: content.revision,
    title: project.name.slice(0, longestName),
    sharedAt: content.sharedAt,
    tempoBpm: project.tempo.bpm,
    mix: {
      what: mix.what,
      sampleRateHz: project.sampleRateHz,
      frames: mix.frames,
      pcmSha256: mix.pcmSha256,
      engineVersion: engineVersion.slice(0, 100),
      integratedLufs: mix.integratedLufs,
    },
    markers: project.markers
      .filter(({ startFrame }) => startFrame <= lastFrame)
      .slice(0, mostMarkers)
      .map(({ startFrame, name }) => ({ frame: startFrame, name: name.slice(0, longestName) })),
    waveform: mix.waveform,
    preview: { mimeType: mix.mimeType, file: await sharedFile(mix.preview.file, projectSecret) },
    project:
      document === null || right === 'listen'
        ? null
        : {
            file: await sharedFile(document.packed.file, projectSecret),
            sources: await Promise.all(document.sources.map((source) => sharedSource(source, projectSecret))),
          },
  };
}

async function sharedSource({ id, name, packed }: PackedSource, secret: Bytes): Promise<SharedSource> {
  return {
    id,
    name: name.slice(0, longestName),
    ext: packed.ext,
    file: await sharedFile(packed.file, secret),
  };
}
