import type { CodecModule, Deletable, PlanarBlock } from './codecModule';

/** The class of wasm/bind_programme.cpp. */
export interface ProgrammeModule {
  readonly ProgrammeAnalysis: new (
    sampleRateHz: number,
    channels: number,
    spectrum: boolean,
  ) => Deletable & {
    add(address: number, stride: number, frames: number): void;
    finish(): void;
    frames(): number;
    integratedLufs(): number;
    loudnessRangeLu(): number;
    maxMomentaryLufs(): number;
    maxShortTermLufs(): number;
    correlation(): number;
    monoShare(): number;
    silentHead(): number;
    silentTail(): number;
    truePeak(channel: number): number;
    truePeakFrame(channel: number): number;
    samplePeak(channel: number): number;
    rms(channel: number): number;
    dc(channel: number): number;
    clippedRuns(channel: number): number;
    clippedPlaces(channel: number): number;
    overs(): number;
    overPlaces(): number;
    bands(): number;
    spreads(): number;
    placesAddress(): number;
    moments(): number;
    momentsAddress(): number;
  };
}

/** Levels of one channel, linear: 1 is full scale. */
export interface ChannelFigures {
  readonly truePeak: number;
  /** The frame that the true peak lies at, or between which and the next. */
  readonly truePeakFrame: number;
  readonly samplePeak: number;
  readonly rms: number;
  readonly dc: number;
  /** Stretches of at least three samples at the peak, where that is near full scale. */
  readonly clippedRuns: number;
  /** First frames of the first of them. */
  readonly clippedFrames: readonly number[];
}

/** Mean squares of a third octave: 0.5 is a full-scale sine. `cross` is the mean product of left and right. */
export interface BandFigures {
  readonly centreHz: number;
  readonly left: number;
  readonly right: number;
  readonly cross: number;
  /** Of both sides together, in the third of a second that has most of it. */
  readonly highest: number;
}

/** How the level of a wide band varies from one third of a second to the next, rests left out; -Infinity where nothing sounds. */
export interface BandSpread {
  readonly fromHz: number;
  /** In dB, both sides together: a full-scale sine in both has 0. Half of the time it is louder. */
  readonly usualDb: number;
  /** One twentieth of the time it is louder. */
  readonly loudDb: number;
}

/** A place where the true peak passes full scale; at most one in 100 ms and a channel. */
export interface OverPlace {
  readonly frame: number;
  readonly channel: number;
  readonly truePeak: number;
}

/** Four numbers for each 100 ms. Loudness is -Infinity in silence. */
export interface LoudnessHistory {
  readonly momentaryLufs: Float32Array;
  readonly shortTermLufs: Float32Array;
  /** Linear. */
  readonly truePeak: Float32Array;
  readonly correlation: Float32Array;
}

/** Everything that is said of a whole programme (dsp/meter/programme_analysis.h). */
export interface ProgrammeFigures {
  readonly sampleRateHz: number;
  readonly frames: number;
  /** -Infinity for silence, and for less sound than a measure needs. */
  readonly integratedLufs: number;
  readonly loudnessRangeLu: number;
  readonly maxMomentaryLufs: number;
  readonly maxShortTermLufs: number;
  readonly channels: readonly ChannelFigures[];
  /** Of the first two channels, -1 to 1; 1 for mono. */
  readonly correlation: number;
  /** How much of the power is left in mono: 1 for equal sides, 0.5 for sides without anything in common. */
  readonly monoShare: number;
  readonly silentHeadFrames: number;
  readonly silentTailFrames: number;
  readonly overs: number;
  readonly overPlaces: readonly OverPlace[];
  /** 31 bands from 20 Hz to 20 kHz; empty where they were not asked for. */
  readonly bands: readonly BandFigures[];
  /** Four bands, from 18, 112, 891 and 4467 Hz on; empty where the spectrum was not asked for. */
  readonly spreads: readonly BandSpread[];
  readonly history: LoudnessHistory;
}

const figuresOfMoment = 4;

