import { devices, masterParams, stripParams } from '../../../web/src/generated/devices';
import {
  masteringChain,
  masterTrack,
  noKey,
  opcodes,
  referenceBus,
} from '../../../web/src/generated/engineLayout';
import { findLoop } from '../../../web/src/model/routing';

interface MirrorChannel {
  inserts: number[];
  /** Points by `kind target index`. */
  lanes: Map<string, number[]>;
}

interface MirrorTrack extends MirrorChannel {
  params: number[];
  channels: number;
  clips: number[][];
  output: number;
  sends: number[][];
  keys: number[];
}

interface MirrorInsert {
  owner: number;
  device: number;
  params: number[];
  on: number[];
  key: number;
}

/** Reads a command stream as the engine does and keeps what it says: a plain picture of the engine's document. */
export class CommandMirror {
  readonly sources = new Map<number, { channels: number; frames: number }>();
  tracks = new Map<number, MirrorTrack>();
  readonly master = masterParams.map((param) => param.default as number);
  readonly masterChannel: MirrorChannel = { inserts: [], lanes: new Map() };
  readonly masteringChannel: MirrorChannel = { inserts: [], lanes: new Map() };
  mastering = 0;
  readonly inserts = new Map<number, MirrorInsert>();
  tempo: number[] = [];
  loop = [0, 0, 0];

  apply(values: Float64Array | null): void {
    if (!values) return;
    let at = 0;
    while (at < values.length) {
      const [opcode, count] = [values[at] as number, values[at + 1] as number];
      this.#command(opcode, [...values.slice(at + 2, at + 2 + count)]);
      at += 2 + count;
    }
    if (at !== values.length) throw new Error('the stream ends within a command');
  }

  /** The document without the numbers by which the engine knows it. */
  picture() {
    return {
      tracks: [...this.tracks.values()].map(
        ({ params, channels, clips, output, sends, keys, ...channel }) => ({
          params,
          channels,
          output: this.#place(output),
          sends: sends.map(([to, ...numbers]) => [this.#place(to as number), ...numbers]),
          keys: keys.map((key) => this.#place(key)),
          ...this.#channelPicture(channel),
          clips: clips.map(([source, ...numbers]) => {
            const facts = this.sources.get(source as number);
            if (!facts) throw new Error(`clip of a source that is not there (${source})`);
            return { ...facts, numbers };
          }),
        }),
      ),
      sources: [...this.sources.values()].map((source) => `${source.channels} ${source.frames}`).sort(),
      master: this.master,
      masterChannel: this.#channelPicture(this.masterChannel),
      mastering: this.mastering,
      masteringChannel: this.#channelPicture(this.masteringChannel),
      insertCount: this.inserts.size,
      tempo: this.tempo,
      loop: this.loop[0] ? this.loop : 'off',
    };
  }

  /** Where a track stands, or what stands for none; a track that is not there is a mistake. */
  #place(handle: number): number {
    if (handle === masterTrack || handle === referenceBus || handle === noKey) return handle;
    const place = [...this.tracks.keys()].indexOf(handle);
    if (place < 0) throw new Error(`a way to track ${handle}, which is not there`);
    return place;
  }

  #channelPicture({ inserts, lanes }: MirrorChannel) {
    return {
      inserts: inserts.map((handle) => {
        const { device, params, on, key } = this.#insert(handle);
        return { device, params, on, key: this.#place(key) };
      }),
      lanes: [...lanes]
        .map(([key, points]) => {
          const [kind, target, index] = key.split(' ').map(Number);
          const place = kind === 1 ? inserts.indexOf(target as number) : target;
          if (place === -1) throw new Error(`a lane of insert ${target}, which is not there`);
          return `${kind} ${place} ${index}: ${points.join(' ')}`;
        })
        .sort(),
    };
  }

  #insert(handle: number): MirrorInsert {
    const insert = this.inserts.get(handle);
    if (!insert) throw new Error(`unknown insert ${handle}`);
    return insert;
  }

  #channel(handle: number): MirrorChannel {
    const channel = this.#channelAt(handle);
    if (!channel) throw new Error(`unknown track ${handle}`);
    return channel;
  }

