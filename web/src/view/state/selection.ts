import { batch, createMemo, createRoot, createSignal } from 'solid-js';
import { type Clip, type Id, masterId, type ProjectSnapshot, type Track } from '../../model/types';

/** What Delete, copy and duplicate act on: what was selected last. */
export type SelectionKind = 'tracks' | 'clips';

export interface FrameRange {
  readonly startFrame: number;
  readonly endFrame: number;
}

const nothing: ReadonlySet<Id> = new Set();

const [trackIds, setTrackIds] = createSignal<readonly Id[]>([]);
const [leadTrackId, setLeadTrackId] = createSignal<Id | null>(null);
const [selectedClipIds, setClipIds] = createSignal<ReadonlySet<Id>>(nothing);
const [selectionKind, setSelectionKind] = createSignal<SelectionKind>('tracks');
const [selectedRange, setSelectedRange] = createSignal<FrameRange | null>(null);
const [masterSelected, setMasterSelected] = createSignal(false);
const trackIdSet = createRoot(() => createMemo(() => new Set(trackIds())));
let rangeAnchor: Id | null = null;

export {
  /** The track whose lane is tall and whose devices the dock shows: selected last. */
  leadTrackId,
  /** The master strip is selected, and no track is. */
  masterSelected,
  selectedClipIds,
  /** A stretch of the ruler, chosen by a click on a section. */
  selectedRange,
  selectionKind,
  setSelectedRange,
};

export const selectedTrackIds = trackIds;
export const isTrackSelected = (id: Id): boolean => trackIdSet().has(id);
export const isClipSelected = (id: Id): boolean => selectedClipIds().has(id);

export function selectTracks(ids: readonly Id[], lead: Id | null = ids.at(-1) ?? null): void {
  batch(() => {
    setTrackIds(ids);
    setLeadTrackId(lead);
    setMasterSelected(false);
    setSelectionKind('tracks');
    rangeAnchor = lead;
  });
}

export function selectMaster(): void {
  batch(() => {
    selectTracks([]);
    setClipIds(nothing);
    setMasterSelected(true);
  });
}

/** Whose devices the dock shows. */
export const dockOwnerId = (): Id | null => (masterSelected() ? masterId : leadTrackId());

/** What a click on a track does: alone, with Ctrl, or with Shift in the order of the list. */
export function selectTrack(
  id: Id,
  how: 'only' | 'toggle' | 'range' = 'only',
  order: readonly Id[] = [],
): void {
  if (how === 'only') {
    selectTracks([id]);
    batch(() => {
      setClipIds(nothing);
      setSelectionKind('tracks');
    });
    return;
  }
  if (how === 'toggle') {
    const rest = trackIds().filter((other) => other !== id);
    if (rest.length < trackIds().length) selectTracks(rest);
    else selectTracks([...rest, id], id);
    return;
  }
  const from = order.indexOf(rangeAnchor ?? id);
  const to = order.indexOf(id);
  const anchor = rangeAnchor;
  const low = Math.max(0, Math.min(from === -1 ? to : from, to));
  selectTracks(order.slice(low, Math.max(from, to) + 1), id);
  rangeAnchor = anchor;
}

/** Selects clips and nothing else; their tracks follow where `lead` names one. */
export function selectClips(ids: Iterable<Id>, lead?: Id): void {
  batch(() => {
    setClipIds(new Set(ids));
    setSelectionKind('clips');
    if (lead !== undefined && leadTrackId() !== lead) {
      setTrackIds([lead]);
      setLeadTrackId(lead);
      setMasterSelected(false);
      rangeAnchor = lead;
    }
  });
}

export function toggleClip(id: Id, lead?: Id): void {
  const ids = new Set(selectedClipIds());
  if (!ids.delete(id)) ids.add(id);
  selectClips(ids, lead);
}

export function clearClips(): void {
  batch(() => {
    setClipIds(nothing);
    setSelectionKind('tracks');
  });
}

/** Another project: nothing is selected but its first track. */
export function resetSelection(project: ProjectSnapshot): void {
  batch(() => {
    setClipIds(nothing);
    setSelectedRange(null);
    selectTracks(project.tracks.slice(0, 1).map((track) => track.id));
  });
}

export const selectedTracks = (project: ProjectSnapshot): readonly Track[] =>
  project.tracks.filter((track) => isTrackSelected(track.id));

export interface PlacedClip {
  readonly track: Track;
  readonly clip: Clip;
}

export const selectedClips = (project: ProjectSnapshot): readonly PlacedClip[] =>
  selectedClipIds().size === 0
    ? []
    : project.tracks.flatMap((track) =>
        track.clips.filter((clip) => isClipSelected(clip.id)).map((clip) => ({ track, clip })),
      );

export const leadTrack = (project: ProjectSnapshot): Track | undefined =>
  project.tracks.find((track) => track.id === leadTrackId());
