import type { TrackColour, TrackKind } from '../model/types';

export const colourOfKind: Readonly<Record<TrackKind, TrackColour>> = {
  drums: 'coral',
  percussion: 'apricot',
  bass: 'ochre',
  keys: 'jade',
  guitar: 'sage',
  synth: 'sky',
  voice: 'violet',
  backing: 'mauve',
  effects: 'slate',
  other: 'slate',
};

/**
 * What the words of a name say; the first line that fits counts, so the telling stand before the vague: in "Bass Drum" it
 * is the drum, in "Bass Guitar" the bass, in "Lead Guitar" the guitar. Words fit whole, apart from a number at their
 * end; "…" stands for any letters.
 */
const lines: readonly (readonly [TrackKind, string])[] = [
  ['drums', 'bass drum, bassdrum, kick…, kik, bd'],
  [
    'percussion',
    `perc…, cymbal…, hihat…, hi hat, hi hats, hat, hats, hh, ride, rides, crash…, splash…, china, overhead…, oh, ohs, tamb…,
    shaker…, conga…, bongo…, cowbell…, clave, claves, triangle, maraca…, cajon…, timbale…, guiro, cabasa, woodblock…,
    djembe…, tabla…`,
  ],
  ['drums', 'drum…, …drums, snare…, snr, sn, sd, tom, toms, floor tom, rim…, clap, claps, snap, snaps, 909'],
  ['bass', 'bass…, …bass, sub, 808'],
  [
    'guitar',
    `guitar…, …guitar, …guitars, gtr…, …gtr, …gtrs, git, gits, gitarre…, eg, ag, banjo…, mandolin…, ukulele…, uke,
    dobro, lap steel, pedal steel, slide`,
  ],
  [
    'backing',
    `backing…, background…, bv, bvs, bvox, bgv, bgvs, bgvox, harmony…, harmonies, harm, harms, choir…, gang…, ooh, oohs,
    aah, aahs, adlib…, vox dbl, vox double, vox doubles, vocal double, vocal doubles, vocal dbl`,
  ],
  ['voice', 'vox…, …vox, vocal…, …vocal, …vocals, voc, vocs, voice…, …voice, …voices, singer…, rap, topline'],
  [
    'keys',
    `piano…, …piano, keys, …keys, keyboard…, rhodes…, wurl…, organ…, …organ, hammond…, clav…, ep, epno, pno,
    harpsichord…, celesta…, mellotron…, accordion…, harmonium…`,
  ],
  [
    'effects',
    `fx, sfx, effect…, riser…, uplifter…, downlifter…, sweep…, impact…, noise…, foley…, atmos…, ambien…, transition…,
    reverb…, delay…, texture…`,
  ],
  [
    'synth',
    `synth…, …synth, syn, pad, pads, …pad, …pads, arp…, string…, violin…, viola…, cello…, celli, brass…, horn…,
    trumpet…, trombone…, sax…, flute…, clarinet…, oboe…, orch…, pluck…, bell, bells, seq, sequence…, moog…, juno…,
    saw…, supersaw…, marimba…, vibraphone…, vibes, glock…`,
  ],
  ['drums', 'room, rooms, beat, beats, loop, loops, breakbeat…'],
  ['guitar', 'acoustic…, ac, elec…'],
  ['synth', 'lead…, chord, chords'],
];

const matchers = lines.map(([kind, line]) => {
  const words = line.split(',').map((word) => word.trim().replace(/\s+/g, ' ').replaceAll('…', '[a-z]*'));
  return { kind, pattern: new RegExp(`(?:^| )(?:${words.join('|')})\\d*(?= |$)`) };
});

/** Guesses from a name as it was cleaned from its file. */
export function guessKind(name: string): TrackKind {
  const text = name
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  return matchers.find(({ pattern }) => pattern.test(text))?.kind ?? 'other';
}
