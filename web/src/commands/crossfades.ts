import { applyPatches } from '../model/applyPatches';
import { type MakeId, newId } from '../model/ids';
import type { Clip, ClipFields, Id, Patch, ProjectSnapshot } from '../model/types';
import { endFrame } from './find';

/** Of the cuts where a clip is laid into the middle of another. */
const declickSeconds = 0.005;

/**
 * Completes patches that place clips: where clips overlap afterwards they crossfade. A clip that was placed wins over one
 * that lay there: it takes away what it covers and cuts its hole into what surrounds it. Crossfades of before follow the
 * overlap, and end with it.
 */
export function withCrossfades(
  project: ProjectSnapshot,
  patches: readonly Patch[],
  makeId: MakeId = newId,
): Patch[] {
  const placed = applyPatches(project, patches);
  const extra: Patch[] = [];
  for (const track of placed.tracks) {
    const before = project.tracks.find(({ id }) => id === track.id)?.clips ?? [];
    if (before === track.clips) continue;
    const lane = new Lane(before, track.clips, project.sampleRateHz, makeId);
    extra.push(...lane.settle(track.id));
  }
  return [...patches, ...extra];
}

interface Item {
  clip: Clip;
  readonly placed: boolean;
}

/** One track's clips while their overlaps are settled. */
class Lane {
  readonly #before: readonly Clip[];
  readonly #after: readonly Clip[];
  readonly #declickFrames: number;
  readonly #makeId: MakeId;
  readonly #items: Item[];
  /** Pairs "left right" that crossfaded before and keep their curves. */
  readonly #linked = new Set<string>();

  constructor(before: readonly Clip[], after: readonly Clip[], sampleRateHz: number, makeId: MakeId) {
    this.#before = before;
    this.#after = after;
    this.#declickFrames = Math.round(declickSeconds * sampleRateHz);
    this.#makeId = makeId;
    const old = new Map(before.map((clip) => [clip.id, clip]));
    this.#items = after.map((clip) => ({ clip, placed: !isInPlace(old.get(clip.id), clip) }));
  }

  settle(trackId: Id): Patch[] {
    this.#releaseCrossfades();
    for (const item of this.#items.filter(({ placed }) => placed)) {
      for (const other of [...this.#items]) {
        if (other === item || !overlap(item.clip, other.clip)) continue;
        if (!other.placed) this.#lay(item, other);
        else if (item.clip.startFrame < other.clip.startFrame) this.#meet(item, other);
      }
    }
    return this.#difference(trackId);
  }

  #item(id: Id): Item | undefined {
    return this.#items.find(({ clip }) => clip.id === id);
  }

