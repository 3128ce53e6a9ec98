import type { Surface } from '../kit/canvas';
import type { Palette } from '../kit/palette';
import { lengthText } from './words';

export interface SongPicture {
  /** Peak of each column of the song, 0 to 255. */
  readonly peaks: Uint8Array;
  readonly lengthS: number;
  readonly markers: readonly { readonly atS: number; readonly name: string }[];
  readonly positionS: number;
  readonly loadedToS: number;
  /** Where the pointer is; null: elsewhere. */
  readonly hoverS: number | null;
}

const font = (px: number, weight = 450) => `${weight} ${px}px "Inter Variable"`;
const rulerSteps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200];
const leastHalfPx = 0.5;
const edgePx = 6;

/** The whole song: its sections, its wave with the played part lit, its times, the playhead. */
export function paintSong(surface: Surface, colours: Palette, song: SongPicture): void {
  const { context, width, height } = surface;
  const narrow = width < 600;
  const top = song.markers.length > 0 ? (narrow ? 24 : 32) : 12;
  const foot = 24;
  const area = { top, bottom: height - foot };
  const x = (seconds: number) => (seconds / song.lengthS) * width;
  context.clearRect(0, 0, width, height);
  context.fillStyle = colours.panel;
  context.fillRect(0, height - foot, width, foot);
  if (song.markers.length > 0) context.fillRect(0, 0, width, top);
  paintSections(surface, colours, song, top, area.bottom, narrow);
  paintWave(surface, colours, song, area, narrow);
  paintTimes(surface, colours, song, height - foot / 2);
  if (song.hoverS !== null) paintHover(surface, colours, x(song.hoverS), song.hoverS, area);
  paintPlayhead(surface, colours, x(song.positionS), area);
}

function paintSections(
  { context, width }: Surface,
  colours: Palette,
  { markers, lengthS, positionS }: SongPicture,
  top: number,
  bottom: number,
  narrow: boolean,
): void {
  const pill = narrow ? { top: 4, height: 16, inset: 5 } : { top: 7, height: 18, inset: 8 };
  context.font = font(11, 530);
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  markers.forEach(({ atS, name }, index) => {
    const endS = markers[index + 1]?.atS ?? lengthS;
    const left = (atS / lengthS) * width;
    const wide = ((endS - atS) / lengthS) * width;
    const here = positionS >= atS && positionS < endS;
    context.fillStyle = here ? colours.accentQuiet : colours.control;
    context.beginPath();
    context.roundRect(left + 1, pill.top, Math.max(1, wide - 2), pill.height, 3);
    context.fill();
    context.save();
    context.beginPath();
    context.rect(left, 0, Math.max(0, wide - 4), top);
    context.clip();
    context.fillStyle = here && colours.dark ? colours.accent : here ? colours.text : colours.text2;
    context.fillText(name, left + pill.inset, pill.top + pill.height / 2 + 0.5);
    context.restore();
    if (atS <= 0) return;
    context.fillStyle = colours.line;
    context.fillRect(Math.round(left), top, 1, bottom - top);
  });
}

function paintWave(
  { context, width, pixelRatio }: Surface,
  colours: Palette,
  { peaks, lengthS, positionS, loadedToS }: SongPicture,
  { top, bottom }: { top: number; bottom: number },
  narrow: boolean,
): void {
  if (peaks.length === 0) return;
  const middle = (top + bottom) / 2;
  const half = (bottom - top) / 2 - 6;
  const step = narrow ? 3 : 1;
  const bar = narrow ? 2 : 1;
  const count = Math.floor(width / step);
  for (let column = 0; column < count; column++) {
    const left = column * step;
    const from = Math.floor((left / width) * peaks.length);
    const to = Math.max(from + 1, Math.floor(((left + step) / width) * peaks.length));
    let high = 0;
    let sum = 0;
    const reach = Math.max(1, Math.round(to - from));
    for (let at = from; at < to; at++) high = Math.max(high, peaks[at] ?? 0);
    for (let at = from - reach; at < to + reach; at++) sum += peaks[at] ?? 0;
    const outer = Math.max(leastHalfPx, shown(high / 255) * half);
    const inner = Math.max(
      leastHalfPx,
      Math.min(outer, shown(sum / (to - from + 2 * reach) / 255) * half * 0.55),
    );
    const atS = ((left + bar / 2) / width) * lengthS;
    const played = atS <= positionS;
    const here = atS <= loadedToS;
    context.fillStyle = played ? colours.text : colours.signal;
    context.globalAlpha = here ? 0.6 : 0.35;
    context.fillRect(left, middle - outer, bar, 2 * outer);
    context.globalAlpha = here ? 0.95 : 0.5;
    context.fillRect(left, middle - inner, bar, 2 * inner);
  }
  context.globalAlpha = 1;
  // A hairline under the part that can be played now.
  const end = Math.round((Math.min(loadedToS, lengthS) / lengthS) * width * pixelRatio) / pixelRatio;
  if (end < width) {
    context.fillStyle = colours.lineStrong;
    context.fillRect(0, bottom - 2, width, 2);
    context.fillStyle = colours.text3;
    context.fillRect(0, bottom - 2, end, 2);
  }
}

/** Quiet sounds stand a little taller than they are. */
const shown = (level: number) => level ** 0.8;

function paintTimes(
  { context, width }: Surface,
  colours: Palette,
  { lengthS }: SongPicture,
  y: number,
): void {
  const leastPx = 72;
  const stepS = rulerSteps.find((step) => (step / lengthS) * width >= leastPx) ?? 14_400;
  context.font = font(10);
  context.fillStyle = colours.text3;
  context.textBaseline = 'middle';
  for (let atS = 0; atS < lengthS; atS += stepS) {
    const x = (atS / lengthS) * width;
    if (x > width - 2 * edgePx - 8) break;
    context.textAlign = atS === 0 ? 'left' : 'center';
    context.fillText(lengthText(atS), atS === 0 ? edgePx : Math.min(x, width - 20), y + 0.5);
  }
}

function paintHover(
  { context, width }: Surface,
  colours: Palette,
  x: number,
  seconds: number,
  { top, bottom }: { top: number; bottom: number },
): void {
  const text = lengthText(seconds);
  context.fillStyle = colours.text3;
  context.globalAlpha = 0.7;
  context.fillRect(Math.round(x), top, 1, bottom - top);
  context.globalAlpha = 1;
  context.font = font(11, 530);
  const wide = context.measureText(text).width + 14;
  const left = x + 6 + wide > width ? x - 6 - wide : x + 6;
  context.fillStyle = colours.raised;
  context.beginPath();
  context.roundRect(left, top + 8, wide, 20, 3);
  context.fill();
  context.strokeStyle = colours.lineStrong;
  context.lineWidth = 1;
  context.stroke();
  context.fillStyle = colours.text;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.fillText(text, left + 7, top + 18.5);
}

function paintPlayhead(
  { context, width }: Surface,
  colours: Palette,
  x: number,
  { top, bottom }: { top: number; bottom: number },
): void {
  const at = Math.min(width - 2, Math.max(0, Math.round(x)));
  context.fillStyle = colours.text;
  context.fillRect(at, top - 4, 1.5, bottom - top + 4);
  context.beginPath();
  context.moveTo(at - 5, top - 6);
  context.lineTo(at + 6, top - 6);
  context.lineTo(at + 6, top - 1);
  context.lineTo(at + 0.5, top + 5);
  context.lineTo(at - 5, top - 1);
  context.closePath();
  context.fill();
}
