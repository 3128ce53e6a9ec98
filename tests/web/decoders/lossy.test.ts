import { describe, expect, it } from 'vitest';
import { bestLag, decode, errorDb, fixture, originOf } from './decode';
import { sounds } from './origin';

type Name = keyof typeof sounds;

/** Encoders keep the low frequencies that the sounds consist of: what is left over lies well below. */
const cases: readonly [file: string, sound: Name, format: string, errorDb: number][] = [
  ['stereo44.mp3', 'stereo44', 'MP3', -20],
  ['mono48.mp3', 'mono48', 'MP3', -20],
  ['stereo22.mp3', 'stereo22', 'MP3', -20],
  ['stereo44.ogg', 'stereo44', 'Ogg Vorbis', -20],
  ['mono48.ogg', 'mono48', 'Ogg Vorbis', -20],
  ['mono48.opus', 'mono48', 'Opus', -15],
];

describe('lossy files come out as long as they went in, and in time', () => {
  it.each(cases)('%s', async (file, sound, format, limitDb) => {
    const { facts, channels, truncated } = await decode(fixture(file));
    const { rateHz, frames } = sounds[sound];
    expect(facts).toMatchObject({ format, sampleRateHz: rateHz, channels: sounds[sound].channels });
    expect(truncated).toBe(false);
    const origin = originOf(sound);
    channels.forEach((samples, channel) => {
      expect(samples.length).toBe(frames);
      expect(bestLag(samples, origin[channel] as Float32Array)).toBe(0);
      expect(errorDb(samples, origin[channel] as Float32Array)).toBeLessThan(limitDb);
    });
  });

  it('Opus of a file at 44.1 kHz is at 48 kHz, of the same duration', async () => {
    const { facts, channels } = await decode(fixture('stereo44.opus'));
    expect(facts.sampleRateHz).toBe(48000);
    // ffmpeg's converter gives the encoder this many (RFC 7845: the last granule less the pre-skip).
    expect(Math.abs((channels[0]?.length ?? 0) - (sounds.stereo44.frames * 48000) / 44100)).toBeLessThan(2);
  });

  it('MPEG layer 2 has no note of its padding: every frame is kept', async () => {
    const { facts, channels } = await decode(fixture('stereo44.mp2'));
    expect(facts.format).toBe('MP2');
    expect((channels[0]?.length ?? 0) % 1152).toBe(0);
    expect(channels[0]?.length).toBeGreaterThanOrEqual(sounds.stereo44.frames);
  });
});

describe('lossy files that are cut short', () => {
  it.each(['stereo44.mp3', 'stereo44.ogg', 'mono48.opus'])(
    '%s plays what it has and says so',
    async (file) => {
      const whole = await decode(fixture(file));
      const bytes = fixture(file);
      const cut = await decode(bytes.subarray(0, Math.floor(bytes.length * 0.7)));
      expect(whole.truncated).toBe(false);
      expect(cut.truncated).toBe(true);
      cut.channels.forEach((samples, channel) => {
        expect(samples.length).toBeGreaterThan(0);
        expect(samples.length).toBeLessThan(whole.channels[channel]?.length ?? 0);
        expect(samples).toEqual(whole.channels[channel]?.subarray(0, samples.length));
      });
    },
  );
});
