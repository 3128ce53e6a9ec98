import type { WaveformPeaks } from '../../bridge/waveformTypes';
import { clipGainAt } from './fadeShape';
import type { LaneScene, PaintContext, VisibleClip } from './laneScene';
import { chunkFrames, type SampleChunk } from './sampleCache';
import { columnsFromChunks, columnsFromPeaks, WaveColumns } from './waveColumns';
import { tileColumns, WaveTiles, waveKey } from './waveTiles';

const columns = new WaveColumns();
/** Silence is still a line. */
const leastHalfPx = 0.5;
/** Dots on the samples once they are this far apart. */
const dotsFromPx = 8;

/**
 * Height of a level in a lane, 0 to 1: quiet sounds stand a little taller than they are, so that a lane of 40 px still shows
 * them; silence and full scale are where they are.
 */
const shown = (level: number): number => Math.min(0.98, Math.max(0, level) ** 0.72);

/** Fills between an upper and a lower outline, both measured from the middle line. */
function fillOutline(
  context: PaintContext,
  up: Float32Array,
  down: Float32Array,
  left: number,
  step: number,
  middle: number,
): void {
  const { count } = columns;
  context.beginPath();
  context.moveTo(left, middle - (up[0] as number));
  for (let i = 0; i < count; i++) context.lineTo(left + (i + 0.5) * step, middle - (up[i] as number));
  context.lineTo(left + count * step, middle - (up[count - 1] as number));
  context.lineTo(left + count * step, middle + (down[count - 1] as number));
  for (let i = count - 1; i >= 0; i--) context.lineTo(left + (i + 0.5) * step, middle + (down[i] as number));
  context.lineTo(left, middle + (down[0] as number));
  context.closePath();
  context.fill();
}

let up = new Float32Array(4096);
let down = new Float32Array(4096);
let inner = new Float32Array(4096);

function paintColumns(
  scene: LaneScene,
  item: VisibleClip,
  left: number,
  step: number,
  firstFrame: number,
): void {
  const { context, view } = scene;
  const { clip, box, muted } = item;
  const { count } = columns;
  if (count === 0) return;
  if (up.length < columns.high.length) {
    up = new Float32Array(columns.high.length);
    down = new Float32Array(columns.high.length);
    inner = new Float32Array(columns.high.length);
  }
  const half = (box.height - 4) / 2;
  const middle = box.top + box.height / 2;
  const gain = 10 ** (clip.gainDb / 20);
  for (let i = 0; i < count; i++) {
    const frame = firstFrame + (i + 0.5) * step * view.framesPerPx;
    const amount = clipGainAt(clip, frame, gain);
    const high = shown((columns.high[i] as number) * amount);
    const low = shown(-(columns.low[i] as number) * amount);
    const rms = Math.min(high, low, shown((columns.rms[i] as number) * amount));
    up[i] = Math.max(leastHalfPx, high * half);
    down[i] = Math.max(leastHalfPx, low * half);
    inner[i] = Math.max(leastHalfPx, rms * half);
  }
  context.fillStyle = item.colours.wave;
  context.globalAlpha = muted ? 0.3 : 0.55;
  fillOutline(context, up, down, left, step, middle);
  context.globalAlpha = muted ? 0.35 : 0.8;
  fillOutline(context, inner, inner, left, step, middle);
  context.globalAlpha = 1;
}

/** Single samples, joined by a line: closer than one sample a pixel. */
function paintSamples(
  scene: LaneScene,
  item: VisibleClip,
  chunks: readonly SampleChunk[],
  firstChunk: number,
  fromFrame: number,
  toFrame: number,
): void {
  const { context, view } = scene;
  const { clip, box, muted } = item;
  const half = (box.height - 4) / 2;
  const middle = box.top + box.height / 2;
  const gain = 10 ** (clip.gainDb / 20);
  const pxPerFrame = 1 / view.framesPerPx;
  const first = Math.max(0, Math.floor(fromFrame) - 1);
  const last = Math.min(clip.lengthFrames - 1, Math.ceil(toFrame) + 1);
  const place = (channel: number, frame: number): number => {
    const at = clip.offsetFrames + frame - firstChunk * chunkFrames;
    const sample = chunks[Math.floor(at / chunkFrames)]?.[channel]?.samples[at % chunkFrames] ?? 0;
    const level = sample * clipGainAt(clip, frame, gain);
    return middle - Math.sign(level) * shown(Math.abs(level)) * half;
  };
  context.strokeStyle = item.colours.wave;
  context.fillStyle = item.colours.wave;
  context.lineWidth = 1.25;
  for (let channel = 0; channel < (chunks[0]?.length ?? 0); channel++) {
    context.globalAlpha = (muted ? 0.5 : 1) * (channel === 0 ? 0.95 : 0.6);
    context.beginPath();
    for (let frame = first; frame <= last; frame++)
      context.lineTo(box.left + frame * pxPerFrame, place(channel, frame));
    context.stroke();
    if (pxPerFrame < dotsFromPx) continue;
    for (let frame = first; frame <= last; frame++)
      context.fillRect(box.left + frame * pxPerFrame - 1.5, place(channel, frame) - 1.5, 3, 3);
  }
  context.globalAlpha = 1;
}

