import { stripParams } from '../generated/devices';
import type { AudioSource, Mastering, ProjectSnapshot, Reference } from '../model/types';
import { masteringId } from '../model/types';
import type { SceneClip, SceneTrack } from './compile';
import { compileInserts, compileLanes, type SceneInsert, type SceneLane } from './compileChannel';

/** What the listener hears beside the mix. */
export interface Heard {
  /** The mastering chain is in the way. */
  readonly mastering: boolean;
  /** References are laid out beside the song. */
  readonly references: boolean;
  /** The one that plays along, to be listened to in place of the song. */
  readonly referenceId: string | null;
}

export interface SceneMastering {
  readonly on: boolean;
  readonly inserts: readonly SceneInsert[];
  readonly lanes: readonly SceneLane[];
  /** Tracks behind all others that go to no mix; all but the chosen one are muted. */
  readonly references: readonly SceneTrack[];
}

export const notMastered: SceneMastering = { on: false, inserts: [], lanes: [], references: [] };

const compiledChains = new WeakMap<Mastering, Pick<SceneMastering, 'inserts' | 'lanes'>>();

/** `endFrame` is the song's: a shorter reference is repeated up to it. */
export function compileMastering(
  { mastering, sources }: ProjectSnapshot,
  { mastering: on, references: laidOut, referenceId }: Heard,
  endFrame: number,
): SceneMastering {
  let chain = compiledChains.get(mastering);
  if (!chain) {
    const { inserts, lanes } = mastering;
    const automated = { automationMode: 'read' as const, inserts, lanes, sends: [] };
    chain = { inserts: compileInserts(inserts), lanes: compileLanes(masteringId, automated) };
    compiledChains.set(mastering, chain);
  }
  const references = (laidOut ? mastering.references : []).flatMap((reference) => {
    const source = sources[reference.sourceId];
    return source ? [compileReference(reference, source, reference.id === referenceId, endFrame)] : [];
  });
  return { on, ...chain, references };
}

interface Compiled {
  readonly source: AudioSource;
  readonly endFrame: number;
  readonly heard: SceneTrack;
  readonly muted: SceneTrack;
}

const compiledReferences = new WeakMap<Reference, Compiled>();

function compileReference(
  reference: Reference,
  source: AudioSource,
  heard: boolean,
  endFrame: number,
): SceneTrack {
  let compiled = compiledReferences.get(reference);
  if (compiled?.source !== source || compiled.endFrame !== endFrame) {
    const track = (muted: boolean): SceneTrack => ({
      id: referenceTrackId(reference.id),
      channels: source.channels,
      params: referenceParams(muted),
      inserts: [],
      lanes: [],
      clips,
      outputId: null,
      sends: [],
      keyIds: [null, null],
    });
    const clips = repeated(source, endFrame);
    compiled = { source, endFrame, heard: track(false), muted: track(true) };
    compiledReferences.set(reference, compiled);
  }
  return heard ? compiled.heard : compiled.muted;
}

/** No track of the document has such an id. */
export const referenceTrackId = (referenceId: string): string => `reference/${referenceId}`;

function referenceParams(muted: boolean): number[] {
  return stripParams.map(({ id, default: value }) => (id === 'mute' && muted ? 1 : value));
}

function repeated({ id: sourceId, frames }: AudioSource, endFrame: number): SceneClip[] {
  const times = Math.max(1, Math.ceil(endFrame / frames));
  return Array.from({ length: times }, (_, time) => ({
    sourceId,
    numbers: [time * frames, 0, frames, 0, 0, 0, 0, 0],
  }));
}
