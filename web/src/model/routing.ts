import { laneRange } from './automation';
import { sameItems } from './equal';
import type { AudioSource, Id, Insert, Master, Mastering, Track } from './types';
import { builtinImpulsePrefix } from './types';

/** A way on which sound, or a key, goes from one track to another. */
interface Edge {
  readonly from: Id;
  readonly to: Id;
}

type Routed = Pick<Track, 'id' | 'outputId' | 'sends' | 'inserts' | 'gateKeyId' | 'compressorKeyId'>;

/** Where a track's sound goes besides the master: its output, its sends (those that are off too). */
function waysOut(track: Routed): Id[] {
  const sends = track.sends.map(({ toId }) => toId);
  return track.outputId === null ? sends : [track.outputId, ...sends];
}

/** The tracks that steer something in this one. */
function keysOf({ gateKeyId, compressorKeyId, inserts }: Routed): Id[] {
  return [gateKeyId, compressorKeyId, ...inserts.map(({ keyId }) => keyId)].filter((id) => id !== null);
}

function edgesOf(tracks: readonly Routed[]): Edge[] {
  return tracks.flatMap((track) => [
    ...waysOut(track).map((to) => ({ from: track.id, to })),
    ...keysOf(track).map((from) => ({ from, to: track.id })),
  ]);
}

/** The ways of sound through a list of tracks. */
export class Wiring {
  readonly #next = new Map<Id, Id[]>();

  constructor(tracks: readonly Routed[] = []) {
    for (const { from, to } of edgesOf(tracks)) this.add(from, to);
  }

  add(from: Id, to: Id): void {
    const next = this.#next.get(from);
    if (next) next.push(to);
    else this.#next.set(from, [to]);
  }

  /** The tracks on a way from one to another, both included; null where there is none. */
  path(from: Id, to: Id): Id[] | null {
    const cameFrom = new Map<Id, Id | null>([[from, null]]);
    const waiting = [from];
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      if (id === to) {
        const path: Id[] = [];
        for (let at: Id | null = id; at !== null; at = cameFrom.get(at) ?? null) path.unshift(at);
        return path;
      }
      for (const next of this.#next.get(id) ?? []) {
        if (cameFrom.has(next)) continue;
        cameFrom.set(next, id);
        waiting.push(next);
      }
    }
    return null;
  }

  /** A way from one to the other would close a loop. */
  wouldLoop(from: Id, to: Id): boolean {
    return this.path(to, from) !== null;
  }
}

/** The tracks of a loop in their order, the first one again at the end; null where there is none. */
export function findLoop(tracks: readonly Routed[]): Id[] | null {
  const next = new Map<Id, Id[]>();
  const open = new Map<Id, number>();
  for (const { from, to } of edgesOf(tracks)) {
    const ways = next.get(from);
    if (ways) ways.push(to);
    else next.set(from, [to]);
    open.set(to, (open.get(to) ?? 0) + 1);
  }
  if (next.size === 0) return null;
  const free = tracks.map(({ id }) => id).filter((id) => !open.get(id));
  let seen = 0;
  for (let id = free.pop(); id !== undefined; id = free.pop()) {
    seen++;
    for (const to of next.get(id) ?? []) {
      const left = (open.get(to) ?? 0) - 1;
      open.set(to, left);
      if (left === 0) free.push(to);
    }
  }
  if (seen === tracks.length) return null;
  const wiring = new Wiring(tracks);
  for (const { from, to } of edgesOf(tracks)) {
    const back = wiring.path(to, from);
    if (back) return [from, ...back];
  }
  return null;
}

/**
 * The tracks with no way to a track that is gone: what went there goes to the master, sends and keys end. Tracks and
 * lists that were sound already stay the same objects.
 */
export function withoutDangling(
  tracks: readonly Track[],
  sources: Readonly<Record<string, AudioSource>>,
): readonly Track[] {
  const ids = new Set(tracks.map(({ id }) => id));
  const known = (id: Id | null): Id | null => (id !== null && ids.has(id) ? id : null);
  const sound = tracks.map((track) => {
    const sends = track.sends.filter(({ toId }) => ids.has(toId));
    const inserts = track.inserts.map((insert) => soundInsert(insert, known, sources));
    return rewired(track, {
      outputId: known(track.outputId),
      gateKeyId: known(track.gateKeyId),
      compressorKeyId: known(track.compressorKeyId),
      sends,
      inserts,
    });
  });
  return sameItems(sound, tracks) ? tracks : sound;
}

