/** Planar floats in the module's memory: channel c starts at byte `pointer + 4 * c * stride`. */
export interface PlanarBlock {
  readonly pointer: number;
  readonly stride: number;
  readonly frames: number;
}

/** An object of the module; its memory is its own until delete(). */
export interface Deletable {
  delete(): void;
}

/** What a header says; frames are those that are really there. */
export interface HeaderFacts {
  description: string;
  encoding: number;
  bytesPerSample: number;
  bigEndian: boolean;
  sampleRateHz: number;
  channels: number;
  bits: number;
  dataOffset: number;
  frames: number;
  promisedFrames: number;
  truncated: boolean;
}

/** The classes of wasm/bind_codec.cpp. */
export interface CodecModule {
  readonly HEAPU8: Uint8Array;
  readonly PlanarMemory: new (channels: number, maxFrames: number) => Deletable & { address(): number };
  readonly HeaderReader: new (
    fileBytes: number,
  ) => Deletable & {
    state(): number;
    neededOffset(): number;
    neededBytes(): number;
    window(): number;
    supply(bytes: number): void;
    error(): string;
    facts(): HeaderFacts;
  };
  readonly PcmConverter: new (
    encoding: number,
    bytesPerSample: number,
    bigEndian: boolean,
    channels: number,
    maxFrames: number,
  ) => Deletable & {
    input(): number;
    output(): number;
    convert(frames: number): void;
    nanCount(): number;
    infiniteCount(): number;
  };
  readonly RateConverter: new (
    fromHz: number,
    toHz: number,
    channels: number,
    maxFrames: number,
  ) => Deletable & {
    output(): number;
    push(address: number, stride: number, frames: number): number;
    finish(): void;
    pull(): number;
  };
  readonly PeaksBuilder: new (
    channels: number,
    expectedFrames: number,
  ) => Deletable & {
    add(address: number, stride: number, frames: number): void;
    finish(): number;
    blob(): number;
  };
  readonly WavEncoder: new (
    sampleRateHz: number,
    channels: number,
    format: number,
    dither: number,
    seed: number,
    maxFrames: number,
  ) => Deletable & {
    headerBytes(): number;
    header(frames: number): number;
    trailerBytes(frames: number): number;
    encode(address: number, stride: number, frames: number): number;
    output(): number;
    clippedSamples(): number;
    nonFiniteSamples(): number;
  };
}
