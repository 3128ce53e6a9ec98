import { describe, expect, it } from 'vitest';
import type { MixwellModule } from '../../../web/src/engine/mixwellModule';
import { Pool } from '../../../web/src/storage/pool';
import { PoolWriter } from '../../../web/src/workers/decode/importFile';
import { importSentence } from '../../../web/src/workers/decode/importSentences';
import { nodeEngine } from '../../support/nodeEngine';
import { noise, numbers, wavFile } from '../../support/synth';
import { fixture } from '../decoders/decode';
import { flacFrame, flacHead } from '../decoders/flacWriter';
import { MemoryFolder } from './memoryFolder';

const module: MixwellModule = await nodeEngine();

const letters = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const after = (head: string, bytes = 4096) => Uint8Array.from([...letters(head), ...random(bytes)]);

function random(count: number): Uint8Array {
  const next = numbers(7);
  return Uint8Array.from({ length: count }, () => next() & 255);
}

/** Brings one file in; what came of it, and what is left in the pool. */
async function bringIn(name: string, bytes: Uint8Array) {
  const folder = new MemoryFolder();
  const writer = new PoolWriter(new Pool(folder), module, 'here', (_, work) => work());
  try {
    const blob = new Blob([bytes as Uint8Array<ArrayBuffer>]);
    const imported = await writer.import(name, blob, { projectRateHz: 48000 });
    return { imported, sentence: null, left: folder.names.length };
  } catch (error) {
    return { imported: null, sentence: importSentence(name, error), left: folder.names.length };
  }
}

function withSample(value: number): Uint8Array {
  const sound = noise(1, 5000);
  sound[3210] = value;
  return wavFile([sound], 48000, '32f');
}

function wavOfChannels(channels: number): Uint8Array {
  return wavFile(
    Array.from({ length: channels }, (_, seed) => noise(seed, 500)),
    48000,
    16,
  );
}

const sixChannels = { rateHz: 48000, bits: 16, channels: 6, blockFrames: 16, frames: 16 };
const surroundFlac = Uint8Array.from([
  ...flacHead(sixChannels),
  ...flacFrame(sixChannels, 0, 16, new Array(6).fill({ kind: 'constant', sample: 5 })),
]);

const noFrames = { ...sixChannels, channels: 1, frames: 0 };

const refused: readonly [name: string, bytes: Uint8Array, reason: RegExp][] = [
  ['Empty.wav', new Uint8Array(0), /^Empty\.wav is empty \(0 bytes\)\.$/],
  [
    'Note.wav',
    letters('Dear diary, today I recorded a kick drum.'),
    /^Note\.wav is not an audio file that Mixwell knows/,
  ],
  ['Random.mp3', random(200_000), /^Random\.mp3 is not an audio file that Mixwell knows/],
  ['Zeros.flac', new Uint8Array(50_000), /^Zeros\.flac is not an audio file/],
  [
    'Kick.m4a',
    fixture('stereo22.m4a'),
    /^Kick\.m4a is AAC, which Mixwell can’t read yet; convert it to WAV or FLAC\.$/,
  ],
  ['Kick.wav', fixture('stereo22.m4a'), /^Kick\.wav is AAC, which Mixwell can’t read yet/],
  [
    'Stream.aac',
    Uint8Array.from([0xff, 0xf1, 0x50, 0x80, 0x02, 0x1f, 0xfc, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xf1]),
    /^Stream\.aac is AAC/,
  ],
  ['Old.wma', after('\x30\x26\xb2\x75\x8e\x66\xcf\x11'), /^Old\.wma is a Windows Media \(WMA\) file, which/],
  ['Take.caf', after('caff\0\x01'), /^Take\.caf is a Core Audio \(CAF\) file, which/],
  ['Clip.webm', after('\x1aE\xdf\xa3'), /^Clip\.webm is a Matroska or WebM file, which/],
  ['Cover.mp3', after('\x89PNG\r\n\x1a\n'), /^Cover\.mp3 is a picture, not audio\.$/],
  ['Song.mid', after('MThd'), /^Song\.mid is a MIDI file/],
  ['Stems.zip', after('PK\x03\x04'), /^Stems\.zip is a zip archive, not audio: unpack it first\.$/],
  ['Video.avi', after('RIFF\0\0\0\0AVI '), /^Video\.avi is a video/],
  ['Tag.mp3', after('ID3\x03\0\0\0\0\0\0', 2000), /^Tag\.mp3 begins with a tag, but no sound/],
  ['Still.wav', wavFile([new Float32Array(0)], 48000, 16), /^Still\.wav holds no sound/],
  ['Still.flac', Uint8Array.from(flacHead(noFrames)), /^Still\.flac holds no sound/],
  ['Nan.wav', withSample(Number.NaN), /^Nan\.wav holds 1 sample that is no number \(NaN or infinity\)/],
  ['Loud.wav', withSample(Number.NEGATIVE_INFINITY), /^Loud\.wav holds 1 sample that is no number/],
  ['Surround.wav', wavOfChannels(6), /^Surround\.wav has 6 channels; Mixwell takes mono and stereo/],
  ['Surround.flac', surroundFlac, /^Surround\.flac has 6 channels/],
  ['Head.wav', wavOfChannels(1).subarray(0, 20), /^Head\.wav/],
  [
    'Head.flac',
    fixture('short44.flac').subarray(0, 20),
    /^Head\.flac is cut short: there is no sound in it\.$/,
  ],
  ['Head.ogg', fixture('mono48.ogg').subarray(0, 200), /^Head\.ogg is cut short/],
  ['Head.opus', fixture('mono48.opus').subarray(0, 60), /^Head\.opus is cut short/],
];

