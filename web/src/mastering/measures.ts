import { amplitudeDb, powerDb } from './decibels';

/** What the engine's analysis gives of one channel; linear. */
interface ChannelLevels {
  readonly truePeak: number;
  readonly truePeakFrame: number;
  readonly samplePeak: number;
  readonly rms: number;
  readonly dc: number;
  readonly clippedRuns: number;
  readonly clippedFrames: readonly number[];
}

/** Mean squares of a third octave in left and right, and the mean product of both. */
export interface BandPower {
  readonly centreHz: number;
  readonly left: number;
  readonly right: number;
  readonly cross: number;
}

export interface ProgrammeBand extends BandPower {
  /** Of both sides together, in the third of a second that has most of it. */
  readonly highest: number;
}

/** How the level of a wide band varies from one third of a second to the next; -Infinity where nothing sounds. */
export interface BandSpread {
  readonly fromHz: number;
  /** In dB, both sides together: a full-scale sine in both has 0. Half of the time it is louder. */
  readonly usualDb: number;
  /** One twentieth of the time it is louder. */
  readonly loudDb: number;
}

/** Everything that the engine's analysis says of a whole programme. */
export interface Programme {
  readonly sampleRateHz: number;
  readonly frames: number;
  /** -Infinity for silence, and for less sound than a measure needs. */
  readonly integratedLufs: number;
  readonly loudnessRangeLu: number;
  readonly maxMomentaryLufs: number;
  readonly maxShortTermLufs: number;
  readonly channels: readonly ChannelLevels[];
  readonly correlation: number;
  readonly monoShare: number;
  readonly silentHeadFrames: number;
  readonly silentTailFrames: number;
  readonly overs: number;
  readonly overPlaces: readonly {
    readonly frame: number;
    readonly channel: number;
    readonly truePeak: number;
  }[];
  readonly bands: readonly ProgrammeBand[];
  readonly spreads: readonly BandSpread[];
  /** One value for each 100 ms. */
  readonly history: {
    readonly momentaryLufs: Float32Array;
    readonly shortTermLufs: Float32Array;
    readonly truePeak: Float32Array;
    readonly correlation: Float32Array;
  };
}

