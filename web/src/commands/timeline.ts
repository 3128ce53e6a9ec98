import { type MakeId, newId } from '../model/ids';
import { cleanName } from '../model/normalise';
import type { Id, LoopRange, Patch, ProjectSnapshot } from '../model/types';
import { endFrame, findClips, songEndFrame } from './find';
import { freeName } from './names';

export { setTempo } from './tempo';

const setProjectLoop = (loop: LoopRange): Patch[] => [{ op: 'project.set', fields: { loop } }];

/** The edges in either order, as a hand draws them. Drawing a range switches the loop on, unless `on` says otherwise. */
export function setLoop(
  _project: ProjectSnapshot,
  {
    startFrame,
    endFrame: end,
    on = true,
  }: { readonly startFrame: number; readonly endFrame: number; readonly on?: boolean },
): Patch[] {
  return setProjectLoop({ on, startFrame: Math.min(startFrame, end), endFrame: Math.max(startFrame, end) });
}

/** Where there is no range yet, the whole song loops. */
export function toggleLoop(project: ProjectSnapshot): Patch[] {
  const { loop } = project;
  if (loop.endFrame > loop.startFrame) return setProjectLoop({ ...loop, on: !loop.on });
  const end = songEndFrame(project);
  return end > 0 ? setProjectLoop({ on: true, startFrame: 0, endFrame: end }) : [];
}

/** Loops what is selected; where it loops just that already, the loop goes off. Without a selection as toggleLoop. */
export function loopClips(
  project: ProjectSnapshot,
  { clipIds }: { readonly clipIds: readonly Id[] },
): Patch[] {
  const clips = findClips(project, clipIds).map(({ clip }) => clip);
  if (clips.length === 0) return toggleLoop(project);
  const startFrame = Math.min(...clips.map((clip) => clip.startFrame));
  const end = Math.max(...clips.map(endFrame));
  const { loop } = project;
  const same = loop.on && loop.startFrame === startFrame && loop.endFrame === end;
  return setProjectLoop({ on: !same, startFrame, endFrame: end });
}

export function loopMarker(project: ProjectSnapshot, { markerId }: { readonly markerId: Id }): Patch[] {
  const marker = project.markers.find(({ id }) => id === markerId);
  return marker && marker.endFrame > marker.startFrame
    ? setProjectLoop({ on: true, startFrame: marker.startFrame, endFrame: marker.endFrame })
    : [];
}

/** An empty name leaves the old one. */
export function renameProject(project: ProjectSnapshot, { name }: { readonly name: string }): Patch[] {
  const clean = cleanName(name, '');
  return clean === '' || clean === project.name ? [] : [{ op: 'project.set', fields: { name: clean } }];
}

export function addMarker(
  project: ProjectSnapshot,
  {
    startFrame,
    endFrame: end = startFrame,
    name = 'Section',
  }: { readonly startFrame: number; readonly endFrame?: number; readonly name?: string },
  makeId: MakeId = newId,
): Patch[] {
  const free = freeName(
    cleanName(name, 'Section'),
    project.markers.map((marker) => marker.name),
  );
  return [{ op: 'marker.add', marker: { id: makeId(), name: free, startFrame, endFrame: end } }];
}

export function renameMarker(
  _project: ProjectSnapshot,
  { markerId, name }: { readonly markerId: Id; readonly name: string },
): Patch[] {
  const clean = cleanName(name, '');
  return clean === '' ? [] : [{ op: 'marker.set', markerId, fields: { name: clean } }];
}

export function setMarkerRange(
  _project: ProjectSnapshot,
  {
    markerId,
    startFrame,
    endFrame: end,
  }: { readonly markerId: Id; readonly startFrame: number; readonly endFrame: number },
): Patch[] {
  const fields = { startFrame: Math.min(startFrame, end), endFrame: Math.max(startFrame, end) };
  return [{ op: 'marker.set', markerId, fields }];
}

export function deleteMarkers(
  _project: ProjectSnapshot,
  { markerIds }: { readonly markerIds: readonly Id[] },
): Patch[] {
  return markerIds.map((markerId) => ({ op: 'marker.remove', markerId }));
}
