import { warmUp } from '../../web/src/audio-thread/warmUp';
import { CommandWriter } from '../../web/src/engine/encodeCommands';
import { EngineHost } from '../../web/src/engine/engineHost';
import type { MixwellModule } from '../../web/src/engine/mixwellModule';
import { devices } from '../../web/src/generated/devices';
import { pageFloats, quantumFrames } from '../../web/src/generated/engineLayout';
import { sampleRateHz, stripSession } from './session';
import { noise, timingOf } from './timing';

/** Quanta that have more to do than others. */
export interface ChangeTimes {
  /** Of a fresh module, as the audio thread does it before the first sound. */
  readonly warmUpMs: number;
  /** The longest quantum of each change, in microseconds. */
  readonly worst: Record<string, number>;
}

/** Each change is made so often; the quickest counts, since the machine has other work, too. */
const rounds = 5;
/** Quanta that a change is watched for: fades are over by then, and devices are made. */
const watchedQuanta = 40;

class Player {
  readonly #engine: EngineHost;
  readonly #page = noise(pageFloats, 1);

  constructor(module: MixwellModule, tracks: number) {
    const session = stripSession(tracks);
    this.#engine = new EngineHost(module, { sampleRateHz, pageSlots: 12 * tracks + 64 });
    this.#engine.apply(session.commands);
    this.run(500);
  }

  /** The longest of so many quanta, in microseconds; what they play is there before each. */
  run(quanta: number): number {
    let longest = 0;
    for (let quantum = 0; quantum < quanta; quantum++) {
      const pairs = this.#engine.missingPages(2 * quantumFrames);
      for (let pair = 0; pair < pairs; pair++) {
        const [source = 0, page = 0] = this.#engine.requests.subarray(2 * pair, 2 * pair + 2);
        this.#engine.supply(source, page, this.#page);
      }
      const begin = performance.now();
      this.#engine.process(quantumFrames);
      longest = Math.max(longest, (performance.now() - begin) * 1000);
    }
    return longest;
  }

  /** The longest quantum of a change, the commands themselves counted to the first. */
  change(write: (out: CommandWriter) => void): number {
    const out = new CommandWriter();
    write(out);
    const commands = out.take();
    const begin = performance.now();
    this.#engine.apply(commands);
    const applied = (performance.now() - begin) * 1000;
    return Math.max(applied + this.run(1), this.run(watchedQuanta));
  }

  delete(): void {
    this.#engine.delete();
  }
}

export function timeChanges(fresh: MixwellModule): ChangeTimes {
  const begin = performance.now();
  warmUp(fresh, sampleRateHz);
  const warmUpMs = performance.now() - begin;
  const worst: Record<string, number> = {};
  const note = (name: string, longest: readonly number[]) => {
    worst[name] = Math.min(...longest);
  };
  const times = (make: (round: number) => number) =>
    Array.from({ length: rounds }, (_, round) => make(round));

  const full = new Player(fresh, 128);
  note(
    '128 strips play on',
    times(() => full.run(watchedQuanta)),
  );
  note(
    '128 strips start',
    times(() => {
      full.change((out) => out.stop());
      return full.change((out) => out.play());
    }),
  );
  note(
    '128 strips seek',
    times((round) => full.change((out) => out.seek(1000000 * (round + 1)))),
  );
  full.delete();

  const half = new Player(fresh, 32);
  const added = devices.map((device, index) => ({
    device: device.id,
    longest: Math.min(
      ...times(() => {
        const longest = half.change((out) => out.inserts(1, [1, index]));
        half.change((out) => out.inserts(1, []));
        return longest;
      }),
    ),
  }));
  const dearest = added.reduce((one, other) => (other.longest > one.longest ? other : one));
  note(
    '32 strips play on',
    times(() => half.run(watchedQuanta)),
  );
  note('32 strips play, any device is added', [timingOf(added.map(({ longest }) => longest)).median]);
  note(`32 strips play, the dearest (${dearest.device}) is added`, [dearest.longest]);
  half.delete();
  return { warmUpMs, worst };
}
