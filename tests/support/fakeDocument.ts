import { createSignal } from 'solid-js';
import type { StudioDocument } from '../../web/src/bridge/studioTypes';
import { applyPatches } from '../../web/src/model/applyPatches';
import type { Clip, Patch, ProjectSnapshot, Track } from '../../web/src/model/types';

const byStart = (a: Clip, b: Clip) => a.startFrame - b.startFrame || (a.id < b.id ? -1 : 1);

function insert<T>(list: readonly T[], item: T, index: number): T[] {
  const at = Math.min(index, list.length);
  return [...list.slice(0, at), item, ...list.slice(at)];
}

function withTrack(s: ProjectSnapshot, trackId: string, change: (track: Track) => Track): ProjectSnapshot {
  return { ...s, tracks: s.tracks.map((track) => (track.id === trackId ? change(track) : track)) };
}

const withClips = (s: ProjectSnapshot, trackId: string, change: (clips: readonly Clip[]) => Clip[]) =>
  withTrack(s, trackId, (track) => ({ ...track, clips: change(track.clips).sort(byStart) }));

/** One patch on plain data: enough to try the view on; the real document is model/project. */
export function applyPatch(s: ProjectSnapshot, patch: Patch): ProjectSnapshot {
  switch (patch.op) {
    case 'project.set':
      return { ...s, ...patch.fields };
    case 'track.add':
      return { ...s, tracks: insert(s.tracks, patch.track, patch.index) };
    case 'track.remove':
      return { ...s, tracks: s.tracks.filter((track) => track.id !== patch.trackId) };
    case 'track.move': {
      const moved = s.tracks.find((track) => track.id === patch.trackId);
      const rest = s.tracks.filter((track) => track.id !== patch.trackId);
      return moved ? { ...s, tracks: insert(rest, moved, patch.index) } : s;
    }
    case 'track.set':
      return withTrack(s, patch.trackId, (track) => ({ ...track, ...patch.fields }));
    case 'track.param':
      return withTrack(s, patch.trackId, (track) => ({
        ...track,
        params: { ...track.params, [patch.param]: patch.value },
      }));
    case 'clip.add':
      return withClips(s, patch.trackId, (clips) => [...clips, patch.clip]);
    case 'clip.remove':
      return withClips(s, patch.trackId, (clips) => clips.filter((clip) => clip.id !== patch.clipId));
    case 'clip.set':
      return withClips(s, patch.trackId, (clips) =>
        clips.map((clip) => (clip.id === patch.clipId ? { ...clip, ...patch.fields } : clip)),
      );
    case 'clip.retrack': {
      const clip = s.tracks.find((t) => t.id === patch.trackId)?.clips.find((c) => c.id === patch.clipId);
      if (!clip) return s;
      const without = withClips(s, patch.trackId, (clips) => clips.filter((c) => c.id !== patch.clipId));
      return withClips(without, patch.toTrackId, (clips) => [...clips, clip]);
    }
    case 'source.add':
      return { ...s, sources: { ...s.sources, [patch.source.id]: patch.source } };
    case 'source.remove': {
      const { [patch.sourceId]: _, ...sources } = s.sources;
      return { ...s, sources };
    }
    case 'master.param':
      return { ...s, master: { ...s.master, params: { ...s.master.params, [patch.param]: patch.value } } };
    case 'marker.add':
      return { ...s, markers: [...s.markers, patch.marker] };
    case 'marker.remove':
      return { ...s, markers: s.markers.filter((marker) => marker.id !== patch.markerId) };
    case 'marker.set':
      return {
        ...s,
        markers: s.markers.map((m) => (m.id === patch.markerId ? { ...m, ...patch.fields } : m)),
      };
    default:
      return applyPatches(s, [patch]);
  }
}

export interface FakeDocument extends StudioDocument {
  snapshot(): ProjectSnapshot;
  /** Puts another project in, without an undo step. */
  load(project: ProjectSnapshot): void;
  /** Labels of the undo steps made so far. */
  readonly steps: readonly string[];
}

export function createFakeDocument(initial: ProjectSnapshot): FakeDocument {
  const [state, setState] = createSignal(initial, { equals: false });
  const [shown, setShown] = createSignal<ProjectSnapshot | null>(null);
  let past: { label: string; before: ProjectSnapshot }[] = [];
  let future: { label: string; after: ProjectSnapshot }[] = [];
  return {
    snapshot: () => shown() ?? state(),
    load(project) {
      past = [];
      future = [];
      setShown(null);
      setState(project);
    },
    commit(label, patches) {
      setShown(null);
      if (patches.length === 0) return;
      past.push({ label, before: state() });
      future = [];
      setState(patches.reduce(applyPatch, state()));
    },
    preview(patches) {
      setShown(patches === null ? null : patches.reduce(applyPatch, state()));
    },
    undo() {
      const step = past.pop();
      if (!step) return;
      future.push({ label: step.label, after: state() });
      setState(step.before);
    },
    redo() {
      const step = future.pop();
      if (!step) return;
      past.push({ label: step.label, before: state() });
      setState(step.after);
    },
    get undoLabel() {
      state();
      return past.at(-1)?.label ?? null;
    },
    get redoLabel() {
      state();
      return future.at(-1)?.label ?? null;
    },
    get steps() {
      return past.map((step) => step.label);
    },
  };
}