  #channelAt(handle: number): MirrorChannel | undefined {
    if (handle === masterTrack) return this.masterChannel;
    return handle === masteringChain ? this.masteringChannel : this.tracks.get(handle);
  }

  /** Inserts that their owners do not have any more, and ways to tracks that have gone, end as in the engine. */
  #drop(): void {
    for (const [handle, { owner }] of [...this.inserts]) {
      const channel = this.#channelAt(owner);
      if (channel?.inserts.includes(handle)) continue;
      this.inserts.delete(handle);
      for (const key of [...(channel?.lanes.keys() ?? [])]) {
        if (key.startsWith(`1 ${handle} `)) channel?.lanes.delete(key);
      }
    }
    const gone = (handle: number): boolean => handle >= 0 && !this.tracks.has(handle);
    for (const track of this.tracks.values()) {
      if (gone(track.output)) track.output = masterTrack;
      track.sends = track.sends.filter(([to]) => !gone(to as number));
      track.keys = track.keys.map((key) => (gone(key) ? noKey : key));
    }
    for (const insert of this.inserts.values()) if (gone(insert.key)) insert.key = noKey;
  }

  /** The engine refuses a loop after each single command. */
  #requireNoLoop(): void {
    const id = (handle: number): string | null => (handle < 0 ? null : String(handle));
    const loop = findLoop(
      [...this.tracks].map(([handle, { output, sends, keys, inserts }]) => ({
        id: String(handle),
        outputId: id(output),
        sends: sends.map(([to]) => ({ id: '', toId: String(to), gainDb: 0, pan: 0, pre: false, on: true })),
        inserts: inserts.map((insert) => ({ keyId: id(this.#insert(insert).key) }) as never),
        gateKeyId: id(keys[0] as number),
        compressorKeyId: id(keys[1] as number),
      })),
    );
    if (loop) throw new Error(`a loop: ${loop.join(' ')}`);
  }

  #routing(opcode: number, args: number[]): boolean {
    const [a = 0, b = 0, c = 0, d = 0] = args;
    const track = () => {
      const found = this.tracks.get(a);
      if (!found) throw new Error(`unknown track ${a}`);
      return found;
    };
    const known = (handle: number): number => {
      this.#place(handle);
      return handle;
    };
    switch (opcode) {
      case opcodes.trackRoute:
        track().output = known(b);
        this.#requireNoLoop();
        return true;
      case opcodes.trackSends:
        track().sends = Array.from({ length: b }, (_, n) => args.slice(2 + 5 * n, 7 + 5 * n));
        for (const [to] of track().sends) known(to as number);
        this.#requireNoLoop();
        return true;
      case opcodes.trackKey:
        track().keys[b] = known(c);
        this.#requireNoLoop();
        return true;
      case opcodes.inserts: {
        const chain = Array.from({ length: b }, (_, n) => args.slice(2 + 2 * n, 4 + 2 * n));
        for (const [handle = 0, device = 0] of chain) {
          const insert = this.inserts.get(handle);
          if (insert && (insert.owner !== a || insert.device !== device)) {
            throw new Error(`insert ${handle} is taken`);
          }
          const params = (devices[device]?.params ?? []).map((param) => param.default);
          if (!insert) this.inserts.set(handle, { owner: a, device, params, on: [1, 0], key: noKey });
        }
        this.#channel(a).inserts = chain.map(([handle]) => handle as number);
        this.#drop();
        return true;
      }
      case opcodes.insertParam:
        this.#insert(a).params[b] = c;
        return true;
      case opcodes.insertOn:
        this.#insert(a).on = [b, c];
        return true;
      case opcodes.insertKey:
        if (this.#insert(a).owner === masteringChain) throw new Error('a key in the mastering chain');
        this.#insert(a).key = known(b);
        this.#requireNoLoop();
        return true;
      case opcodes.automation: {
        const { lanes } = this.#channel(a);
        if (b === 1 && this.#insert(c).owner !== a) throw new Error(`insert ${c} is another's`);
        const key = `${b} ${c} ${d}`;
        if (args[4] === 0) lanes.delete(key);
        else lanes.set(key, args.slice(5));
        return true;
      }
      case opcodes.tempoMap:
        this.tempo = args.slice(1);
        return true;
      default:
        return false;
    }
  }

  #command(opcode: number, args: number[]): void {
    if (this.#routing(opcode, args)) return;
    const [a = 0, b = 0, c = 0] = args;
    const track = () => {
      const found = this.tracks.get(a);
      if (!found) throw new Error(`unknown track ${a}`);
      return found;
    };
    switch (opcode) {
      case opcodes.sourceAdd:
        if (this.sources.has(a)) throw new Error(`source ${a} is taken`);
        this.sources.set(a, { channels: b, frames: c });
        return;
      case opcodes.sourceRemove:
        if (!this.sources.delete(a)) throw new Error(`unknown source ${a}`);
        return;
      case opcodes.trackList: {
        const newborn = (): MirrorTrack => ({
          params: stripParams.map((param) => param.default),
          channels: 2,
          clips: [],
          output: masterTrack,
          sends: [],
          keys: [noKey, noKey],
          inserts: [],
          lanes: new Map(),
        });
        this.tracks = new Map(args.slice(1).map((id) => [id, this.tracks.get(id) ?? newborn()]));
        this.#drop();
        return;
      }
      case opcodes.trackParam:
        track().params[b] = c;
        return;
      case opcodes.trackChannels:
        track().channels = b;
        return;
      case opcodes.trackClips:
        track().clips = Array.from({ length: b }, (_, clip) => args.slice(2 + 9 * clip, 11 + 9 * clip));
        return;
      case opcodes.masterParam:
        this.master[a] = b;
        return;
      case opcodes.mastering:
        this.mastering = a;
        return;
      case opcodes.loop:
        this.loop = args;
        return;
      default:
        throw new Error(`opcode ${opcode} is none of the document`);
    }
  }
}
