import { createSignal } from 'solid-js';
import type { SnapMode } from '../../commands/snap';
import { createRemembered } from './remembered';

/** 32 px a sample at the closest. */
export const minFramesPerPx = 1 / 32;
/** The fitted song leaves this much behind its end. */
const fitMargin = 1.0234;
const emptySongSeconds = 60;

const [framesPerPx, setFramesPerPx] = createSignal(2000);
const [scrollFrame, setScrollFrame] = createSignal(0);
const [laneWidthPx, setLaneWidth] = createSignal(1000);
/** True until a hand zooms: the song then stays fitted as it grows and as the window changes. */
const [fitted, setFitted] = createSignal(true);

export { fitted, framesPerPx, laneWidthPx, scrollFrame };

export type RulerUnit = 'bars' | 'time';

export const [snapMode, setSnapMode] = createRemembered<SnapMode>('snap', ['bar', 'beat', 'off'], 'beat');
export const [rulerUnit, setRulerUnit] = createRemembered<RulerUnit>('ruler', ['bars', 'time'], 'bars');
const [follow, setFollow] = createRemembered<'on' | 'off'>('follow', ['on', 'off'], 'on');
/** Whether the lanes turn the page when the playhead leaves them. */
export const followsPlayhead = (): boolean => follow() === 'on';
export const setFollowsPlayhead = (on: boolean): void => setFollow(on ? 'on' : 'off');

export interface SongExtent {
  readonly endFrame: number;
  readonly sampleRateHz: number;
}

let song: SongExtent = { endFrame: 0, sampleRateHz: 48000 };

const shownFrames = () =>
  Math.max(song.endFrame, emptySongSeconds * (song.endFrame > 0 ? 0 : 1) * song.sampleRateHz);
const fitFramesPerPx = () => Math.max(1, (shownFrames() * fitMargin) / Math.max(1, laneWidthPx()));
/** Far enough out to see the song in a quarter of the lanes. */
const maxFramesPerPx = () =>
  Math.max(fitFramesPerPx() * 4, (song.sampleRateHz * 240) / Math.max(1, laneWidthPx()));

/** The rightmost place that the lanes can begin at: a little of the song stays in view. */
const maxScrollFrame = (perPx: number) =>
  Math.max(0, Math.max(song.endFrame, shownFrames()) - 0.25 * laneWidthPx() * perPx);

/** The length that the scroll bar stands for. */
export const scrollableFrames = (): number => maxScrollFrame(framesPerPx()) + laneWidthPx() * framesPerPx();

function place(perPx: number, scroll: number): void {
  setFramesPerPx(perPx);
  setScrollFrame(Math.min(maxScrollFrame(perPx), Math.max(0, scroll)));
}

export const frameAtPx = (px: number): number => scrollFrame() + px * framesPerPx();
export const pxAtFrame = (frame: number): number => (frame - scrollFrame()) / framesPerPx();

export function scrollTo(frame: number): void {
  setScrollFrame(Math.min(maxScrollFrame(framesPerPx()), Math.max(0, frame)));
}

export const scrollByPx = (px: number): void => scrollTo(scrollFrame() + px * framesPerPx());

/** In (factor below 1) or out, with the frame at `anchorPx` staying where it is. */
export function zoomBy(factor: number, anchorPx: number): void {
  const perPx = Math.min(maxFramesPerPx(), Math.max(minFramesPerPx, framesPerPx() * factor));
  const anchorFrame = frameAtPx(anchorPx);
  setFitted(false);
  place(perPx, anchorFrame - anchorPx * perPx);
}

export function fitSong(): void {
  setFitted(true);
  place(fitFramesPerPx(), 0);
}

export function fitRange(startFrame: number, endFrame: number): void {
  const length = Math.max(1, endFrame - startFrame);
  const perPx = Math.min(
    maxFramesPerPx(),
    Math.max(minFramesPerPx, (length * 1.1) / Math.max(1, laneWidthPx())),
  );
  setFitted(false);
  place(perPx, startFrame - length * 0.05);
}

/** Told by the room: how long the song is. An edit at its end does not zoom under the hand; the first sound does. */
export function setExtent(extent: SongExtent): void {
  const begins = song.endFrame === 0 || extent.endFrame === 0 || song.sampleRateHz !== extent.sampleRateHz;
  song = extent;
  if (fitted() && begins) fitSong();
}

/** Files have come in: a fitted song stays fitted. */
export function refitSong(): void {
  if (fitted()) fitSong();
}

export function setLaneWidthPx(width: number): void {
  if (width <= 0 || width === laneWidthPx()) return;
  setLaneWidth(width);
  if (fitted()) fitSong();
}

let shownProjectId: string | null = null;

/** Another project is fitted into the lanes; the one that was left a moment ago is found as it was. */
export function showProject(projectId: string): void {
  if (projectId === shownProjectId) return;
  shownProjectId = projectId;
  fitSong();
}
