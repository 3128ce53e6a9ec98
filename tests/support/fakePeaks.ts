import type { WaveformLevel, WaveformPeaks } from '../../web/src/bridge/waveformTypes';
import type { AudioSource } from '../../web/src/model/types';

/** Repeatable noise, 0 to 1. */
export const noise = (n: number) => {
  const x = Math.sin(n * 127.1 + 311.7) * 43758.5453;
  return x - Math.floor(x);
};

const BEAT_FRAMES = 30000;

/** Loudness of a made-up part at a beat, 0 to 1: hits that decay, phrases that come and go, beds that swell. */
function envelope(name: string, beat: number): number {
  const hit = (every: number, decay: number) => Math.exp(-(beat % every) / decay);
  if (/kick/i.test(name)) return hit(1, 0.13);
  if (/snare/i.test(name)) return hit(2, 0.2) * (beat % 4 < 2 ? 0.6 : 1);
  if (/hat|perc/i.test(name)) return Math.max(hit(1, 0.06) * 0.8, hit(0.5, 0.05) * 0.5);
  if (/bass/i.test(name)) return 0.5 + 0.3 * hit(0.5, 0.25);
  if (/rhodes|guitar/i.test(name)) return 0.2 + 0.6 * hit(1, 0.6);
  if (/vocal|doubles|harmon/i.test(name)) {
    const phrase = beat % 4 < 3.3 ? 1 : 0.03;
    return phrase * (0.2 + 0.7 * Math.abs(Math.sin(beat * 3.1 + Math.sin(beat))));
  }
  return 0.35 + 0.2 * Math.sin(beat / 3) + 0.1 * noise(Math.floor(beat * 2));
}

function level(source: AudioSource, framesPerPoint: number): WaveformLevel {
  const points = Math.ceil(source.frames / framesPerPoint);
  const channels = Array.from({ length: source.channels }, (_, channel) => {
    const pairs = new Int8Array(points * 2);
    for (let i = 0; i < points; i++) {
      const loud = envelope(source.name, (i * framesPerPoint) / BEAT_FRAMES) * 110;
      pairs[2 * i] = -loud * (0.6 + 0.4 * noise(i * 2 + channel));
      pairs[2 * i + 1] = loud * (0.6 + 0.4 * noise(i * 3 + channel + 9));
    }
    return pairs;
  });
  return { framesPerPoint, channels };
}

/** A waveform that looks like its part. */
export function fakePeaks(source: AudioSource): WaveformPeaks {
  const levels = [512, 2048, 8192].map((framesPerPoint) => level(source, framesPerPoint));
  return { channels: source.channels, frames: source.frames, levels };
}

/** A tone that is a little lower on the right. */
export function fakeSamples(from: number, count: number, channel: number): Float32Array {
  const samples = new Float32Array(count);
  for (let i = 0; i < count; i++) samples[i] = Math.sin((from + i) / (40 + 9 * channel)) * 0.5;
  return samples;
}