/** Analyses a whole programme, block by block. */
export class ProgrammeAnalysis {
  readonly #module: CodecModule;
  readonly #analysis: InstanceType<ProgrammeModule['ProgrammeAnalysis']>;
  readonly #sampleRateHz: number;
  readonly #channels: number;
  readonly #spectrum: boolean;

  constructor(
    module: CodecModule & ProgrammeModule,
    sampleRateHz: number,
    channels: number,
    { spectrum = true }: { spectrum?: boolean } = {},
  ) {
    this.#module = module;
    this.#sampleRateHz = sampleRateHz;
    this.#channels = channels;
    this.#spectrum = spectrum;
    this.#analysis = new module.ProgrammeAnalysis(sampleRateHz, channels, spectrum);
  }

  add(block: PlanarBlock): void {
    this.#analysis.add(block.pointer, block.stride, block.frames);
  }

  /** The figures of all that was added; nothing may be added afterwards. */
  finish(): ProgrammeFigures {
    const a = this.#analysis;
    a.finish();
    return {
      sampleRateHz: this.#sampleRateHz,
      frames: a.frames(),
      integratedLufs: a.integratedLufs(),
      loudnessRangeLu: a.loudnessRangeLu(),
      maxMomentaryLufs: a.maxMomentaryLufs(),
      maxShortTermLufs: a.maxShortTermLufs(),
      channels: Array.from({ length: this.#channels }, (_, channel) => this.#channel(channel)),
      correlation: a.correlation(),
      monoShare: a.monoShare(),
      silentHeadFrames: a.silentHead(),
      silentTailFrames: a.silentTail(),
      overs: a.overs(),
      overPlaces: groups(this.#places(a.overPlaces()), 3).map(([frame, channel, truePeak]) => ({
        frame: frame as number,
        channel: channel as number,
        truePeak: truePeak as number,
      })),
      bands: this.#spectrum ? this.#bands() : [],
      spreads: this.#spectrum ? this.#spreads() : [],
      history: this.#history(),
    };
  }

  delete(): void {
    this.#analysis.delete();
  }

  #channel(channel: number): ChannelFigures {
    const a = this.#analysis;
    return {
      truePeak: a.truePeak(channel),
      truePeakFrame: a.truePeakFrame(channel),
      samplePeak: a.samplePeak(channel),
      rms: a.rms(channel),
      dc: a.dc(channel),
      clippedRuns: a.clippedRuns(channel),
      clippedFrames: this.#places(a.clippedPlaces(channel)),
    };
  }

  #bands(): BandFigures[] {
    return groups(this.#places(this.#analysis.bands()), 5).map(([centreHz, left, right, cross, highest]) => ({
      centreHz: centreHz as number,
      left: left as number,
      right: right as number,
      cross: cross as number,
      highest: highest as number,
    }));
  }

  #spreads(): BandSpread[] {
    return groups(this.#places(this.#analysis.spreads()), 3).map(([fromHz, usualDb, loudDb]) => ({
      fromHz: fromHz as number,
      usualDb: usualDb as number,
      loudDb: loudDb as number,
    }));
  }

  #places(count: number): number[] {
    return [...new Float64Array(this.#module.HEAPU8.buffer, this.#analysis.placesAddress(), count)];
  }

  #history(): LoudnessHistory {
    const count = this.#analysis.moments();
    const all = new Float32Array(
      this.#module.HEAPU8.buffer,
      this.#analysis.momentsAddress(),
      figuresOfMoment * count,
    );
    const figure = (place: number) =>
      Float32Array.from({ length: count }, (_, moment) => all[figuresOfMoment * moment + place] as number);
    return {
      momentaryLufs: figure(0),
      shortTermLufs: figure(1),
      truePeak: figure(2),
      correlation: figure(3),
    };
  }
}

function groups(values: readonly number[], size: number): number[][] {
  return Array.from({ length: values.length / size }, (_, group) =>
    values.slice(size * group, size * (group + 1)),
  );
}