/** The figures of a file as `mixwell measure` and reports give them. Null stands for minus infinity, and for what can't be told. */
export interface Measures {
  readonly sampleRate: number;
  readonly channels: number;
  readonly frames: number;
  readonly seconds: number;
  readonly integratedLufs: number | null;
  readonly loudnessRangeLu: number | null;
  readonly maxMomentaryLufs: number | null;
  readonly maxShortTermLufs: number | null;
  readonly truePeakDbtp: number | null;
  /** Where the true peak is. */
  readonly truePeakSeconds: number | null;
  readonly samplePeakDbfs: number | null;
  readonly rmsDbfs: number | null;
  /** Peak to loudness ratio: true peak less integrated loudness. */
  readonly plrLu: number | null;
  /** Peak to short-term loudness ratio at its lowest: the true peak of 3 s less their loudness. */
  readonly psrLu: number | null;
  /** Peak to RMS. */
  readonly crestDb: number | null;
  /** Of left and right, -1 to 1. */
  readonly correlation: number;
  /** The lowest of any second. */
  readonly leastCorrelation: number | null;
  /** How much softer left and right are when added up: 0 where they are equal, 3 where they have nothing in common. */
  readonly monoLossDb: number | null;
  /** The largest of the channels; linear and in dB below full scale. */
  readonly dcOffset: number;
  readonly dcDbfs: number | null;
  /** Stretches of at least three samples at a peak that is near full scale. */
  readonly clippedRuns: number;
  readonly clippedSeconds: readonly number[];
  /** Tenths of a second, by channel, whose true peak passes full scale. */
  readonly truePeakOvers: number;
  readonly truePeakOverSeconds: readonly number[];
  /** Under -70 dBFS at both ends. */
  readonly silentHeadSeconds: number;
  readonly silentTailSeconds: number;
  /** True peak of the last tenth of a second. */
  readonly endPeakDbtp: number | null;
  /** True peak of the last tenth of a second with sound in it, wherever silence begins. */
  readonly soundEndDbtp: number | null;
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

export function measuresOf(programme: Programme): Measures {
  const { sampleRateHz, frames, channels, history } = programme;
  const highest = (of: (channel: ChannelLevels) => number) => Math.max(0, ...channels.map(of));
  const truePeak = highest((channel) => channel.truePeak);
  const peakChannel = channels.find((channel) => channel.truePeak === truePeak);
  const samplePeak = highest((channel) => channel.samplePeak);
  const rms = Math.sqrt(channels.reduce((sum, { rms: each }) => sum + each ** 2, 0) / channels.length);
  const dcOffset = channels.reduce((most, { dc }) => (Math.abs(dc) > Math.abs(most) ? dc : most), 0);
  const seconds = (frame: number) => frame / sampleRateHz;
  const integratedLufs = finite(programme.integratedLufs);
  const truePeakDbtp = finite(amplitudeDb(truePeak));
  const clipped = channels.flatMap(({ clippedFrames }) => clippedFrames).sort((a, b) => a - b);
  return {
    sampleRate: sampleRateHz,
    channels: channels.length,
    frames,
    seconds: seconds(frames),
    integratedLufs,
    loudnessRangeLu: finite(programme.loudnessRangeLu),
    maxMomentaryLufs: finite(programme.maxMomentaryLufs),
    maxShortTermLufs: finite(programme.maxShortTermLufs),
    truePeakDbtp,
    truePeakSeconds: truePeak > 0 && peakChannel ? seconds(peakChannel.truePeakFrame) : null,
    samplePeakDbfs: finite(amplitudeDb(samplePeak)),
    rmsDbfs: finite(amplitudeDb(rms)),
    plrLu: truePeakDbtp === null || integratedLufs === null ? null : truePeakDbtp - integratedLufs,
    psrLu: lowestPsr(history),
    crestDb: rms > 0 ? amplitudeDb(samplePeak / rms) : null,
    correlation: programme.correlation,
    leastCorrelation: leastOfASecond(history),
    monoLossDb: finite(-powerDb(programme.monoShare)),
    dcOffset,
    dcDbfs: finite(amplitudeDb(Math.abs(dcOffset))),
    clippedRuns: channels.reduce((sum, { clippedRuns }) => sum + clippedRuns, 0),
    clippedSeconds: [...new Set(clipped)].slice(0, 32).map(seconds),
    truePeakOvers: programme.overs,
    truePeakOverSeconds: programme.overPlaces.map(({ frame }) => seconds(frame)),
    silentHeadSeconds: seconds(programme.silentHeadFrames),
    silentTailSeconds: seconds(programme.silentTailFrames),
    endPeakDbtp: finite(amplitudeDb(history.truePeak.at(-1) ?? 0)),
    soundEndDbtp: finite(amplitudeDb(soundEnd(programme))),
  };
}

const momentsASecond = 10;
/** Where the sound takes up less of its last moment, that says too little: the one before counts too. */
const leastShare = 0.2;

function soundEnd({ sampleRateHz, frames, silentTailFrames, history: { truePeak } }: Programme): number {
  const moments = (momentsASecond * (frames - silentTailFrames)) / sampleRateHz;
  const last = Math.ceil(moments) - 1;
  const first = moments - last < leastShare ? last - 1 : last;
  return Math.max(truePeak[first] ?? 0, truePeak[last] ?? 0);
}

const momentsOfShortTerm = 30;
const gateLufs = -70;

/** Over all places where 3 s have passed and something sounds. */
function lowestPsr({ shortTermLufs, truePeak }: Programme['history']): number | null {
  let lowest: number | null = null;
  for (let moment = momentsOfShortTerm - 1; moment < shortTermLufs.length; moment++) {
    const loudness = shortTermLufs[moment] as number;
    if (!(loudness > gateLufs)) continue;
    let peak = 0;
    for (let at = moment - momentsOfShortTerm + 1; at <= moment; at++)
      peak = Math.max(peak, truePeak[at] ?? 0);
    const ratio = amplitudeDb(peak) - loudness;
    if (lowest === null || ratio < lowest) lowest = ratio;
  }
  return lowest;
}

function leastOfASecond({ correlation, truePeak }: Programme['history']): number | null {
  let least: number | null = null;
  for (let first = 0; first + momentsASecond <= correlation.length; first++) {
    let sum = 0;
    let sounding = 0;
    for (let at = first; at < first + momentsASecond; at++) {
      if (!(amplitudeDb(truePeak[at] ?? 0) > gateLufs)) continue;
      sum += correlation[at] as number;
      sounding++;
    }
    if (sounding === 0) continue;
    const mean = sum / sounding;
    if (least === null || mean < least) least = mean;
  }
  return least;
}
