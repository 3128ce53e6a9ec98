import { changeClipGain, duplicateClips, moveClips, setClipFades, trimClips } from '../../commands/clips';
import type { SnapMode } from '../../commands/snap';
import { type MakeId, repeatableIds } from '../../model/ids';
import type { Id, Patch, ProjectSnapshot } from '../../model/types';
import { gainText } from '../kit/valueText';
import type { ClipHit } from './hitTest';
import { distanceText, durationText, placeText } from './readout';
import { type SnapTarget, snapEdge, snapTargets } from './snapTargets';

/** Where the hand is, in the song's terms. */
export interface HandPlace {
  readonly frame: number;
  /** Pixels from where the drag began, for what is not a place in time. */
  readonly upPx: number;
  readonly trackIndex: number;
  readonly fine: boolean;
  /** Leaves the grid. */
  readonly free: boolean;
  readonly copy: boolean;
}

export interface DragStep {
  readonly label: string;
  readonly patches: readonly Patch[];
  readonly readout: string;
  /** What an edge caught on. */
  readonly caught: SnapTarget | null;
  /** The clips that are in the hand afterwards, where these are new ones. */
  readonly copies?: readonly Id[];
}

export interface ClipDrag {
  readonly hit: ClipHit;
  readonly clipIds: readonly Id[];
  step(hand: HandPlace): DragStep;
}

export interface DragStart {
  /** The project when the hand came down: every step is reckoned from it. */
  readonly base: ProjectSnapshot;
  readonly hit: ClipHit;
  /** All clips that go along, the one under the hand included. */
  readonly clipIds: readonly Id[];
  readonly startFrame: number;
  readonly snap: SnapMode;
  /** How far an edge reaches for something to catch on. */
  readonly reachFrames: number;
}

const dbPerPx = 0.2;

type Stepper = (start: Context, hand: HandPlace) => DragStep;

interface Context extends DragStart {
  readonly targets: readonly SnapTarget[];
  /** The same ids in every step, so that a copy stays the same clip while it is carried about. */
  readonly makeId: MakeId;
}

const landing = ({ base, targets, snap, reachFrames }: Context, frame: number, free: boolean) =>
  snapEdge(frame, { targets, grid: base, mode: free ? 'off' : snap, reachFrames });

const move: Stepper = (start, hand) => {
  const { base, hit, clipIds, makeId } = start;
  const { clip } = hit;
  const head = landing(start, clip.startFrame + hand.frame - start.startFrame, hand.free);
  const earliest = Math.min(
    ...base.tracks.flatMap((track) =>
      track.clips.filter((other) => clipIds.includes(other.id)).map((other) => other.startFrame),
    ),
  );
  const delta = Math.max(-earliest, head.frame - clip.startFrame);
  const deltaTracks = hand.trackIndex - base.tracks.findIndex((track) => track.id === hit.track.id);
  const change = { clipIds, deltaFrames: delta, deltaTracks };
  const patches = (hand.copy ? duplicateClips : moveClips)(base, change, makeId);
  const added = patches.flatMap((patch) => (patch.op === 'clip.add' ? [patch.clip.id] : []));
  return {
    label: `${hand.copy ? 'Copy' : 'Move'} ${clipIds.length === 1 ? 'clip' : 'clips'}`,
    patches,
    copies: hand.copy ? added.slice(0, clipIds.length) : undefined,
    readout: `${placeText(clip.startFrame + delta, base)}    ${distanceText(delta, base)}`,
    caught: head.target,
  };
};

const trim =
  (side: 'start' | 'end'): Stepper =>
  (start, hand) => {
    const { base, hit, clipIds, makeId } = start;
    const { clip } = hit;
    const edge = side === 'start' ? clip.startFrame : clip.startFrame + clip.lengthFrames;
    const landed = landing(start, edge + hand.frame - start.startFrame, hand.free);
    const delta = landed.frame - edge;
    return {
      label: clipIds.length === 1 ? 'Trim clip' : 'Trim clips',
      patches: trimClips(base, { clipIds, edge: side, deltaFrames: delta }, makeId),
      readout: `${placeText(landed.frame, base)}    ${distanceText(delta, base)}`,
      caught: landed.target,
    };
  };

const fade =
  (side: 'in' | 'out'): Stepper =>
  (start, hand) => {
    const { base, hit, clipIds } = start;
    const { clip } = hit;
    const moved = hand.frame - start.startFrame;
    const before = side === 'in' ? clip.fadeInFrames : clip.fadeOutFrames;
    const limit = clip.lengthFrames - (side === 'in' ? clip.fadeOutFrames : clip.fadeInFrames);
    const frames = Math.round(Math.min(limit, Math.max(0, before + (side === 'in' ? moved : -moved))));
    return {
      label: side === 'in' ? 'Fade in' : 'Fade out',
      patches: setClipFades(base, {
        clipIds,
        ...(side === 'in' ? { fadeInFrames: frames } : { fadeOutFrames: frames }),
      }),
      readout: `Fade ${side} ${durationText(frames, base.sampleRateHz)}`,
      caught: null,
    };
  };

const gain: Stepper = (start, hand) => {
  const { base, hit, clipIds } = start;
  const wanted = hit.clip.gainDb + hand.upPx * dbPerPx * (hand.fine ? 0.1 : 1);
  const gainDb = Math.round(Math.min(24, Math.max(-60, wanted)) * 10) / 10;
  return {
    label: 'Clip gain',
    patches: changeClipGain(base, { clipIds, deltaDb: gainDb - hit.clip.gainDb }),
    readout: gainText(gainDb),
    caught: null,
  };
};

const steppers: Readonly<Record<ClipHit['part'], Stepper>> = {
  body: move,
  trimStart: trim('start'),
  trimEnd: trim('end'),
  fadeIn: fade('in'),
  fadeOut: fade('out'),
  gain,
};

/** A drag of the part of a clip that was hit. Each step says what the project would be. */
export function startClipDrag(start: DragStart): ClipDrag {
  const idsAgain = repeatableIds();
  const targets = snapTargets(start.base, new Set(start.clipIds));
  const stepper = steppers[start.hit.part];
  return {
    hit: start.hit,
    clipIds: start.clipIds,
    step: (hand) => stepper({ ...start, targets, makeId: idsAgain() }, hand),
  };
}
