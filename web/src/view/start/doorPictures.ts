import type { TrackColour } from '../../model/types';
import type { Surface } from '../kit/canvas';
import type { Palette } from '../kit/palette';

/** Loudness of a drawn part at a beat, 0 to 1. */
type Part = (beat: number) => number;

const decay = (beat: number, every: number, time: number) => Math.exp(-(beat % every) / time);
const grain = (n: number) => {
  const x = Math.sin(n * 127.1 + 311.7) * 43758.5453;
  return x - Math.floor(x);
};

const kick: Part = (beat) => decay(beat, 1, 0.13);
const snare: Part = (beat) => decay(beat + 1, 2, 0.2);
const bass: Part = (beat) => (beat % 1 < 0.85 ? 0.5 + 0.35 * decay(beat, 0.5, 0.2) : 0.05);
const keys: Part = (beat) => 0.25 + 0.45 * decay(beat, 2.5, 1.2);
const guitar: Part = (beat) => 0.15 + 0.55 * decay(beat, 0.75, 0.3);
const voice: Part = (beat) => {
  const inPhrase = beat % 4;
  return inPhrase > 3.3 ? 0.04 : (0.25 + 0.7 * Math.abs(Math.sin(beat * 4.1))) * Math.min(1, inPhrase * 6);
};

interface Lane {
  readonly part: Part;
  readonly colour: TrackColour;
  readonly from: number;
  readonly to: number;
}

function paintLane(
  { context, width }: Surface,
  colours: Palette,
  lane: Lane,
  top: number,
  height: number,
): void {
  const left = Math.round(lane.from * width);
  const right = Math.round(lane.to * width);
  const { wave, ground } = colours.tracks[lane.colour];
  context.fillStyle = ground;
  context.beginPath();
  context.roundRect(left, top, right - left, height, 2);
  context.fill();
  context.fillStyle = wave;
  const middle = top + height / 2;
  for (let x = left; x < right; x++) {
    const loud = lane.part(((x - left) / width) * 16) * (0.7 + 0.3 * grain(x));
    const half = Math.max(0.5, (loud * (height - 2)) / 2);
    context.globalAlpha = 0.55;
    context.fillRect(x, middle - half, 1, half * 2);
    context.globalAlpha = 0.8;
    context.fillRect(x, middle - half * 0.45, 1, half * 0.9);
  }
  context.globalAlpha = 1;
}

const laneHeight = 14;
const lanePitch = 17;

const paintLanes = (lanes: readonly Lane[]) => (surface: Surface, colours: Palette) => {
  surface.context.clearRect(0, 0, surface.width, surface.height);
  for (const [index, lane] of lanes.entries()) {
    paintLane(surface, colours, lane, index * lanePitch, laneHeight);
  }
};

/** The demo song: parts of an arrangement. */
export const paintDemo = paintLanes([
  { part: kick, colour: 'coral', from: 0, to: 1 },
  { part: keys, colour: 'jade', from: 0, to: 1 },
  { part: voice, colour: 'violet', from: 0.18, to: 1 },
]);

/** Stems: files that become tracks, one under the other. */
export const paintStems = paintLanes([
  { part: snare, colour: 'coral', from: 0, to: 1 },
  { part: bass, colour: 'ochre', from: 0.04, to: 1 },
  { part: guitar, colour: 'sage', from: 0.08, to: 1 },
]);

/** A finished mix, before and after. */
export function paintMaster({ context, width, height }: Surface, colours: Palette): void {
  context.clearRect(0, 0, width, height);
  const half = Math.round(width / 2);
  for (let x = 0; x < width; x++) {
    const beat = (x / width) * 24;
    const loud = Math.min(0.94, (0.42 + 0.5 * Math.max(kick(beat), snare(beat))) * (0.75 + 0.25 * grain(x)));
    const size = loud * (x < half ? 0.62 : 1) * height;
    context.globalAlpha = 0.9;
    context.fillStyle = x < half ? colours.signal : colours.accent;
    context.fillRect(x, (height - size) / 2, 1, size);
  }
  context.globalAlpha = 1;
  context.fillStyle = colours.text;
  context.fillRect(half, 0, 1, height);
}

/** Behind the start page: the desk that the song will lie on. */
export function paintDesk({ context, width, height }: Surface, colours: Palette, headWidth: number): void {
  const rulerHeight = 44;
  const lane = 48;
  const bar = 72;
  context.clearRect(0, 0, width, height);
  context.fillStyle = colours.panel;
  context.fillRect(0, 0, width, rulerHeight);
  context.fillRect(0, 0, headWidth, height);
  context.fillStyle = colours.line;
  context.fillRect(0, rulerHeight - 1, width, 1);
  context.globalAlpha = 0.55;
  for (let y = rulerHeight + lane - 1; y < height; y += lane) context.fillRect(0, y, width, 1);
  context.globalAlpha = 0.5;
  for (let x = headWidth; x < width; x += bar) context.fillRect(x, rulerHeight, 1, height);
  context.globalAlpha = 1;
  context.fillRect(headWidth, 0, 1, height);
  context.font = `450 10px ${getComputedStyle(document.body).fontFamily}`;
  context.fillStyle = colours.text3;
  context.textBaseline = 'middle';
  for (let index = 0; headWidth + index * bar < width; index += 2) {
    context.fillText(String(index + 1), headWidth + index * bar + 5, 32);
  }
}
