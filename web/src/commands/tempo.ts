import { frameAtQuarters, quartersAt, segmentAt, type TempoGrid } from '../model/tempo';
import type { Patch, ProjectSnapshot, Tempo, TempoChange } from '../model/types';
import { masterId } from '../model/types';

/** The tempo at the start of the song. Audio stays where it is; the grid moves, and with it lanes in beats. */
export function setTempo(project: ProjectSnapshot, fields: Partial<Tempo>): Patch[] {
  const tempo = { ...project.tempo, ...fields };
  return [{ op: 'project.set', fields: { tempo } }, ...retimedLanes(project, { ...project, tempo })];
}

/** From the frame on; without fields, the tempo that is there already, to be changed next. One that is there changes. */
export function addTempoChange(
  project: ProjectSnapshot,
  { frame, ...fields }: { readonly frame: number } & Partial<Tempo>,
): Patch[] {
  if (frame < 1) return setTempo(project, fields);
  const at = Math.round(frame);
  const { bpm, beatsPerBar, beatUnit } = segmentAt(project, at);
  const change = { frame: at, bpm, beatsPerBar, beatUnit, ...fields };
  return setChanges(project, [...project.tempoChanges.filter((other) => other.frame !== at), change]);
}

export function setTempoChange(
  project: ProjectSnapshot,
  { frame, ...fields }: { readonly frame: number } & Partial<Tempo>,
): Patch[] {
  return hasChange(project, frame) ? addTempoChange(project, { frame, ...fields }) : [];
}

export function removeTempoChange(project: ProjectSnapshot, { frame }: { readonly frame: number }): Patch[] {
  if (!hasChange(project, frame)) return [];
  return setChanges(
    project,
    project.tempoChanges.filter((change) => change.frame !== frame),
  );
}

/** Not past its neighbours. */
export function moveTempoChange(
  project: ProjectSnapshot,
  { frame, toFrame }: { readonly frame: number; readonly toFrame: number },
): Patch[] {
  const place = project.tempoChanges.findIndex((change) => change.frame === frame);
  const change = project.tempoChanges[place];
  if (!change) return [];
  const low = (project.tempoChanges[place - 1]?.frame ?? 0) + 1;
  const high = (project.tempoChanges[place + 1]?.frame ?? Number.POSITIVE_INFINITY) - 1;
  const moved = { ...change, frame: Math.min(Math.max(Math.round(toFrame), low), high) };
  return setChanges(project, project.tempoChanges.with(place, moved));
}

const hasChange = (project: ProjectSnapshot, frame: number): boolean =>
  project.tempoChanges.some((change) => change.frame === frame);

function setChanges(project: ProjectSnapshot, changes: readonly TempoChange[]): Patch[] {
  const tempoChanges = [...changes].sort((a, b) => a.frame - b.frame);
  return [{ op: 'tempo.set', changes: tempoChanges }, ...retimedLanes(project, { ...project, tempoChanges })];
}

/** The points of lanes in beats keep their beats. */
function retimedLanes(project: ProjectSnapshot, grid: TempoGrid): Patch[] {
  const owners = [{ ...project.master, id: masterId }, ...project.tracks];
  return owners.flatMap(({ id, lanes }) =>
    lanes
      .filter(({ timebase, points }) => timebase === 'beats' && points.length > 0)
      .map((lane): Patch => {
        const points = lane.points.map((point) => ({
          ...point,
          frame: Math.round(frameAtQuarters(grid, quartersAt(project, point.frame))),
        }));
        return {
          op: 'points.set',
          ownerId: id,
          laneId: lane.id,
          fromFrame: 0,
          toFrame: Number.POSITIVE_INFINITY,
          points,
        };
      }),
  );
}