/** The mastering chain without references whose song is gone, and no impulse that is; nothing steers it. */
export function soundMastering(
  mastering: Mastering,
  sources: Readonly<Record<string, AudioSource>>,
): Mastering {
  const inserts = mastering.inserts.map((insert) => soundInsert(insert, () => null, sources));
  const references = mastering.references.filter(({ sourceId }) => Object.hasOwn(sources, sourceId));
  const same = sameItems(inserts, mastering.inserts) && references.length === mastering.references.length;
  return same ? mastering : { ...mastering, inserts, references };
}

/** The master with no key of a track that is gone, and no impulse that is. */
export function soundMaster(
  master: Master,
  tracks: readonly Track[],
  sources: Readonly<Record<string, AudioSource>>,
): Master {
  const known = (id: Id | null): Id | null => (tracks.some((track) => track.id === id) ? id : null);
  const inserts = master.inserts.map((insert) => soundInsert(insert, known, sources));
  return sameItems(inserts, master.inserts) ? master : { ...master, inserts };
}

function soundInsert(
  insert: Insert,
  known: (id: Id | null) => Id | null,
  sources: Readonly<Record<string, AudioSource>>,
): Insert {
  const keyId = known(insert.keyId);
  const { impulseId: wanted } = insert;
  const impulseId =
    wanted !== null && (wanted.startsWith(builtinImpulsePrefix) || Object.hasOwn(sources, wanted))
      ? wanted
      : null;
  return keyId === insert.keyId && impulseId === wanted ? insert : { ...insert, keyId, impulseId };
}

type Wires = Pick<Track, 'outputId' | 'gateKeyId' | 'compressorKeyId' | 'sends' | 'inserts'>;

/** The same track where the wires are the same; lanes of sends that end go with them. */
function rewired(track: Track, wires: Wires): Track {
  const sends = sameItems(wires.sends, track.sends) ? track.sends : wires.sends;
  const inserts = sameItems(wires.inserts, track.inserts) ? track.inserts : wires.inserts;
  const { outputId, gateKeyId, compressorKeyId } = wires;
  if (
    outputId === track.outputId &&
    gateKeyId === track.gateKeyId &&
    compressorKeyId === track.compressorKeyId &&
    sends === track.sends &&
    inserts === track.inserts
  ) {
    return track;
  }
  const fresh = { ...track, outputId, gateKeyId, compressorKeyId, sends, inserts };
  const lanes = track.lanes.filter((lane) => laneRange(track.id, fresh, lane));
  return { ...fresh, lanes: sameItems(lanes, track.lanes) ? track.lanes : lanes };
}

/**
 * The tracks without loops, which only edits that met can have made. Ways are laid one by one, outputs first, then sends,
 * then keys, each by the ids of their tracks; one that would close a loop is left out. So every copy of the document
 * leaves out the same ones.
 */
export function withoutLoops(tracks: readonly Track[]): readonly Track[] {
  if (!findLoop(tracks)) return tracks;
  const byId = [...tracks].sort((a, b) => (a.id < b.id ? -1 : 1));
  const wiring = new Wiring();
  const lay = (from: Id, to: Id): boolean => {
    if (wiring.wouldLoop(from, to)) return false;
    wiring.add(from, to);
    return true;
  };
  const outputs = new Map(
    byId.map(({ id, outputId }) => [id, outputId !== null && lay(id, outputId) ? outputId : null]),
  );
  const sends = new Map(
    byId.map((track) => [track.id, track.sends.filter(({ toId }) => lay(track.id, toId))]),
  );
  const key = (id: Id, keyId: Id | null): Id | null => (keyId !== null && lay(keyId, id) ? keyId : null);
  const rewiredById = new Map(
    byId.map((track) => {
      const wires: Wires = {
        outputId: outputs.get(track.id) ?? null,
        sends: sends.get(track.id) ?? [],
        gateKeyId: key(track.id, track.gateKeyId),
        compressorKeyId: key(track.id, track.compressorKeyId),
        inserts: track.inserts.map((insert) => {
          const keyId = key(track.id, insert.keyId);
          return keyId === insert.keyId ? insert : { ...insert, keyId };
        }),
      };
      return [track.id, rewired(track, wires)];
    }),
  );
  return tracks.map((track) => rewiredById.get(track.id) ?? track);
}