interface Stretch {
  readonly firstColumn: number;
  readonly count: number;
  /** Where its first column is painted. */
  readonly left: number;
  readonly step: number;
}

/** Some columns of a clip's wave; false where samples are still on their way and peaks stand in for them. */
function paintStretch(
  scene: LaneScene,
  item: VisibleClip,
  peaks: WaveformPeaks,
  { firstColumn, count, left, step }: Stretch,
): boolean {
  const { clip } = item;
  const framesPerColumn = scene.view.framesPerPx * step;
  const fromFrame = firstColumn * framesPerColumn;
  const toFrame = Math.min(clip.lengthFrames, fromFrame + count * framesPerColumn);
  const firstFrame = clip.offsetFrames + fromFrame;
  const wantsSamples = framesPerColumn < (peaks.levels[0]?.framesPerPoint ?? 1);
  const run = wantsSamples
    ? scene.samples.chunks(
        clip.sourceId,
        Math.floor(firstFrame),
        Math.min(peaks.frames, clip.offsetFrames + Math.ceil(toFrame) + 1),
      )
    : null;
  if (run && scene.view.framesPerPx < 1) {
    paintSamples(scene, item, run.list, run.first, fromFrame, toFrame);
    return true;
  }
  if (run) columnsFromChunks(columns, run.list, run.first, firstFrame, framesPerColumn, count);
  else columnsFromPeaks(columns, peaks, firstFrame, framesPerColumn, count);
  paintColumns(scene, item, left, step, fromFrame);
  return run !== null || !wantsSamples;
}

const tiles = new WaveTiles();

function paintTiles(scene: LaneScene, item: VisibleClip, peaks: WaveformPeaks, all: Stretch): void {
  const { context, pixelRatio, view } = scene;
  const { clip, box, colours, muted } = item;
  const tilePx = tileColumns * all.step;
  const lastColumn = Math.ceil((box.right - box.left) / all.step);
  const look = `${waveKey(clip)}|${view.framesPerPx}|${box.height}|${colours.wave}|${muted}|${pixelRatio}`;
  const first = Math.floor(all.firstColumn / tileColumns);
  const last = Math.floor((all.firstColumn + all.count - 1) / tileColumns);
  for (let index = first; index <= last; index++) {
    const firstColumn = index * tileColumns;
    const count = Math.min(tileColumns, lastColumn - firstColumn);
    if (count <= 0) continue;
    const x = Math.round((box.left + index * tilePx) * pixelRatio) / pixelRatio;
    const key = `${look}|${index}|${count}`;
    const picture = tiles.get(key, tilePx, box.height, pixelRatio, (tile) => {
      const inTile = {
        ...item,
        box: { left: -index * tilePx, right: box.right - box.left, top: 0, height: box.height },
      };
      return paintStretch({ ...scene, context: tile }, inTile, peaks, {
        firstColumn,
        count,
        left: 0,
        step: all.step,
      });
    });
    if (picture)
      context.drawImage(picture, x, box.top, picture.width / pixelRatio, picture.height / pixelRatio);
    else
      paintStretch(scene, item, peaks, {
        firstColumn,
        count,
        left: box.left + index * tilePx,
        step: all.step,
      });
  }
}

/** The waveform of one clip, as far as it is on the screen. The caller has clipped to the clip's outline. */
export function paintWave(scene: LaneScene, item: VisibleClip): void {
  const { view, width, pixelRatio } = scene;
  const { clip, box } = item;
  const peaks = scene.peaks(clip.sourceId);
  if (!peaks) return;
  const step = 1 / Math.min(2, Math.max(1, Math.round(pixelRatio)));
  // Columns hang on the clip's start, so that a scrolling wave moves without changing its shape.
  const firstColumn = Math.max(0, Math.floor(-box.left / step));
  const count = Math.ceil((Math.min(width, box.right) - box.left) / step) - firstColumn;
  if (count <= 0) return;
  const all = { firstColumn, count, left: box.left + firstColumn * step, step };
  if (scene.zooming || view.framesPerPx < 1) paintStretch(scene, item, peaks, all);
  else paintTiles(scene, item, peaks, all);
}
