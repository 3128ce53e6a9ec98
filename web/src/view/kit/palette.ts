import { type Accessor, createSignal } from 'solid-js';
import { type TrackColour, trackColours } from '../../model/types';
import { mixColours } from './colour';

const tokens = {
  well: 'well',
  panel: 'panel',
  raised: 'raised',
  control: 'control',
  line: 'line',
  lineStrong: 'line-strong',
  lineControl: 'line-control',
  text: 'text',
  text2: 'text-2',
  text3: 'text-3',
  signal: 'signal',
  accent: 'accent',
  accentQuiet: 'accent-quiet',
  onAccent: 'on-accent',
  ok: 'ok',
  warn: 'warn',
  bad: 'bad',
  ref: 'ref',
} as const;

/** What a clip is painted with. */
export interface ClipColours {
  readonly wave: string;
  readonly ground: string;
  readonly groundSelected: string;
  readonly name: string;
  readonly fade: string;
}

/** The tokens of the present theme, as canvases need them. */
export type Palette = Readonly<Record<keyof typeof tokens, string>> & {
  readonly dark: boolean;
  readonly tracks: Readonly<Record<TrackColour, ClipColours>>;
  /** Clips of a muted track. */
  readonly muted: ClipColours;
};

function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const share = (name: string) => Number.parseFloat(token(name)) / 100;
  const plain = Object.fromEntries(
    Object.entries(tokens).map(([name, property]) => [name, token(property)]),
  ) as Record<keyof typeof tokens, string>;
  const dark = document.documentElement.dataset.theme !== 'light';
  const clip = (colour: string): ClipColours => ({
    wave: colour,
    ground: mixColours(colour, plain.well, share('clip-fill')),
    groundSelected: mixColours(colour, plain.well, share('clip-fill-sel')),
    name: mixColours(colour, plain.text, dark ? 0.35 : 0.12),
    fade: mixColours(colour, plain.text, 0.4),
  });
  return {
    ...plain,
    dark,
    tracks: Object.fromEntries(trackColours.map((colour) => [colour, clip(token(`tk-${colour}`))])) as Record<
      TrackColour,
      ClipColours
    >,
    muted: { ...clip(plain.text3), name: plain.text3 },
  };
}

let accessor: Accessor<Palette> | undefined;

const scaleFont = '450 10px "Inter Variable"';

/** Reactive: a new object whenever the theme changes, and when the typeface has come, so that canvases paint anew. */
export function palette(): Palette {
  if (!accessor) {
    const [current, setCurrent] = createSignal(readPalette());
    accessor = current;
    const renew = () => setCurrent(readPalette());
    new MutationObserver(renew).observe(document.documentElement, { attributeFilter: ['data-theme'] });
    void document.fonts.load(scaleFont).then(renew);
  }
  return accessor();
}

/** The CSS colour of a track: for style.setProperty('--track', ...). */
export const trackColourVariable = (colour: TrackColour): string => `var(--tk-${colour})`;
