import type { ProbeRings } from '../audio-thread/probeRings';
import { probeHistoryFrames } from '../audio-thread/probeRings';
import { CommandWriter, probeKinds, probeSections } from '../engine/encodeCommands';
import { masteringChain, masterTrack, probeCount, probeReadouts } from '../generated/engineLayout';
import { masterId, masteringId } from '../model/types';
import type { AudioSession, Stream } from './audioSession';
import type { Probe, ProbeFrame, ProbePlace, StudioProbes } from './probeTypes';

/** Owners that are no tracks. */
const busses: ReadonlyMap<string, number> = new Map([
  [masterId, masterTrack],
  [masteringId, masteringChain],
]);

/** Sound that has not moved for so long has ended. */
const restMs = 120;

type Session = Pick<AudioSession<Stream>, 'probes' | 'trackHandle' | 'insertHandle' | 'send' | 'watch'>;

/** The engine's eight probes, lent to those who ask. */
export function createProbes(session: Session): StudioProbes {
  const taken = new Array<boolean>(probeCount).fill(false);
  return {
    open(ownerId, place) {
      const index = taken.indexOf(false);
      if (index < 0) return null;
      taken[index] = true;
      return new EngineProbe(session, index, ownerId, place, () => {
        taken[index] = false;
      });
    },
  };
}

/** Tells the engine where to listen as soon as both the engine and the place are there, and again when one of them is another. */
class EngineProbe implements Probe {
  readonly #session: Session;
  readonly #index: number;
  readonly #ownerId: string;
  readonly #place: ProbePlace;
  readonly #giveBack: () => void;
  readonly #sounds = Array.from({ length: 6 }, () => new Float32Array(probeHistoryFrames));
  readonly #frame: ProbeFrame;
  #rings: ProbeRings | null = null;
  #owner: number | undefined;
  #target: number | undefined;
  #since = 0;
  #count = 0;
  #movedAt = 0;
  #open = true;

  constructor(session: Session, index: number, ownerId: string, place: ProbePlace, giveBack: () => void) {
    this.#session = session;
    this.#index = index;
    this.#ownerId = ownerId;
    this.#place = place;
    this.#giveBack = giveBack;
    const [inLeft, inRight, outLeft, outRight, keyLeft, keyRight] = this.#sounds as [
      Float32Array,
      Float32Array,
      Float32Array,
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    const readouts = new Float32Array(probeReadouts);
    this.#frame = { inLeft, inRight, outLeft, outRight, keyLeft, keyRight, readouts };
  }

  read(): ProbeFrame | null {
    if (!this.#open || !this.#listens()) return null;
    const rings = this.#rings;
    if (!rings) return null;
    const count = rings.count(this.#index);
    const now = performance.now();
    if (count === this.#count)
      return count !== this.#since && now - this.#movedAt < restMs ? this.#frame : null;
    this.#count = count;
    this.#movedAt = now;
    for (let sound = 0; sound < this.#sounds.length; sound++) {
      rings.read(this.#index, sound, count, this.#since, this.#sounds[sound] as Float32Array);
    }
    rings.readReadouts(this.#index, this.#frame.readouts);
    return this.#frame;
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    if (this.#rings && this.#rings === this.#session.probes) {
      this.#session.watch(this.#index, false);
      this.#command(masterTrack, probeKinds.off, 0);
    }
    this.#giveBack();
  }

  #listens(): boolean {
    const { probes } = this.#session;
    const owner = busses.get(this.#ownerId) ?? this.#session.trackHandle(this.#ownerId);
    const target = this.#targetNumber();
    if (!probes || owner === undefined || target === undefined) return false;
    if (probes === this.#rings && owner === this.#owner && target === this.#target) return true;
    this.#rings = probes;
    this.#owner = owner;
    this.#target = target;
    this.#since = this.#count = probes.count(this.#index);
    this.#command(owner, probeKinds[this.#place.kind], target);
    this.#session.watch(this.#index, true);
    return true;
  }

  #targetNumber(): number | undefined {
    const place = this.#place;
    if (place.kind === 'insert') return this.#session.insertHandle(place.insertId);
    return place.kind === 'section' ? probeSections[place.section] : 0;
  }

  #command(owner: number, kind: number, target: number): void {
    const out = new CommandWriter();
    out.probe(this.#index, owner, kind, target);
    this.#session.send(out);
  }
}
