import type { Track, TrackKind } from '../../model/types';
import type { IconName } from '../kit/Icon';

export interface Family {
  readonly id: 'drums' | 'music' | 'vocals' | 'effects' | 'other' | 'groups' | 'returns';
  readonly name: string;
  readonly icon: IconName;
  readonly tracks: readonly Track[];
}

const families: readonly (Omit<Family, 'tracks'> & { kinds: readonly TrackKind[] })[] = [
  { id: 'drums', name: 'Drums', icon: 'drum', kinds: ['drums', 'percussion'] },
  { id: 'music', name: 'Music', icon: 'piano', kinds: ['bass', 'keys', 'guitar', 'synth'] },
  { id: 'vocals', name: 'Vocals', icon: 'mic', kinds: ['voice', 'backing'] },
  { id: 'effects', name: 'Effects', icon: 'waves-horizontal', kinds: ['effects'] },
  { id: 'other', name: 'Other', icon: 'audio-waveform', kinds: ['other'] },
];

const buses: readonly (Omit<Family, 'tracks'> & { role: Track['role'] })[] = [
  { id: 'groups', name: 'Groups', icon: 'layers', role: 'group' },
  { id: 'returns', name: 'Returns', icon: 'log-in', role: 'return' },
];

/**
 * The console's families, each in the order of the tracks, groups and returns at the right. Where no track says what it
 * is, there is one: "Tracks".
 */
export function familiesOf(tracks: readonly Track[]): readonly Family[] {
  const plain = tracks.filter(({ role }) => role === 'track');
  const found = families
    .map(({ kinds, ...family }) => ({
      ...family,
      tracks: plain.filter((track) => kinds.includes(track.kind)),
    }))
    .filter((family) => family.tracks.length > 0);
  const only = found[0];
  const named = found.length === 1 && only?.id === 'other' ? [{ ...only, name: 'Tracks' }] : found;
  const behind = buses
    .map(({ role, ...family }) => ({ ...family, tracks: tracks.filter((track) => track.role === role) }))
    .filter((family) => family.tracks.length > 0);
  return [...named, ...behind];
}
