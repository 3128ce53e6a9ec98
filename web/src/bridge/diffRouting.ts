import { type CommandWriter, keySections } from '../engine/encodeCommands';
import { masterTrack } from '../generated/engineLayout';
import { Wiring } from '../model/routing';
import type { EngineScene, SceneSend, SceneTrack } from './compile';
import type { SceneHandles } from './sceneHandles';

const sections = [keySections.gate, keySections.compressor];
const noWires: Wires = { outputId: null, sends: [], keyIds: [null, null], inserts: [] };

type Wires = Pick<SceneTrack, 'outputId' | 'sends' | 'keyIds' | 'inserts'>;

/**
 * Writes the ways between tracks: outputs, sends and keys. The engine refuses a loop at any moment: where the old ways
 * and the new ones together make one, all ways that change are first taken away.
 */
export function diffRouting(
  before: EngineScene | null,
  after: EngineScene,
  handles: SceneHandles,
  out: CommandWriter,
): void {
  const staying = new Set(after.tracks.map(({ id }) => id));
  const old = new Map<string, Wires>(
    before?.tracks
      .filter(({ id }) => staying.has(id))
      .map((track) => [track.id, withoutGone(track, staying)]),
  );
  const changed = after.tracks.filter((track) => {
    const was = old.get(track.id) ?? noWires;
    return was !== track && !sameWires(was, track);
  });
  if (changed.length > 0 && wouldCross(old, after.tracks)) {
    for (const { id } of changed) {
      const was = old.get(id);
      if (!was) continue;
      const { inserts } = after.tracks.find((track) => track.id === id) ?? noWires;
      const unkeyed = inserts.map((insert) => ({ ...insert, keyId: null }));
      writeWires(handles.tracks.of(id), was, { ...noWires, inserts: unkeyed }, handles, out);
      old.set(id, { ...noWires, inserts: unkeyed });
    }
  }
  for (const track of changed) {
    writeWires(handles.tracks.of(track.id), old.get(track.id) ?? noWires, track, handles, out);
  }
  const masterBefore = before && { ...noWires, inserts: keysLeft(before.master.inserts, staying) };
  if (before?.master !== after.master || before.tracks !== after.tracks) {
    const wires = { ...noWires, inserts: after.master.inserts };
    writeWires(masterTrack, masterBefore ?? noWires, wires, handles, out);
  }
}

/** What the engine makes of a track's ways when other tracks go: outputs go to the master, sends and keys end. */
function withoutGone(track: SceneTrack, staying: ReadonlySet<string>): Wires {
  const known = (id: string | null): string | null => (id !== null && staying.has(id) ? id : null);
  const gone = [track.outputId, ...track.sends.map(({ toId }) => toId), ...track.keyIds].some(
    (id) => id !== null && !staying.has(id),
  );
  const inserts = keysLeft(track.inserts, staying);
  if (!gone && inserts === track.inserts) return track;
  return {
    outputId: known(track.outputId),
    sends: track.sends.filter(({ toId }) => staying.has(toId)),
    keyIds: track.keyIds.map(known),
    inserts,
  };
}

function keysLeft(inserts: Wires['inserts'], staying: ReadonlySet<string>): Wires['inserts'] {
  const gone = ({ keyId }: Wires['inserts'][number]): boolean => keyId !== null && !staying.has(keyId);
  return inserts.some(gone)
    ? inserts.map((insert) => (gone(insert) ? { ...insert, keyId: null } : insert))
    : inserts;
}

function sameWires(a: Wires, b: Wires): boolean {
  return (
    a.outputId === b.outputId &&
    sameSends(a.sends, b.sends) &&
    a.keyIds.every((id, section) => id === b.keyIds[section]) &&
    b.inserts.every(({ id, keyId }) => keyOf(a, id) === keyId)
  );
}

const keyOf = ({ inserts }: Wires, insertId: string): string | null =>
  inserts.find(({ id }) => id === insertId)?.keyId ?? null;

function sameSends(a: readonly SceneSend[], b: readonly SceneSend[]): boolean {
  if (a === b) return true;
  return (
    a.length === b.length &&
    a.every(({ toId, numbers }, slot) => {
      const other = b[slot] as SceneSend;
      return toId === other.toId && numbers.every((value, place) => value === other.numbers[place]);
    })
  );
}

/** Whether the old ways and the new ones, laid together, make a loop. */
function wouldCross(before: ReadonlyMap<string, Wires>, after: readonly SceneTrack[]): boolean {
  const wiring = new Wiring();
  for (const track of after) {
    for (const wires of [before.get(track.id) ?? noWires, track]) {
      const ways: [string, string][] = [
        ...[wires.outputId, ...wires.sends.map(({ toId }) => toId)]
          .filter((to) => to !== null)
          .map((to): [string, string] => [track.id, to]),
        ...[...wires.keyIds, ...wires.inserts.map(({ keyId }) => keyId)]
          .filter((from) => from !== null)
          .map((from): [string, string] => [from, track.id]),
      ];
      for (const [from, to] of ways) {
        if (wiring.wouldLoop(from, to)) return true;
        wiring.add(from, to);
      }
    }
  }
  return false;
}

function writeWires(
  handle: number,
  before: Wires,
  after: Wires,
  handles: SceneHandles,
  out: CommandWriter,
): void {
  if (before.outputId !== after.outputId) {
    out.trackRoute(handle, after.outputId === null ? masterTrack : handles.tracks.of(after.outputId));
  }
  if (!sameSends(before.sends, after.sends)) {
    out.trackSends(
      handle,
      after.sends.flatMap(({ toId, numbers }) => [handles.tracks.of(toId), ...numbers]),
    );
  }
  sections.forEach((section, place) => {
    const keyId = after.keyIds[place] ?? null;
    if ((before.keyIds[place] ?? null) === keyId) return;
    out.trackKey(handle, section, keyId === null ? null : handles.tracks.of(keyId));
  });
  for (const { id, keyId } of after.inserts) {
    if (keyOf(before, id) === keyId) continue;
    out.insertKey(handles.inserts.of(id), keyId === null ? null : handles.tracks.of(keyId));
  }
}
