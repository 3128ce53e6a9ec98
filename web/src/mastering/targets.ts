/** Where a figure was read, and when. */
export interface TargetSource {
  readonly title: string;
  readonly address: string;
  readonly lookedUp: string;
}

/** What a service does to a file when it plays it. */
export interface Normalisation {
  readonly playsAtLufs: number;
  /** Whether it turns up what is softer: never, or until the true peak reaches `upToDbtp`. */
  readonly turnsUp: boolean;
  readonly upToDbtp: number;
}

export type TargetKind = 'streaming' | 'broadcast' | 'speech' | 'physical' | 'club';

export interface MasteringTarget {
  readonly id: string;
  readonly name: string;
  readonly kind: TargetKind;
  /** Null: no loudness is asked for; the true peak is brought to the ceiling, without limiting. */
  readonly loudnessLufs: number | null;
  readonly toleranceLu: number;
  readonly ceilingDbtp: number;
  /** Below this the sides have to be equal. */
  readonly monoBelowHz: number | null;
  /** Null where nothing is changed at playback. */
  readonly normalisation: Normalisation | null;
  readonly source: TargetSource;
  /** What one should know of the figure, in a sentence. */
  readonly note: string;
}

const lookedUp = '2026-11-28';

const turnsDownTo = (playsAtLufs: number): Normalisation => ({ playsAtLufs, turnsUp: false, upToDbtp: -1 });

