import { z } from 'zod';
import { type MakeId, newId } from '../model/ids';
import { parseClip, parseSource } from '../model/schema';
import { freshTrack } from '../model/strip';
import type { AudioSource, Clip, Id, Patch, ProjectSnapshot, TrackColour, TrackKind } from '../model/types';
import { trackColours, trackKinds } from '../model/types';
import { withCrossfades } from './crossfades';
import { findClips } from './find';

interface CopiedClip {
  /** Its startFrame counts from the first of the copied clips. */
  readonly clip: Clip;
  /** Counts from the uppermost track. */
  readonly trackOffset: number;
}

interface CopiedTrack {
  readonly name: string;
  readonly colour: TrackColour;
  readonly kind: TrackKind;
}

/** Clips on their way; plain data, so that they can travel as text between projects. */
export interface ClipboardClips {
  readonly sampleRateHz: number;
  readonly clips: readonly CopiedClip[];
  /** Those the clips came from, from the uppermost to the lowest. */
  readonly tracks: readonly CopiedTrack[];
  readonly sources: readonly AudioSource[];
}

/** Null where no clip of these is there. */
export function copyClips(
  project: ProjectSnapshot,
  { clipIds }: { readonly clipIds: readonly Id[] },
): ClipboardClips | null {
  const placed = findClips(project, clipIds);
  if (placed.length === 0) return null;
  const start = Math.min(...placed.map(({ clip }) => clip.startFrame));
  const top = Math.min(...placed.map(({ trackIndex }) => trackIndex));
  const bottom = Math.max(...placed.map(({ trackIndex }) => trackIndex));
  const sourceIds = new Set(placed.map(({ clip }) => clip.sourceId));
  return {
    sampleRateHz: project.sampleRateHz,
    clips: placed.map(({ clip, trackIndex }) => ({
      clip: { ...clip, startFrame: clip.startFrame - start },
      trackOffset: trackIndex - top,
    })),
    tracks: project.tracks.slice(top, bottom + 1).map(({ name, colour, kind }) => ({ name, colour, kind })),
    sources: Object.values(project.sources).filter(({ id }) => sourceIds.has(id)),
  };
}

/** A sentence where these clips can't be pasted here, null where they can. */
export function whyNotPaste(project: ProjectSnapshot, copied: ClipboardClips): string | null {
  if (copied.sampleRateHz === project.sampleRateHz) return null;
  const kHz = (rate: number): string => `${rate / 1000} kHz`;
  return `These clips are at ${kHz(copied.sampleRateHz)} and this project is at ${kHz(project.sampleRateHz)}: import their audio files instead.`;
}

/**
 * From `frame` on and from the track downwards; without a track, from the first. Tracks that are missing below are added.
 * Nothing where whyNotPaste has a reason.
 */
export function pasteClips(
  project: ProjectSnapshot,
  {
    copied,
    frame,
    trackId,
  }: { readonly copied: ClipboardClips; readonly frame: number; readonly trackId?: Id },
  makeId: MakeId = newId,
): Patch[] {
  if (whyNotPaste(project, copied) !== null) return [];
  const first = Math.max(
    0,
    project.tracks.findIndex(({ id }) => id === trackId),
  );
  const patches: Patch[] = copied.sources.map((source) => ({ op: 'source.add', source }));
  const trackIds = project.tracks.slice(first).map(({ id }) => id);
  for (const { name, colour, kind } of copied.tracks.slice(trackIds.length)) {
    const id = makeId();
    const track = freshTrack({ id, name, colour, kind });
    patches.push({ op: 'track.add', track, index: first + trackIds.length });
    trackIds.push(id);
  }
  for (const { clip, trackOffset } of copied.clips) {
    const target = trackIds[trackOffset];
    if (target === undefined) continue;
    const placed = { ...clip, id: makeId(), startFrame: Math.max(0, frame) + clip.startFrame };
    patches.push({ op: 'clip.add', trackId: target, clip: placed });
  }
  return withCrossfades(project, patches, makeId);
}

const textStart = 'mixwell-clips:';

export function clipboardText(copied: ClipboardClips): string {
  return textStart + JSON.stringify(copied);
}

const copiedSchema = z.object({
  sampleRateHz: z.number(),
  clips: z
    .array(z.object({ clip: z.record(z.string(), z.unknown()), trackOffset: z.number().int().min(0) }))
    .min(1)
    .max(10_000),
  tracks: z
    .array(z.object({ name: z.string(), colour: z.enum(trackColours), kind: z.enum(trackKinds) }))
    .max(1_000),
  sources: z.array(z.record(z.string(), z.unknown())).max(10_000),
});

/** Null for any text that is not clips of ours: a clipboard holds anything. */
export function parseClipboardText(text: string): ClipboardClips | null {
  if (!text.startsWith(textStart)) return null;
  let data: unknown;
  try {
    data = JSON.parse(text.slice(textStart.length));
  } catch {
    return null;
  }
  const parsed = copiedSchema.safeParse(data);
  if (!parsed.success) return null;
  const { sampleRateHz, tracks } = parsed.data;
  const sources = parsed.data.sources.flatMap((raw) => parseSource(String(raw.id), raw) ?? []);
  const known = new Set(sources.map(({ id }) => id));
  const clips = parsed.data.clips.flatMap(({ clip: raw, trackOffset }) => {
    const clip = parseClip(String(raw.id), { ...raw, trackId: 'none' })?.clip;
    return clip && known.has(clip.sourceId) ? [{ clip, trackOffset }] : [];
  });
  return clips.length > 0 ? { sampleRateHz, tracks, sources, clips } : null;
}
