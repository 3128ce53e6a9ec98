/** Short programmes for mastering tests: seeded, of very different kinds, and each with what it is called. */
import { noise, sine } from './synth';

export interface MadeProgramme {
  readonly name: string;
  readonly sampleRateHz: number;
  /** One or two. */
  readonly channels: readonly Float32Array[];
}

type Sound = Float32Array;

const turn = 2 * Math.PI;

/** Noise that falls by 3 dB an octave (P. Kellet's three poles). */
export function pinkNoise(seed: number, frames: number, level: number): Sound {
  const white = noise(seed, frames, 1);
  let [a, b, c] = [0, 0, 0];
  return white.map((sample) => {
    a = 0.99765 * a + sample * 0.099046;
    b = 0.963 * b + sample * 0.2965164;
    c = 0.57 * c + sample * 1.0526913;
    return level * 0.15 * (a + b + c + sample * 0.1848);
  });
}

/** White noise without its highest end, which no meter of true peaks is held to. */
function brightNoise(seed: number, frames: number, level: number): Sound {
  let before = 0;
  return noise(seed, frames, level).map((sample) => {
    const mean = 0.5 * (sample + before);
    before = sample;
    return mean;
  });
}

/** Noise that falls by 6 dB an octave above a corner, the higher the closer to 1. */
function darkNoise(seed: number, frames: number, level: number, corner: number): Sound {
  let state = 0;
  return noise(seed, frames, 1).map((sample) => {
    state += corner * (sample - state);
    return level * state;
  });
}

const sum = (...sounds: readonly Sound[]): Sound =>
  (sounds[0] as Sound).map((_, frame) => sounds.reduce((all, sound) => all + (sound[frame] ?? 0), 0));

const shaped = (sound: Sound, gain: (frame: number) => number): Sound =>
  sound.map((sample, frame) => sample * gain(frame));

const times = (sound: Sound, gain: number): Sound => shaped(sound, () => gain);

/** Strokes that ring out, `every` frames. */
const strokes = (every: number, decay: number) => (frame: number) => Math.exp(-(frame % every) / decay);

const slow = (period: number, depth: number) => (frame: number) =>
  1 - depth * (0.5 - 0.5 * Math.cos((turn * frame) / period));

function chord(rate: number, frames: number, level: number, hz: readonly number[]): Sound {
  return times(sum(...hz.map((each) => sine(each, rate, frames, 1))), level / hz.length);
}

function kick(rate: number, frames: number, level: number): Sound {
  const every = Math.round(rate / 2);
  return Float32Array.from({ length: frames }, (_, frame) => {
    const at = frame % every;
    const phase = (turn * (55 * at + 60 * 900 * (1 - Math.exp(-at / 900)))) / rate;
    return level * Math.exp(-at / (0.12 * rate)) * Math.sin(phase);
  });
}

/** Begins and ends in silence, within some milliseconds. */
const faded = (sound: Sound): Sound =>
  shaped(sound, (frame) => Math.min(1, frame / 400, (sound.length - 1 - frame) / 2000));

const clipped = (sound: Sound, ceiling: number): Sound =>
  sound.map((sample) => Math.max(-ceiling, Math.min(ceiling, sample)));

/** Twenty, of some seconds each. */
export function masteringProgrammes(): MadeProgramme[] {
  const made: MadeProgramme[] = [];
  const add = (
    name: string,
    rate: number,
    seconds: number,
    make: (frames: number) => readonly Sound[],
  ): void => {
    const frames = Math.round(rate * seconds);
    made.push({ name, sampleRateHz: rate, channels: make(frames).map(faded) });
  };
  const wide = (mid: Sound, side: Sound): Sound[] => [sum(mid, side), sum(mid, times(side, -1))];

  add('pink noise', 48000, 4, (n) => wide(pinkNoise(1, n, 0.5), pinkNoise(2, n, 0.2)));
  add('soft pink noise', 44100, 4, (n) => wide(pinkNoise(3, n, 0.02), pinkNoise(4, n, 0.01)));
  add('loud pink noise', 44100, 4, (n) => wide(pinkNoise(5, n, 1.4), pinkNoise(6, n, 0.4)));
  add('bright noise in mono', 48000, 3, (n) => [brightNoise(7, n, 0.4)]);
  add('a beat', 44100, 5, (n) => {
    const snare = shaped(pinkNoise(8, n, 0.9), strokes(22_050, 3000));
    return wide(sum(kick(44100, n, 0.6), snare), shaped(brightNoise(9, n, 0.15), strokes(5512, 800)));
  });
  add('a beat with hard strokes', 48000, 5, (n) => [
    sum(shaped(brightNoise(10, n, 0.9), strokes(24_000, 1200)), pinkNoise(31, n, 0.1)),
    sum(shaped(brightNoise(11, n, 0.9), strokes(24_000, 1200)), pinkNoise(32, n, 0.1)),
  ]);
  add('a chord', 48000, 4, (n) => [chord(48000, n, 0.6, [220, 277.2, 329.6, 440])]);
  add('a swelling chord', 44100, 6, (n) => {
    const pad = shaped(chord(44100, n, 0.5, [110, 220, 330, 495, 660]), slow(132_300, 0.9));
    return wide(pad, shaped(pinkNoise(12, n, 0.05), slow(88_200, 0.5)));
  });
  add('bass and little else', 48000, 4, (n) =>
    wide(sum(sine(55, 48000, n, 0.5), pinkNoise(13, n, 0.05)), pinkNoise(14, n, 0.02)),
  );
  add('bass out of phase', 48000, 4, (n) => wide(pinkNoise(15, n, 0.3), sine(60, 48000, n, 0.3)));
  add('a dark mix', 44100, 4, (n) => wide(darkNoise(16, n, 1.2, 0.02), darkNoise(17, n, 0.5, 0.02)));
  add('a bright mix', 44100, 4, (n) => wide(brightNoise(18, n, 0.3), brightNoise(19, n, 0.15)));
  add('speech by its rhythm', 48000, 6, (n) => [
    shaped(pinkNoise(20, n, 0.6), (frame) => (Math.sin(frame / 9000) > -0.2 ? slow(7000, 0.8)(frame) : 0.01)),
  ]);
  add('long silence and a short sound', 48000, 6, (n) => {
    const sound = shaped(pinkNoise(21, n, 0.5), (frame) => (frame > n / 2 && frame < 0.8 * n ? 1 : 0));
    return [sound, times(sound, 0.8)];
  });
  add('one side alone', 44100, 4, (n) => [pinkNoise(22, n, 0.4), new Float32Array(n)]);
  add('a clipped mix', 44100, 4, (n) =>
    wide(pinkNoise(23, n, 2.5), pinkNoise(24, n, 0.8)).map((side) => clipped(side, 1)),
  );
  add('a square wave', 48000, 3, (n) => [sine(110, 48000, n, 1).map((sample) => 0.5 * Math.sign(sample))]);
  add('noise with an offset', 48000, 4, (n) =>
    wide(pinkNoise(25, n, 0.3), pinkNoise(26, n, 0.1)).map((side) => side.map((sample) => sample + 0.05)),
  );
  add('soft and loud by turns', 44100, 6, (n) =>
    wide(
      shaped(pinkNoise(27, n, 0.7), (frame) => (Math.floor(frame / 66_150) % 2 === 0 ? 0.1 : 1)),
      pinkNoise(28, n, 0.03),
    ),
  );
  add('high-rate noise', 96000, 3, (n) => wide(pinkNoise(29, n, 0.4), pinkNoise(30, n, 0.15)));
  return made;
}
