import { CommandWriter } from '../../web/src/engine/encodeCommands';
import { type DeviceId, devices, stripParams } from '../../web/src/generated/devices';

/** Commands that make a song to be timed, and how many sources it plays. */
export interface BenchSession {
  readonly name: string;
  readonly tracks: number;
  readonly commands: Float64Array;
}

export const sampleRateHz = 48000;
/** Length of each source: long enough that none ends while it is timed. */
export const sourceFrames = 1 << 24;
const master = -2;
const masteringChain = -3;

class SessionWriter {
  readonly out = new CommandWriter();
  #insert = 0;

  /** Stereo tracks 1 to `count`, each playing a source of its own, then buses without clips. */
  tracks(count: number, buses: readonly number[]): void {
    const handles = Array.from({ length: count }, (_, index) => index + 1);
    for (const handle of handles) this.out.sourceAdd(handle, 2, sourceFrames);
    this.out.trackList([...handles, ...buses]);
    for (const handle of handles) {
      this.out.trackClips(handle, [handle, 0, 0, sourceFrames, 0, 0, 0, 0, 0]);
    }
  }

  param(track: number, id: string, value: number): void {
    const index = stripParams.findIndex((param) => param.id === id);
    if (index < 0) throw new Error(`the strip has no parameter ${id}`);
    this.out.trackParam(track, index, value);
  }

  /** Four bells, a compressor that works, pan and gain. */
  strip(track: number): void {
    this.param(track, 'eq.on', 1);
    for (const [index, [freqHz, gainDb]] of [
      [110, 3],
      [420, -4],
      [2600, 2.5],
      [9000, -2],
    ].entries()) {
      const band = `eq.band${index + 1}`;
      this.param(track, `${band}.on`, 1);
      this.param(track, `${band}.freqHz`, (freqHz as number) * (1 + track / 400));
      this.param(track, `${band}.gainDb`, gainDb as number);
      this.param(track, `${band}.q`, 0.9);
    }
    this.param(track, 'compressor.on', 1);
    this.param(track, 'compressor.thresholdDb', -24);
    this.param(track, 'compressor.ratio', 3);
    this.param(track, 'pan', ((track * 37) % 160) - 80);
    this.param(track, 'volumeDb', -12 - (track % 7));
  }

  /** Puts devices on a strip, with the values that are not at their defaults. */
  inserts(owner: number, chain: readonly [DeviceId, Record<string, number>?][]): void {
    const first = this.#insert;
    this.#insert += chain.length;
    const pairs = chain.flatMap(([id], place) => [
      first + place,
      devices.findIndex((device) => device.id === id),
    ]);
    this.out.inserts(owner, pairs);
    chain.forEach(([id, values = {}], place) => {
      const { params } = devices.find((device) => device.id === id) ?? { params: [] };
      for (const [name, value] of Object.entries(values)) {
        const index = params.findIndex((param) => param.id === name);
        if (index < 0) throw new Error(`${id} has no parameter ${name}`);
        this.out.insertParam(first + place, index, value);
      }
    });
  }
}

/** The strip benchmark: N stereo tracks of 4 EQ bands, compressor, pan and gain, into a master limiter. */
export function stripSession(tracks: number): BenchSession {
  const writer = new SessionWriter();
  writer.tracks(tracks, []);
  for (let track = 1; track <= tracks; track++) writer.strip(track);
  writer.inserts(master, [['limiter', { inputGainDb: 3 }]]);
  writer.out.play();
  return { name: `strips ${tracks}`, tracks, commands: writer.out.take() };
}

/** 64 tracks with inserts, four sends, reverb and a mastering chain. */
export function heavySession(): BenchSession {
  const tracks = 64;
  const returns = [101, 102, 103, 104];
  const writer = new SessionWriter();
  writer.tracks(tracks, returns);
  for (let track = 1; track <= tracks; track++) {
    writer.strip(track);
    if (track % 2 === 0) writer.inserts(track, [['saturator', { driveDb: 6 }]]);
    else if (track % 8 === 1) writer.inserts(track, [['deesser'], ['delay', { mix: 20 }]]);
    else if (track % 8 === 3) writer.inserts(track, [['chorus', { mix: 40 }]]);
    else writer.inserts(track, [['transient'], ['imager']]);
    writer.out.trackSends(
      track,
      returns.flatMap((bus, place) => [bus, -12 - 3 * place, 0, 0, 1]),
    );
  }
  writer.inserts(101, [['reverb', { mix: 100 }]]);
  writer.inserts(102, [['reverb', { mix: 100, decayS: 4 }]]);
  writer.inserts(103, [['delay', { mix: 100 }]]);
  writer.inserts(104, [['chorus', { mix: 100 }]]);
  writer.inserts(master, [
    ['eq', { 'band1.on': 1, 'band1.gainDb': 2, 'band6.on': 1, 'band6.gainDb': 1 }],
    ['multiband'],
    ['compressor', { ratio: 2 }],
    ['exciter'],
    ['imager'],
    ['limiter', { inputGainDb: 4 }],
  ]);
  writer.out.play();
  return { name: 'heavy', tracks: tracks + returns.length, commands: writer.out.take() };
}

/**
 * A song as it is exported: 32 tracks of four EQ bands and compressor with sends to a reverb and a delay, and every device of the
 * mastering chain at work.
 */
export function exportSession(): BenchSession {
  const tracks = 32;
  const [reverb, delay] = [101, 102];
  const writer = new SessionWriter();
  writer.tracks(tracks, [reverb, delay]);
  for (let track = 1; track <= tracks; track++) {
    writer.strip(track);
    writer.out.trackSends(track, [reverb, -15, 0, 0, 1, delay, -18, 0, 0, 1]);
  }
  writer.inserts(reverb, [['reverb', { mix: 100 }]]);
  writer.inserts(delay, [['delay', { mix: 100, feedback: 35, pingPong: 100 }]]);
  const bands = [1, 2, 3, 4].flatMap((band) => [
    [`band${band}.on`, 1],
    [`band${band}.gainDb`, band % 2 === 0 ? -1.5 : 1.5],
  ]);
  const ratios = [1, 2, 3, 4].map((band) => [`band${band}.ratio`, 2]);
  writer.inserts(masteringChain, [
    ['eq', Object.fromEntries(bands)],
    ['multiband', Object.fromEntries(ratios)],
    ['compressor', { thresholdDb: -18, ratio: 2 }],
    ['exciter', { amount: 20 }],
    ['imager', { width: 120, monoBelow: 1 }],
    ['limiter', { inputGainDb: 6, ceilingDb: -1 }],
  ]);
  writer.out.mastering(true);
  writer.out.play();
  return { name: 'export of 32 tracks', tracks: tracks + 2, commands: writer.out.take() };
}
