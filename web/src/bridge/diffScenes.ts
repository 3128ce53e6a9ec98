import { CommandWriter } from '../engine/encodeCommands';
import { stripParams } from '../generated/devices';
import { masteringChain, masterTrack, referenceBus } from '../generated/engineLayout';
import type { EngineScene, SceneClip, SceneTrack } from './compile';
import { diffInserts, diffLanes } from './diffChannel';
import { diffRouting } from './diffRouting';
import { SceneHandles } from './sceneHandles';

export { SceneHandles };

/**
 * Writes the commands that lead an engine from one scene to another; from null, which is an engine just made, to the
 * whole scene. Both scenes are of one sample rate.
 */
export function diffScenes(
  before: EngineScene | null,
  after: EngineScene,
  handles: SceneHandles,
  out: CommandWriter,
): void {
  const renewed = new Set<string>();
  for (const source of after.sources.values()) {
    const known = before?.sources.get(source.id);
    if (known && known.frames === source.frames && known.channels === source.channels) continue;
    if (known) {
      out.sourceRemove(handles.sources.release(source.id));
      renewed.add(source.id);
    }
    out.sourceAdd(handles.sources.of(source.id), source.channels, source.frames);
  }

  const tracksBefore = new Map(before ? playedBy(before).map((track) => [track.id, track]) : []);
  const tracks = playedBy(after);
  const order = tracks.map((track) => track.id);
  if (!sameItems(order, before ? playedBy(before).map((track) => track.id) : [])) {
    const staying = new Set(order);
    for (const [id, { inserts }] of tracksBefore) {
      if (staying.has(id)) continue;
      handles.tracks.release(id);
      for (const insert of inserts) handles.inserts.release(insert.id);
    }
    out.trackList(order.map((id) => handles.tracks.of(id)));
  }
  for (const track of tracks) diffTrack(tracksBefore.get(track.id), track, renewed, handles, out);
  for (const { id } of after.mastering.references) {
    if (!tracksBefore.has(id)) out.trackRoute(handles.tracks.of(id), referenceBus);
  }

  diffMaster(before, after, handles, out);
  diffRouting(before, after, handles, out);
  for (const track of after.tracks) {
    const was = tracksBefore.get(track.id);
    if (was !== track) diffLanes(handles.tracks.of(track.id), was, track, handles, out);
  }
  diffLanes(masterTrack, before?.master, after.master, handles, out);
  diffMastering(before, after, handles, out);
  if (!sameItems(before?.tempoMap ?? [], after.tempoMap)) out.tempoMap(after.tempoMap);
  const { loop } = after;
  const was = before?.loop ?? { on: false, startFrame: 0, endFrame: 0 };
  if (loop.on ? !sameLoop(loop, was) : was.on) out.loop(loop.on, loop.startFrame, loop.endFrame);

  for (const id of before?.sources.keys() ?? []) {
    if (!after.sources.has(id)) out.sourceRemove(handles.sources.release(id));
  }
}

/** The commands that make a whole scene, and the handles that they use. */
export function encodeScene(scene: EngineScene): {
  commands: Float64Array<ArrayBuffer>;
  handles: SceneHandles;
} {
  const handles = new SceneHandles();
  const out = new CommandWriter();
  diffScenes(null, scene, handles, out);
  return { commands: out.take(), handles };
}

function diffMaster(
  before: EngineScene | null,
  after: EngineScene,
  handles: SceneHandles,
  out: CommandWriter,
): void {
  if (before?.master === after.master) return;
  after.master.params.forEach((value, index) => {
    if (value !== before?.master.params[index]) out.masterParam(index, value);
  });
  diffInserts(masterTrack, before?.master, after.master, handles, out);
}

function diffMastering(
  before: EngineScene | null,
  after: EngineScene,
  handles: SceneHandles,
  out: CommandWriter,
): void {
  const was = before?.mastering;
  if (was === after.mastering) return;
  diffInserts(masteringChain, was, after.mastering, handles, out);
  diffLanes(masteringChain, was, after.mastering, handles, out);
  if ((was?.on ?? false) !== after.mastering.on) out.mastering(after.mastering.on);
}

const playedBy = ({ tracks, mastering }: EngineScene): readonly SceneTrack[] =>
  mastering.references.length === 0 ? tracks : [...tracks, ...mastering.references];

const newborn: readonly number[] = stripParams.map((param) => param.default);

function diffTrack(
  before: SceneTrack | undefined,
  after: SceneTrack,
  renewed: ReadonlySet<string>,
  handles: SceneHandles,
  out: CommandWriter,
): void {
  if (before === after) return;
  const handle = handles.tracks.of(after.id);
  const paramsBefore = before?.params ?? newborn;
  after.params.forEach((value, index) => {
    if (value !== paramsBefore[index]) out.trackParam(handle, index, value);
  });
  if (after.channels !== before?.channels) out.trackChannels(handle, after.channels);
  diffInserts(handle, before, after, handles, out);
  const stale = after.clips.some((clip) => renewed.has(clip.sourceId));
  if (stale || !sameClips(before?.clips ?? [], after.clips)) {
    const numbers = after.clips.flatMap((clip) => [handles.sources.of(clip.sourceId), ...clip.numbers]);
    out.trackClips(handle, numbers);
  }
}

function sameClips(a: readonly SceneClip[], b: readonly SceneClip[]): boolean {
  return (
    a.length === b.length &&
    a.every((clip, index) => {
      const other = b[index] as SceneClip;
      return clip.sourceId === other.sourceId && sameItems(clip.numbers, other.numbers);
    })
  );
}

function sameLoop(a: EngineScene['loop'], b: EngineScene['loop']): boolean {
  return a.on === b.on && a.startFrame === b.startFrame && a.endFrame === b.endFrame;
}

function sameItems<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}
