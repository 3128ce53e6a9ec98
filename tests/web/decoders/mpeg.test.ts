import { describe, expect, it } from 'vitest';
import { readMpegHeader } from '../../../web/src/engine/decoders/mpegFrames';
import { decode, fixture } from './decode';
import { sounds } from './origin';

/** LAME's delay, as its tag in the fixtures says; ffmpeg's libmp3lame always has it. */
const lameDelay = 576;

/** The frames of a fixture, the one with the Xing header first. */
function framesOf(bytes: Uint8Array): Uint8Array[] {
  const frames: Uint8Array[] = [];
  let at = bytes.indexOf(0xff);
  for (let header = readMpegHeader(bytes, at); header; header = readMpegHeader(bytes, at)) {
    frames.push(bytes.subarray(at, at + header.frameBytes));
    at += header.frameBytes;
  }
  return frames;
}

const joined = (parts: readonly (Uint8Array | readonly number[])[]) =>
  Uint8Array.from(parts.flatMap((part) => [...part]));
const letters = (text: string) => [...text].map((letter) => letter.charCodeAt(0));

/** An ID3v2.3 tag with a comment as iTunes and GarageBand write it. */
function itunesTag(delay: number, frames: number): number[] {
  const hex = (value: number, digits: number) => value.toString(16).toUpperCase().padStart(digits, '0');
  const note = ` 00000000 ${hex(delay, 8)} 00000000 ${hex(frames, 16)} 00000000 00000000`;
  const body = letters(`\0engiTunSMPB\0${note}`);
  const frame = [...letters('COMM'), 0, 0, 0, body.length, 0, 0, ...body];
  return [...letters('ID3'), 3, 0, 0, 0, 0, frame.length >> 7, frame.length & 127, ...frame];
}

describe('MP3', () => {
  const whole = fixture('stereo44.mp3');
  const [info, ...sound] = framesOf(whole);

  it('without any note of its padding keeps all that it has', async () => {
    const { channels, truncated, facts } = await decode(joined(sound));
    expect(facts.frames).toBeNull();
    expect(truncated).toBe(false);
    expect(channels[0]?.length).toBe(sound.length * 1152);
  });

  it('is trimmed by iTunes’ note as by LAME’s tag', async () => {
    const tagged = await decode(joined([itunesTag(lameDelay, sounds.stereo44.frames), ...sound]));
    expect(tagged.facts.frames).toBe(sounds.stereo44.frames);
    expect(tagged.channels).toEqual((await decode(whole)).channels);
  });

  it('brings out what the last frame still holds', async () => {
    const frames = sound.length * 1152 - lameDelay - 100;
    const { channels, truncated } = await decode(joined([itunesTag(lameDelay, frames), ...sound]));
    expect(channels[0]?.length).toBe(frames);
    expect(truncated).toBe(false);
  });

  it('passes over tags after the sound', async () => {
    const tag = [...letters('TAG'), ...new Array<number>(125).fill(0x55)];
    const ape = [...letters('APETAGEX'), ...new Array<number>(200).fill(0xff)];
    const plain = await decode(whole);
    for (const tail of [tag, ape, [...ape, ...tag], new Array<number>(300).fill(0)]) {
      const { channels, truncated } = await decode(joined([whole, tail]));
      expect(truncated).toBe(false);
      expect(channels).toEqual(plain.channels);
    }
  });

  it('goes on behind rubbish, and says that it is damaged', async () => {
    const rubbish = letters('This is no sound. '.repeat(60));
    const parts = [info ?? [], ...sound.slice(0, 10), rubbish, ...sound.slice(10)];
    const { channels, truncated } = await decode(joined(parts));
    expect(truncated).toBe(true);
    expect(channels).toEqual((await decode(whole)).channels);
  });

  it('says so when frames are missing at its end', async () => {
    const { channels, truncated } = await decode(joined([info ?? [], ...sound.slice(0, -4)]));
    expect(truncated).toBe(true);
    expect(channels[0]?.length).toBe((sound.length - 4) * 1152 - lameDelay - 529);
  });
});
