import { masterParams, stripParams } from '../../../web/src/generated/devices';
import { opcodes } from '../../../web/src/generated/engineLayout';

interface MirrorTrack {
  params: number[];
  channels: number;
  clips: number[][];
}

/** Reads a command stream as the engine does and keeps what it says: a plain picture of the engine's document. */
export class CommandMirror {
  readonly sources = new Map<number, { channels: number; frames: number }>();
  tracks = new Map<number, MirrorTrack>();
  readonly master = masterParams.map((param) => param.default as number);
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
      tracks: [...this.tracks.values()].map(({ params, channels, clips }) => ({
        params,
        channels,
        clips: clips.map(([source, ...numbers]) => {
          const facts = this.sources.get(source as number);
          if (!facts) throw new Error(`clip of a source that is not there (${source})`);
          return { ...facts, numbers };
        }),
      })),
      sources: [...this.sources.values()].map((source) => `${source.channels} ${source.frames}`).sort(),
      master: this.master,
      loop: this.loop[0] ? this.loop : 'off',
    };
  }

  #command(opcode: number, args: number[]): void {
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
        const newborn = () => ({ params: stripParams.map((param) => param.default), channels: 2, clips: [] });
        this.tracks = new Map(args.slice(1).map((id) => [id, this.tracks.get(id) ?? newborn()]));
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
      case opcodes.loop:
        this.loop = args;
        return;
      default:
        throw new Error(`opcode ${opcode} is none of the document`);
    }
  }
}
