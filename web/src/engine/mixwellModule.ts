import type { CodecModule, Deletable } from './codecModule';
import type { CurvesModule } from './curves';
import type { DemoModule } from './demoModule';
import type { ImpulseModule } from './impulse';
import type { LoudnessModule } from './loudness';
import type { ProgrammeModule } from './programme';

/** The engine's classes and functions as the wasm module exports them; addresses are bytes in its memory, which never grows. */
export interface EngineModule {
  readonly HEAPU8: Uint8Array;
  readonly Engine: new (
    sampleRateHz: number,
    maxTracks: number,
    pageSlots: number,
    keepStems: boolean,
  ) => Deletable & { address(): number };
  readonly DeviceChain: new (
    sampleRateHz: number,
    sourceChannels: number,
  ) => Deletable & {
    add(deviceId: string): number;
    setParam(index: number, paramIndex: number, value: number): boolean;
    tableBuffer(floats: number): number;
    setTable(index: number): boolean;
    latencySamples(): number;
    reset(): void;
    left(): number;
    right(): number;
    process(frames: number): void;
  };
  _mixwell_command_buffer(engine: number): number;
  _mixwell_apply_commands(engine: number, count: number): number;
  _mixwell_error_at(engine: number): number;
  _mixwell_process(engine: number, frames: number): number;
  _mixwell_outputs(engine: number): number;
  _mixwell_stem(engine: number, track: number): number;
  _mixwell_telemetry(engine: number): number;
  _mixwell_levels(engine: number): number;
  _mixwell_take_requests(engine: number, maxPairs: number): number;
  _mixwell_request_buffer(engine: number): number;
  _mixwell_take_flush(engine: number): number;
  _mixwell_missing_pages(engine: number, frames: number, maxPairs: number): number;
  _mixwell_claim_page(engine: number, source: number, page: number): number;
  _mixwell_commit_page(engine: number, source: number, page: number): void;
  _mixwell_claim_table(engine: number, insert: number, floats: number): number;
  _mixwell_commit_table(engine: number, insert: number, floats: number): number;
  _mixwell_reset(engine: number): void;
}

export type MixwellModule = EngineModule &
  CodecModule &
  DemoModule &
  ImpulseModule &
  LoudnessModule &
  ProgrammeModule &
  CurvesModule;
