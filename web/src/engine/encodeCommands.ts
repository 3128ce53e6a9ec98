import {
  clipFields,
  insertFields,
  noKey,
  opcodes,
  pointFields,
  sendFields,
  tempoFields,
} from '../generated/engineLayout';

/** Numbers that stand for a section of the strip with a key of its own. */
export const keySections = { gate: 0, compressor: 1 } as const;

/** What a lane of automation moves: a parameter of the strip or master, of an insert, or of a send (0 gain, 1 pan). */
export const laneKinds = { strip: 0, insert: 1, send: 2 } as const;

/** Where a probe listens. */
export const probeKinds = { off: -1, section: 0, insert: 1, strip: 2 } as const;
export const probeSections = { cut: 0, gate: 1, eq: 2, compressor: 3 } as const;

/**
 * Writes the engine's command stream: a flat array of `opcode, argument count, arguments...`. The same numbers go to the
 * audio thread, the render worker, Node and the native renderer.
 */
export class CommandWriter {
  #values: number[] = [];

  get empty(): boolean {
    return this.#values.length === 0;
  }

  sourceAdd(source: number, channels: 1 | 2, frames: number): void {
    this.#write(opcodes.sourceAdd, [source, channels, frames]);
  }

  sourceRemove(source: number): void {
    this.#write(opcodes.sourceRemove, [source]);
  }

  /** All tracks in their order. Those that are new are born with default parameters, those that are missing go. */
  trackList(tracks: readonly number[]): void {
    this.#write(opcodes.trackList, [tracks.length, ...tracks]);
  }

  trackParam(track: number, index: number, value: number): void {
    this.#write(opcodes.trackParam, [track, index, value]);
  }

  /** 1: every clip's source is mono (pan is constant power), 2: stereo (pan is balance). */
  trackChannels(track: number, channels: 1 | 2): void {
    this.#write(opcodes.trackChannels, [track, channels]);
  }

  /** `clips` holds `clipFields` numbers a clip: source start offset length gainDb fadeIn fadeInCurve fadeOut fadeOutCurve. */
  trackClips(track: number, clips: readonly number[]): void {
    this.#write(opcodes.trackClips, [track, clips.length / clipFields, ...clips]);
  }

  masterParam(index: number, value: number): void {
    this.#write(opcodes.masterParam, [index, value]);
  }

  loop(on: boolean, startFrame: number, endFrame: number): void {
    this.#write(opcodes.loop, [on ? 1 : 0, startFrame, endFrame]);
  }

  play(): void {
    this.#write(opcodes.play, []);
  }

  stop(): void {
    this.#write(opcodes.stop, []);
  }

  seek(frame: number): void {
    this.#write(opcodes.seek, [frame]);
  }

  /** `track` is a handle, allTracks or masterTrack. */
  resetPeaks(track: number): void {
    this.#write(opcodes.resetPeaks, [track]);
  }

  monitor(gainDb: number, dim: boolean, mono: boolean): void {
    this.#write(opcodes.monitor, [gainDb, dim ? 1 : 0, mono ? 1 : 0]);
  }

  /** `output` is a track's handle, masterTrack or referenceBus. A loop is refused. */
  trackRoute(track: number, output: number): void {
    this.#write(opcodes.trackRoute, [track, output]);
  }

  /** All sends of a track; `sends` holds `sendFields` numbers a send: bus gainDb pan pre on. */
  trackSends(track: number, sends: readonly number[]): void {
    this.#write(opcodes.trackSends, [track, sends.length / sendFields, ...sends]);
  }

  /** `section` is one of keySections; null takes the key away. */
  trackKey(track: number, section: number, key: number | null): void {
    this.#write(opcodes.trackKey, [track, section, key ?? noKey]);
  }

  /**
   * The chain of a track, the master or masteringChain in order; `inserts` holds `insertFields` numbers an insert: insert device. Those that are new
   * are born with default parameters, those that are missing go.
   */
  inserts(owner: number, inserts: readonly number[]): void {
    this.#write(opcodes.inserts, [owner, inserts.length / insertFields, ...inserts]);
  }

  insertParam(insert: number, index: number, value: number): void {
    this.#write(opcodes.insertParam, [insert, index, value]);
  }

  insertOn(insert: number, on: boolean, levelMatched: boolean): void {
    this.#write(opcodes.insertOn, [insert, on ? 1 : 0, levelMatched ? 1 : 0]);
  }

  insertKey(insert: number, key: number | null): void {
    this.#write(opcodes.insertKey, [insert, key ?? noKey]);
  }

  /**
   * The points of a lane in order of time; `points` holds `pointFields` numbers a point: frame value shape bend; none removes it.
   * `kind` is one of laneKinds, `target` 0, the insert's handle or the send's place.
   */
  automation(owner: number, kind: number, target: number, index: number, points: readonly number[]): void {
    this.#write(opcodes.automation, [owner, kind, target, index, points.length / pointFields, ...points]);
  }

  /** `changes` holds `tempoFields` numbers a change, the first at frame 0: frame quarterBpm. */
  tempoMap(changes: readonly number[]): void {
    this.#write(opcodes.tempoMap, [changes.length / tempoFields, ...changes]);
  }

  /** `kind` is one of probeKinds; `target` one of probeSections, the insert's handle, or 0. */
  probe(index: number, owner: number, kind: number, target: number): void {
    this.#write(opcodes.probe, [index, owner, kind, target]);
  }

  /** Announces a table that is then handed to the engine in slices. */
  insertTable(insert: number, floats: number): void {
    this.#write(opcodes.insertTable, [insert, floats]);
  }

  /** Whether the mastering chain is in front of the tap; what plays begins afresh where it is. */
  mastering(on: boolean): void {
    this.#write(opcodes.mastering, [on ? 1 : 0]);
  }

  /** What the ears are given: `choice` is the place of one of `auditions`. */
  audition(choice: number, gainDb: number): void {
    this.#write(opcodes.audition, [choice, gainDb]);
  }

  /** The track whose loudness is measured; null: none. */
  meterTrack(track: number | null): void {
    this.#write(opcodes.meterTrack, [track ?? noKey]);
  }

  /** Whether the loudness of what goes to the file, and of what goes into the mastering chain, is measured. */
  meterLoudness(on: boolean): void {
    this.#write(opcodes.meterLoudness, [on ? 1 : 0]);
  }

  /** What was written since the last time. */
  take(): Float64Array<ArrayBuffer> {
    const commands = Float64Array.from(this.#values);
    this.#values = [];
    return commands;
  }

  #write(opcode: number, args: readonly number[]): void {
    this.#values.push(opcode, args.length);
    for (const arg of args) this.#values.push(arg);
  }
}
