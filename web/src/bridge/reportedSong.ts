import { engineVersion } from '../generated/engineLayout';
import type { ReportedSection, ReportOrigin } from '../mastering/report';
import type { ProjectSnapshot } from '../model/types';

/** What a report says of the song that an export was made of. */
export function originOf(project: ProjectSnapshot, frames: number): ReportOrigin {
  const { name, tracks, sampleRateHz } = project;
  return {
    date: new Date().toISOString(),
    engineVersion,
    source: {
      name,
      format: `Mix of ${tracks.length} ${tracks.length === 1 ? 'track' : 'tracks'}`,
      sampleRate: sampleRateHz,
      channels: 2,
      frames,
    },
  };
}

/** The sections of a song that begin in what is written of it. */
export function sectionsOf(
  { markers, sampleRateHz }: ProjectSnapshot,
  { startFrame, frames }: { readonly startFrame: number; readonly frames: number },
): ReportedSection[] {
  return markers
    .filter((marker) => marker.startFrame >= startFrame && marker.startFrame < startFrame + frames)
    .map((marker) => ({ name: marker.name, startSeconds: (marker.startFrame - startFrame) / sampleRateHz }));
}
