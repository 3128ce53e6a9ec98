import {
  commandCapacity,
  commandErrors,
  levelFloats,
  maxTracks,
  outputOffsets,
  pageFloats,
  probeCount,
  probeFloats,
  probeReadouts,
  probeReadoutsOffset,
  quantumFrames,
  requestCapacity,
  telemetryNumbers,
} from '../generated/engineLayout';
import type { EngineModule } from './mixwellModule';

export interface EngineOptions {
  readonly sampleRateHz: number;
  /** Pages of sound that the engine can hold, 32 KiB each; at least two for each clip that sounds at once. */
  readonly pageSlots: number;
  /** Whether the parts of single tracks can be asked for after each quantum. */
  readonly keepStems?: boolean;
}

/** The engine refused a command: a fault of the program, not of the person. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/** What a probe saw of the last quantum. */
export interface HostProbe {
  /** See probeOffsets of the engine's layout. */
  readonly sound: Float32Array;
  readonly readouts: Float32Array;
}

/**
 * One engine in a module's memory, with views of its buffers that are made once. Belongs to the thread that made it.
 * process() and what it needs make no garbage.
 */
export class EngineHost {
  /** What goes to the ears, of the last quantum. */
  readonly monitorLeft: Float32Array;
  readonly monitorRight: Float32Array;
  /** The mix, of the last quantum; sound only where process() advanced. */
  readonly tapLeft: Float32Array;
  readonly tapRight: Float32Array;
  /** What stem() filled. */
  readonly stemLeft: Float32Array;
  readonly stemRight: Float32Array;
  /** See telemetryFields of the engine's layout. */
  readonly telemetry: Float64Array;
  /** Master, then tracks in order, levelFloats numbers each. */
  readonly levels: Float32Array;
  readonly probes: readonly HostProbe[];
  /** Pairs source handle, page index, as takeRequests() and missingPages() left them. */
  readonly requests: Int32Array;

  readonly #module: EngineModule;
  readonly #engine: InstanceType<EngineModule['Engine']>;
  readonly #address: number;
  readonly #commands: Float64Array;
  readonly #memory: Float32Array;

  constructor(module: EngineModule, options: EngineOptions) {
    this.#module = module;
    this.#engine = new module.Engine(
      options.sampleRateHz,
      maxTracks,
      options.pageSlots,
      options.keepStems ?? false,
    );
    const address = this.#engine.address();
    this.#address = address;
    const { buffer } = module.HEAPU8;
    const outputs = module._mixwell_outputs(address);
    const view = (offset: number, floats: number) => new Float32Array(buffer, outputs + 4 * offset, floats);
    const output = (offset: number) => view(offset, quantumFrames);
    this.monitorLeft = output(outputOffsets.monitorLeft);
    this.monitorRight = output(outputOffsets.monitorRight);
    this.tapLeft = output(outputOffsets.tapLeft);
    this.tapRight = output(outputOffsets.tapRight);
    this.stemLeft = output(outputOffsets.stemLeft);
    this.stemRight = output(outputOffsets.stemRight);
    this.probes = Array.from({ length: probeCount }, (_, index) => ({
      sound: view(outputOffsets.probes + index * probeFloats, probeFloats),
      readouts: view(probeReadoutsOffset + index * probeReadouts, probeReadouts),
    }));
    this.telemetry = new Float64Array(buffer, module._mixwell_telemetry(address), telemetryNumbers);
    this.levels = new Float32Array(buffer, module._mixwell_levels(address), levelFloats * (1 + maxTracks));
    this.requests = new Int32Array(buffer, module._mixwell_request_buffer(address), 2 * requestCapacity);
    this.#commands = new Float64Array(buffer, module._mixwell_command_buffer(address), commandCapacity);
    this.#memory = new Float32Array(buffer);
  }

  /** Takes a command stream of any length; it takes effect at the next process(). Throws a CommandError when all is applied. */
  apply(values: Float64Array): void {
    let refused: string | null = null;
    let start = 0;
    while (start < values.length) {
      let end = start;
      while (end < values.length) {
        const next = end + 2 + (values[end + 1] ?? 0);
        if (next - start > commandCapacity) break;
        end = next;
      }
      if (end === start) throw new CommandError('A command is too long for the engine.');
      this.#commands.set(start === 0 && end === values.length ? values : values.subarray(start, end));
      const code = this.#module._mixwell_apply_commands(this.#address, end - start);
      if (code !== 0 && refused === null) {
        const at = start + this.#module._mixwell_error_at(this.#address);
        refused = `${commandErrors[code] ?? code} at ${at}: ${values.slice(at, at + 8).join(' ')}`;
      }
      start = end;
    }
    if (refused !== null) throw new CommandError(`The engine refused a command (${refused}).`);
  }

  /** Runs 1 to quantumFrames frames; returns by how many the transport advanced: all or none. */
  process(frames: number): number {
    return this.#module._mixwell_process(this.#address, frames);
  }

  /** Fills stemLeft and stemRight with a track's part of the last quantum. */
  stem(track: number): boolean {
    return this.#module._mixwell_stem(this.#address, track) !== 0;
  }

  /** Moves requests, most urgent first, to `requests`; returns how many pairs. */
  takeRequests(maxPairs: number): number {
    return this.#module._mixwell_take_requests(this.#address, Math.min(maxPairs, requestCapacity));
  }

  /** True once after a seek made all that was asked for stale. Comes before takeRequests(). */
  takeFlush(): boolean {
    return this.#module._mixwell_take_flush(this.#address) !== 0;
  }

  /** Writes to `requests` what the next frames still lack; returns how many pairs. */
  missingPages(frames: number): number {
    return this.#module._mixwell_missing_pages(this.#address, frames, requestCapacity);
  }

  /** Hands a page over (mono: its left half); false when it is not wanted. */
  supply(source: number, page: number, samples: Float32Array): boolean {
    const at = this.#module._mixwell_claim_page(this.#address, source, page);
    if (at === 0) return false;
    this.#memory.set(samples.length > pageFloats ? samples.subarray(0, pageFloats) : samples, at >> 2);
    this.#module._mixwell_commit_page(this.#address, source, page);
    return true;
  }

  /** Makes the devices that commands have brought, which the next process() does as well. For when nothing plays. */
  makeDevices(): void {
    this.#module._mixwell_missing_pages(this.#address, 0, 0);
  }

  /**
   * Copies the floats from `from` to `to` of a table; with its last one the insert has it. False where the insert does not take
   * it now, or is gone: then all of it is to be copied another time.
   */
  copyTable(insert: number, table: Float32Array, from: number, to: number): boolean {
    const at = this.#module._mixwell_claim_table(this.#address, insert, table.length) >> 2;
    if (at === 0) return false;
    for (let float = from; float < to; float++) this.#memory[at + float] = table[float] as number;
    if (to === table.length) this.#module._mixwell_commit_table(this.#address, insert, table.length);
    return true;
  }

  /** Stops at frame 0 and forgets all sound; tracks and parameters stay. */
  reset(): void {
    this.#module._mixwell_reset(this.#address);
  }

  delete(): void {
    this.#engine.delete();
  }
}