/** In the order of lists and tables. */
export const masteringTargets: readonly MasteringTarget[] = [
  {
    id: 'spotify',
    name: 'Spotify',
    kind: 'streaming',
    loudnessLufs: -14,
    toleranceLu: 0.5,
    ceilingDbtp: -1,
    monoBelowHz: null,
    normalisation: { playsAtLufs: -14, turnsUp: true, upToDbtp: -1 },
    source: {
      title: 'Spotify for Artists: Loudness normalization',
      address: 'https://support.spotify.com/us/artists/article/loudness-normalization',
      lookedUp,
    },
    note: 'Asks for peaks under −2 dBTP where a master is louder than −14 LUFS.',
  },
  {
    id: 'apple-music',
    name: 'Apple Music',
    kind: 'streaming',
    loudnessLufs: -16,
    toleranceLu: 0.5,
    ceilingDbtp: -1,
    monoBelowHz: null,
    normalisation: { playsAtLufs: -16, turnsUp: true, upToDbtp: -1 },
    source: {
      title: 'APU Software: Apple Music loudness target',
      address: 'https://apu.software/apple-music-loudness-target',
      lookedUp,
    },
    note: 'Apple publishes no figure for Sound Check; others measured about −16 LUFS.',
  },
  {
    id: 'youtube',
    name: 'YouTube',
    kind: 'streaming',
    loudnessLufs: -14,
    toleranceLu: 0.5,
    ceilingDbtp: -1,
    monoBelowHz: null,
    normalisation: turnsDownTo(-14),
    source: {
      title: 'TuberLife: YouTube and reference loudness level',
      address: 'https://tuberlife.com/youtube-and-reference-loudness-level',
      lookedUp,
    },
    note: 'YouTube publishes no figure; its player shows the distance from −14 LUFS. Softer sound is not turned up.',
  },
  {
    id: 'amazon-music',
    name: 'Amazon Music',
    kind: 'streaming',
    loudnessLufs: -14,
    toleranceLu: 0.5,
    ceilingDbtp: -2,
    monoBelowHz: null,
    normalisation: turnsDownTo(-14),
    source: {
      title: 'APU Software: Amazon Music loudness target',
      address: 'https://apu.software/amazon-music-loudness',
      lookedUp,
    },
    note: 'Asks for 2 dB of room above the highest true peak.',
  },
  {
    id: 'tidal',
    name: 'Tidal',
    kind: 'streaming',
    loudnessLufs: -14,
    toleranceLu: 0.5,
    ceilingDbtp: -1,
    monoBelowHz: null,
    normalisation: turnsDownTo(-14),
    source: {
      title: 'MeterPlugs: Tidal adds loudness normalization',
      address: 'https://meterplugs.com/blog/2016/10/07/tidal-adds-loudness-normalization.html',
      lookedUp,
    },
    note: 'Softer sound is not turned up.',
  },
  {
    id: 'deezer',
    name: 'Deezer',
    kind: 'streaming',
    loudnessLufs: -15,
    toleranceLu: 0.5,
    ceilingDbtp: -1,
    monoBelowHz: null,
    normalisation: turnsDownTo(-15),
    source: {
      title: 'APU Software: Deezer loudness target',
      address: 'https://apu.software/deezer-loudness-target',
      lookedUp,
    },
    note: 'Deezer publishes no figure; others measured −15 LUFS.',
  },
  {
    id: 'soundcloud',
    name: 'SoundCloud',
    kind: 'streaming',
    loudnessLufs: -14,
    toleranceLu: 0.5,
    ceilingDbtp: -1,
    monoBelowHz: null,
    normalisation: turnsDownTo(-14),
    source: {
      title: 'APU Software: SoundCloud loudness target',
      address: 'https://apu.software/soundcloud-loudness-target',
      lookedUp,
    },
    note: 'Its low bit rates raise peaks more than those of others.',
  },
  {
    id: 'cd',
    name: 'CD',
    kind: 'physical',
    loudnessLufs: -9,
    toleranceLu: 1,
    ceilingDbtp: -0.3,
    monoBelowHz: null,
    normalisation: null,
    source: {
      title: 'Back in the Barn Productions: LUF values',
      address: 'https://www.backinthebarnproductions.com/luf-values.html',
      lookedUp,
    },
    note: 'No standard asks for a loudness; −9 LUFS is a common one. Wants 44.1 kHz and 16 bits.',
  },
  {
    id: 'club',
    name: 'Club',
    kind: 'club',
    loudnessLufs: -9,
    toleranceLu: 1,
    ceilingDbtp: -1,
    monoBelowHz: 100,
    normalisation: null,
    source: {
      title: 'Signum Audio: Club loudness preset by SAE Glasgow',
      address: 'https://www.signumaudio.com/new-club-preset-developed-by-sae-glasgow',
      lookedUp,
    },
    note: 'No standard: tracks at −9 LUFS were found to mix well with others in a club.',
  },
  {
    id: 'ebu-r128',
    name: 'Broadcast EBU R 128',
    kind: 'broadcast',
    loudnessLufs: -23,
    toleranceLu: 0.2,
    ceilingDbtp: -1,
    monoBelowHz: null,
    normalisation: { playsAtLufs: -23, turnsUp: true, upToDbtp: -1 },
    source: {
      title: 'EBU R 128, version 4.0: Loudness normalisation and permitted maximum level of audio signals',
      address: 'https://tech.ebu.ch/publications/r128',
      lookedUp,
    },
    note: 'Live programmes may deviate by 1 LU.',
  },
  {
    id: 'atsc-a85',
    name: 'Broadcast ATSC A/85',
    kind: 'broadcast',
    loudnessLufs: -24,
    toleranceLu: 2,
    ceilingDbtp: -2,
    monoBelowHz: null,
    normalisation: { playsAtLufs: -24, turnsUp: true, upToDbtp: -2 },
    source: {
      title:
        'ATSC A/85:2013: Techniques for establishing and maintaining audio loudness for digital television',
      address: 'https://manualzilla.com/doc/5733164/a-85-2013',
      lookedUp,
    },
    note: 'Counts the dialogue where there is some; here the whole programme is measured.',
  },
  {
    id: 'podcast',
    name: 'Podcast',
    kind: 'speech',
    loudnessLufs: -16,
    toleranceLu: 1,
    ceilingDbtp: -1,
    monoBelowHz: null,
    normalisation: { playsAtLufs: -16, turnsUp: true, upToDbtp: -1 },
    source: {
      title: 'Apple Podcasts for Creators: Audio requirements',
      address: 'https://podcasters.apple.com/support/893-audio-requirements',
      lookedUp,
    },
    note: 'Read at second hand. The figure is for stereo; a mono file sounds as loud at −19 LUFS.',
  },
  {
    id: 'vinyl',
    name: 'Vinyl pre-master',
    kind: 'physical',
    loudnessLufs: null,
    toleranceLu: 0,
    ceilingDbtp: -1,
    monoBelowHz: 150,
    normalisation: null,
    source: {
      title: '16 kilohertz: How to prepare a suitable cutting master',
      address: 'https://www.16kilohertz.com/post/how-to-prepare-a-suitable-cutting-master',
      lookedUp,
    },
    note: 'The level is set when the lacquer is cut: no limiting, no clipping, basses in the middle.',
  },
];

export const defaultTargetId = 'spotify';

const folded = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/** By id or name or a part that only one has, whatever the case, spaces and signs: "Apple Music", "apple", "R128". */
export function findTarget(name: string): MasteringTarget | undefined {
  const wanted = folded(name);
  const named = (fits: (text: string) => boolean) =>
    masteringTargets.filter((target) => fits(folded(target.id)) || fits(folded(target.name)));
  const [exact] = named((text) => text === wanted);
  if (exact || wanted === '') return exact;
  const parts = named((text) => text.includes(wanted));
  return parts.length === 1 ? parts[0] : undefined;
}

/** The target of a document, or the first where it names none that is known. */
export const targetOf = (id: string): MasteringTarget =>
  masteringTargets.find((target) => target.id === id) ?? (masteringTargets[0] as MasteringTarget);
