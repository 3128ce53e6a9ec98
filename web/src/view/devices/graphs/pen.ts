import type { Palette } from '../../kit/palette';

/** The plain colours of the theme by name. */
export type Ink = Exclude<keyof Palette, 'dark' | 'tracks' | 'muted'>;

export interface LineStyle {
  readonly width?: number;
  readonly alpha?: number;
  readonly dash?: readonly number[];
}

export interface LabelStyle {
  readonly align?: CanvasTextAlign;
  readonly ink?: Ink;
  /** What it stands on: figures keep a rim of that colour, so that a curve behind them does not cut them. */
  readonly ground?: Ink;
  readonly size?: number;
  readonly weight?: number;
}

/** A height for each horizontal pixel. */
export type Outline = (x: number) => number;

const solid: readonly number[] = [];

/** The strokes of which every device's picture is made. One unit is one CSS pixel; straight lines lie on whole ones. */
export class Pen {
  constructor(
    readonly context: CanvasRenderingContext2D,
    readonly colours: Palette,
  ) {}

  #stroke(ink: Ink, style: LineStyle): void {
    const { context } = this;
    context.strokeStyle = this.colours[ink];
    context.lineWidth = style.width ?? 1;
    context.globalAlpha = style.alpha ?? 1;
    context.lineJoin = 'round';
    if (style.dash) context.setLineDash(style.dash as number[]);
    context.stroke();
    if (style.dash) context.setLineDash(solid as number[]);
    context.globalAlpha = 1;
  }

  #fill(ink: Ink, alpha: number): void {
    const { context } = this;
    context.fillStyle = this.colours[ink];
    context.globalAlpha = alpha;
    context.fill();
    context.globalAlpha = 1;
  }

  /** Strokes of odd width are sharp between two pixels' edges. */
  #sharp(at: number, width: number): number {
    return width % 2 === 1 ? Math.floor(at) + 0.5 : Math.round(at);
  }

  horizontal(y: number, fromX: number, toX: number, ink: Ink = 'line', style: LineStyle = {}): void {
    const at = this.#sharp(y, style.width ?? 1);
    this.context.beginPath();
    this.context.moveTo(fromX, at);
    this.context.lineTo(toX, at);
    this.#stroke(ink, style);
  }

  vertical(x: number, fromY: number, toY: number, ink: Ink = 'line', style: LineStyle = {}): void {
    const at = this.#sharp(x, style.width ?? 1);
    this.context.beginPath();
    this.context.moveTo(at, fromY);
    this.context.lineTo(at, toY);
    this.#stroke(ink, style);
  }

  segment(fromX: number, fromY: number, toX: number, toY: number, ink: Ink, style: LineStyle = {}): void {
    this.context.beginPath();
    this.context.moveTo(fromX, fromY);
    this.context.lineTo(toX, toY);
    this.#stroke(ink, style);
  }

  rect(x: number, y: number, width: number, height: number, ink: Ink, alpha = 1): void {
    const { context } = this;
    context.fillStyle = this.colours[ink];
    context.globalAlpha = alpha;
    context.fillRect(x, y, width, height);
    context.globalAlpha = 1;
  }

  rounded(
    x: number,
    y: number,
    width: number,
    height: number,
    radii: number | number[],
    ink: Ink,
    alpha = 1,
  ): void {
    this.context.beginPath();
    this.context.roundRect(x, y, width, height, radii);
    this.#fill(ink, alpha);
  }

  #trace(y: Outline, fromX: number, toX: number, step: number): void {
    const { context } = this;
    context.moveTo(fromX, y(fromX));
    for (let x = fromX + step; x < toX; x += step) context.lineTo(x, y(x));
    context.lineTo(toX, y(toX));
  }

  curve(y: Outline, fromX: number, toX: number, ink: Ink, style: LineStyle & { step?: number } = {}): void {
    this.context.beginPath();
    this.#trace(y, fromX, toX, style.step ?? 1);
    this.#stroke(ink, style);
  }

  /** The area between an outline and a straight edge. */
  area(y: Outline, fromX: number, toX: number, baseY: number, ink: Ink, alpha = 1, step = 1): void {
    const { context } = this;
    context.beginPath();
    this.#trace(y, fromX, toX, step);
    context.lineTo(toX, baseY);
    context.lineTo(fromX, baseY);
    context.closePath();
    this.#fill(ink, alpha);
  }

  between(upper: Outline, lower: Outline, fromX: number, toX: number, ink: Ink, alpha: number): void {
    const { context } = this;
    context.beginPath();
    this.#trace(upper, fromX, toX, 1);
    for (let x = toX; x > fromX; x -= 1) context.lineTo(x, lower(x));
    context.lineTo(fromX, lower(fromX));
    context.closePath();
    this.#fill(ink, alpha);
  }

  /** A way through points given one by one; `close` fills it. */
  path(count: number, x: (index: number) => number, y: (index: number) => number): void {
    const { context } = this;
    context.beginPath();
    context.moveTo(x(0), y(0));
    for (let index = 1; index < count; index++) context.lineTo(x(index), y(index));
  }
  strokePath(ink: Ink, style: LineStyle = {}): void {
    this.#stroke(ink, style);
  }
  fillPath(ink: Ink, alpha = 1): void {
    this.context.closePath();
    this.#fill(ink, alpha);
  }

  clipped(x: number, y: number, width: number, height: number, paint: () => void): void {
    const { context } = this;
    context.save();
    context.beginPath();
    context.rect(x, y, width, height);
    context.clip();
    paint();
    context.restore();
  }

  label(text: string, x: number, y: number, style: LabelStyle = {}): void {
    const { context } = this;
    context.font = `${style.weight ?? 450} ${style.size ?? 10}px "Inter Variable"`;
    context.textAlign = style.align ?? 'left';
    context.textBaseline = 'middle';
    context.lineWidth = 3;
    context.lineJoin = 'round';
    context.strokeStyle = this.colours[style.ground ?? 'well'];
    context.globalAlpha = 0.8;
    context.strokeText(text, x, y + 0.5);
    context.globalAlpha = 1;
    context.fillStyle = this.colours[style.ink ?? 'text3'];
    context.fillText(text, x, y + 0.5);
  }

  textWidth(text: string, size = 10, weight = 450): number {
    this.context.font = `${weight} ${size}px "Inter Variable"`;
    return this.context.measureText(text).width;
  }

  #circle(x: number, y: number, radius: number): void {
    this.context.beginPath();
    this.context.arc(x, y, radius, 0, Math.PI * 2);
  }

  #square(x: number, y: number, half: number): void {
    this.context.beginPath();
    this.context.roundRect(x - half, y - half, 2 * half, 2 * half, 3);
  }

  /** A value in two directions. */
  dot(x: number, y: number, held = false): void {
    this.#circle(x, y, 5);
    this.#fill(held ? 'accent' : 'raised', 1);
    this.#stroke('accent', { width: 1.5 });
    if (held) this.ring(x, y, 8.5);
  }

  ring(x: number, y: number, radius: number): void {
    this.#circle(x, y, radius);
    this.#stroke('accent', { width: 1.5, alpha: 0.5 });
  }

  /** A dot with a figure in it, or a square. */
  numbered(x: number, y: number, text: string, state: 'held' | 'plain' | 'off', square = false): void {
    const held = state === 'held';
    const radius = held ? 9 : 8;
    if (square) this.#square(x, y, radius);
    else this.#circle(x, y, radius);
    this.#fill(held ? 'accent' : 'raised', 1);
    this.#stroke(state === 'off' ? 'text3' : 'accent', { width: 1.5 });
    if (held && square) {
      this.#square(x, y, 12);
      this.#stroke('accent', { width: 1.5, alpha: 0.5 });
    } else if (held) this.ring(x, y, 12.5);
    const { context } = this;
    context.font = '620 10px "Inter Variable"';
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.fillStyle = this.colours[state === 'off' ? 'text3' : held ? 'onAccent' : 'text'];
    context.fillText(text, x, y + 0.5);
  }

  /** A cut: a dot with the slope of its curve in it, rising to the right (1) or falling (-1). */
  cutMark(x: number, y: number, rises: 1 | -1, state: 'held' | 'plain' | 'off'): void {
    this.numbered(x, y, '', state);
    const { context } = this;
    context.beginPath();
    context.moveTo(x - 4 * rises, y + 3);
    context.quadraticCurveTo(x - 2 * rises, y - 2.5, x + 4 * rises, y - 2.5);
    this.#stroke(state === 'off' ? 'text3' : state === 'held' ? 'onAccent' : 'text', { width: 1.5 });
  }

  /** Where something is now; nobody can drag it. */
  now(x: number, y: number): void {
    this.#circle(x, y, 4);
    this.#fill('text', 1);
    this.#stroke('well', { width: 1.5 });
  }

  /** A value in one direction: `along` is how the bar lies. */
  grip(x: number, y: number, along: 'x' | 'y'): void {
    if (along === 'x') this.rounded(x - 7, y - 4, 14, 8, 3, 'text2');
    else this.rounded(x - 4, y - 7, 8, 14, 3, 'text2');
  }

  /** An end, with its flag to the right or to the left. */
  flag(x: number, toY: number, side: 'left' | 'right'): void {
    this.vertical(x, 0, toY, 'accent', { width: 2 });
    const left = side === 'right' ? x - 1 : x - 9;
    this.rounded(left, 0, 10, 14, side === 'right' ? [0, 3, 3, 0] : [3, 0, 0, 3], 'accent');
    this.rect(left + 4, 4, 1, 6, 'onAccent');
    this.rect(left + 6, 4, 1, 6, 'onAccent');
  }
}