  #change(item: Item | undefined, fields: ClipFields): void {
    if (item) item.clip = { ...item.clip, ...fields };
  }

  /** Takes crossfades of before back where one of the two has moved or gone. */
  #releaseCrossfades(): void {
    this.#before.forEach((left, place) => {
      for (const right of this.#before.slice(place + 1)) {
        const shared = endFrame(left) - right.startFrame;
        if (shared <= 0 || left.fadeOutFrames !== shared || right.fadeInFrames !== shared) continue;
        const [a, b] = [this.#item(left.id), this.#item(right.id)];
        if (a && b && !a.placed && !b.placed) continue;
        this.#linked.add(`${left.id} ${right.id}`);
        if (a?.clip.fadeOutFrames === shared) this.#change(a, { fadeOutFrames: 0 });
        if (b?.clip.fadeInFrames === shared) this.#change(b, { fadeInFrames: 0 });
      }
    });
  }

  #lay(item: Item, under: Item): void {
    const [top, low] = [item.clip, under.clip];
    const hangsOutLeft = low.startFrame < top.startFrame;
    const hangsOutRight = endFrame(low) > endFrame(top);
    if (!hangsOutLeft && !hangsOutRight) this.#items.splice(this.#items.indexOf(under), 1);
    else if (hangsOutLeft && endFrame(low) < endFrame(top)) this.#crossfade(under, item);
    else if (hangsOutRight && low.startFrame > top.startFrame) this.#crossfade(item, under);
    else this.#cutHole(item, under, hangsOutLeft, hangsOutRight);
  }

  /** Clips that moved together lie as they lay. Others meet as if one of them had been there; none is cut. */
  #meet(left: Item, right: Item): void {
    const [a, b] = [left.clip, right.clip].map(({ id }) => this.#before.find((clip) => clip.id === id));
    const together = a && b && b.startFrame - a.startFrame === right.clip.startFrame - left.clip.startFrame;
    const linked = this.#linked.has(`${left.clip.id} ${right.clip.id}`);
    if (endFrame(right.clip) > endFrame(left.clip) && (linked || !together)) this.#crossfade(left, right);
  }

  #crossfade(left: Item, right: Item): void {
    const shared = endFrame(left.clip) - right.clip.startFrame;
    const linked = this.#linked.has(`${left.clip.id} ${right.clip.id}`);
    this.#change(left, {
      fadeOutFrames: shared,
      fadeInFrames: Math.min(left.clip.fadeInFrames, left.clip.lengthFrames - shared),
      ...(linked ? {} : { fadeOutCurve: 'equalPower' }),
    });
    this.#change(right, {
      fadeInFrames: shared,
      fadeOutFrames: Math.min(right.clip.fadeOutFrames, right.clip.lengthFrames - shared),
      ...(linked ? {} : { fadeInCurve: 'equalPower' }),
    });
  }

  /** Leaves what the lower clip has to the left and to the right of the upper, with a short crossfade at each cut. */
  #cutHole(item: Item, under: Item, keepLeft: boolean, keepRight: boolean): void {
    const { clip: top } = item;
    const { clip: low } = under;
    const fade = Math.min(this.#declickFrames, Math.floor(top.lengthFrames / 2));
    const leftLength = top.startFrame + fade - low.startFrame;
    const rightStart = endFrame(top) - fade;
    const rightLength = endFrame(low) - rightStart;
    const right: ClipFields = {
      startFrame: rightStart,
      offsetFrames: low.offsetFrames + rightStart - low.startFrame,
      lengthFrames: rightLength,
      fadeInFrames: fade,
      fadeInCurve: 'equalPower',
      fadeOutFrames: Math.min(low.fadeOutFrames, rightLength - fade),
    };
    if (keepLeft && keepRight) {
      this.#items.push({ clip: { ...low, ...right, id: this.#makeId() }, placed: false });
    }
    if (keepLeft) {
      this.#change(under, {
        lengthFrames: leftLength,
        fadeInFrames: Math.min(low.fadeInFrames, leftLength - fade),
        fadeOutFrames: fade,
        fadeOutCurve: 'equalPower',
      });
      if (top.fadeInFrames === 0) this.#change(item, { fadeInFrames: fade, fadeInCurve: 'equalPower' });
    } else {
      this.#change(under, right);
    }
    if (keepRight && top.fadeOutFrames === 0) {
      this.#change(item, { fadeOutFrames: fade, fadeOutCurve: 'equalPower' });
    }
  }

  #difference(trackId: Id): Patch[] {
    const settled = new Map(this.#items.map(({ clip }) => [clip.id, clip]));
    const patches: Patch[] = [];
    for (const clip of this.#after) {
      const now = settled.get(clip.id);
      settled.delete(clip.id);
      if (!now) patches.push({ op: 'clip.remove', trackId, clipId: clip.id });
      else if (now !== clip) {
        patches.push({ op: 'clip.set', trackId, clipId: clip.id, fields: changedFields(clip, now) });
      }
    }
    for (const clip of settled.values()) patches.push({ op: 'clip.add', trackId, clip });
    return patches;
  }
}

function isInPlace(old: Clip | undefined, clip: Clip): boolean {
  return old !== undefined && old.startFrame === clip.startFrame && old.lengthFrames === clip.lengthFrames;
}

function overlap(a: Clip, b: Clip): boolean {
  return a.startFrame < endFrame(b) && b.startFrame < endFrame(a);
}

function changedFields(from: Clip, to: Clip): ClipFields {
  const keys = (Object.keys(to) as (keyof Clip)[]).filter((key) => from[key] !== to[key]);
  return Object.fromEntries(keys.map((key) => [key, to[key]]));
}