describe('what can’t be used is refused with a sentence that names file and reason', () => {
  it.each(refused)('%s', async (name, bytes, reason) => {
    const { sentence, left, imported } = await bringIn(name, bytes);
    expect(imported).toBeNull();
    expect(sentence).toMatch(reason);
    expect(left).toBe(0);
  });
});

describe('content counts, not the name', () => {
  it.each([
    ['Kick.wav', 'mono48.mp3', 'mp3', 'Kick.wav is MP3, not what its name says; it was taken as that.'],
    ['Kick.mp3', 'short48.flac', 'flac', 'Kick.mp3 is FLAC, not what its name says; it was taken as that.'],
    ['Kick.m4a', 'mono48.opus', 'opus', 'Kick.m4a is Opus, not what its name says; it was taken as that.'],
    ['Kick.ogg', 'mono48.opus', 'opus', undefined],
    ['Kick', 'mono48.mp3', 'mp3', undefined],
    ['Kick.take2', 'mono48.mp3', 'mp3', undefined],
    ['KICK.MP3', 'mono48.mp3', 'mp3', undefined],
  ])('%s', async (name, file, ext, note) => {
    const { imported } = await bringIn(name, fixture(file));
    expect(imported?.entry.ext).toBe(ext);
    expect(imported?.note).toBe(note);
  });
});

describe('a file that is cut short plays what it has, and says so', () => {
  const wav = wavFile([noise(1, 20_000)], 48000, 24);

  it.each([
    ['Kick.wav', wav.subarray(0, 30_044)],
    ['Kick.mp3', fixture('stereo44.mp3').subarray(0, 6000)],
    ['Kick.flac', fixture('short44.flac').subarray(0, 15_000)],
    ['Kick.ogg', fixture('stereo44.ogg').subarray(0, 8_000)],
  ])('%s', async (name, bytes) => {
    const { imported } = await bringIn(name, bytes);
    expect(imported?.entry.truncated).toBe(true);
    expect(imported?.entry.frames).toBeGreaterThan(0);
    expect(imported?.note).toBe(`${name} is cut short or damaged; what it has was taken.`);
    if (name === 'Kick.wav') expect(imported?.entry.frames).toBe(10_000);
  });
});

describe('errors of the machine', () => {
  it.each([
    ['QuotaExceededError', /^There is no room left for Kick\.wav/],
    ['NotReadableError', /^Kick\.wav could not be read: it was changed, moved or unplugged\.$/],
    ['UnknownError', /^Kick\.wav could not be imported: details$/],
  ])('%s', (name, sentence) => {
    expect(importSentence('Kick.wav', new DOMException('details', name))).toMatch(sentence);
  });
});
