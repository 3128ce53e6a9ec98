import { createEffect, createMemo, createSignal, For, on, Show } from 'solid-js';
import { paintLevelAxis, paintSpectrumGround } from '../devices/graphs/axes';
import { type Ink, Pen } from '../devices/graphs/pen';
import { linearScale, type Scale } from '../devices/graphs/scale';
import { Button } from '../kit/Button';
import { createSurface } from '../kit/canvas';
import { Icon } from '../kit/Icon';
import { Menu, type MenuEntry } from '../kit/Menu';
import { palette } from '../kit/palette';
import { ValueField } from '../kit/ValueField';
import { linearSpec } from '../kit/valueSpec';
import { fixed, frequencyText, typographic } from '../kit/valueText';
import { useStudio } from '../state/studio';
import type { ChainSound } from './chainSound';
import type { HeardKind } from './heard';
import { applyMatch, createMatch, type Match, matchAmount, setMatchAmount } from './match';
import {
  averagingName,
  averagings,
  createRoomSpectra,
  setAveragingName,
  setSlopeDb,
  slopeDb,
  slopes,
} from './roomSpectra';

const gutterPx = 34;
const footPx = 18;
const topDb = -14;
const bottomDb = -82;
const levels = [-24, -36, -48, -60, -72];
const lowestDb = -160;
const leastLanePx = 56;
const laneShare = 0.26;
const amountSpec = linearSpec({
  min: 0,
  max: 100,
  defaultValue: 40,
  unit: '%',
  decimals: 0,
  step: 1,
  bigStep: 5,
  pageStep: 20,
});

const kinds: readonly HeardKind[] = ['master', 'original', 'reference'];
const nameOf: Readonly<Record<HeardKind, string>> = {
  master: 'Master',
  original: 'Original',
  reference: 'Reference',
};

/** What is heard over frequency, filled, and what it is compared with; below, what a match to the reference would do. */
export function SpectrumCard(props: { sound: ChainSound }) {
  const studio = useStudio();
  const { transport, mastering } = studio;
  const [holds, setHolds] = createSignal(false);
  const [pointerX, setPointerX] = createSignal<number | null>(null);
  /** The highest level at each pixel since holding began. */
  let held = new Float32Array(0);
  const spectra = createRoomSpectra(studio, props.sound, () => surface.invalidate());
  const { heard, reference } = spectra;
  const match = createMatch(studio, reference);
  /** One reaches so far at least. */
  const laneReachDb = createMemo(() => {
    const found = match();
    if (!found) return 3;
    const most = Math.max(
      ...[40, 80, 160, 315, 630, 1250, 2500, 5000, 10_000].map((hz) => Math.abs(found.gainDb(hz))),
    );
    return most > 3.6 ? 6 : 3;
  });
  const shown = () => kinds.filter((kind) => kind !== 'reference' || reference());
  createEffect(
    on([() => heard().choice, slopeDb, averagingName], () => {
      held = new Float32Array(0);
    }),
  );
  const entries = (): MenuEntry[] => [
    {
      label: 'Peak hold',
      checked: holds(),
      run: () => {
        held = new Float32Array(0);
        setHolds(!holds());
      },
    },
    { kind: 'line' },
    ...slopes.map((slope) => ({
      label: slope === 0 ? 'No slope' : `Slope of ${slope} dB per octave`,
      checked: slopeDb() === slope,
      run: () => setSlopeDb(slope),
    })),
    { kind: 'line' },
    ...averagings.map(({ name }) => ({
      label: `${name} averaging`,
      checked: averagingName() === name,
      run: () => setAveragingName(name),
    })),
  ];

  const paintSpectra = (pen: Pen, x: Scale, width: number, height: number) => {
    const y = linearScale(topDb, bottomDb, 0, height);
    const outline = (level: (hz: number) => number) => (px: number) =>
      Math.min(height, y.toPx(level(x.toValue(px))));
    const main = spectra.levelOf(heard().kind);
    paintLevelAxis(pen, { scale: y, levels, width, figuresAt: width + gutterPx - 8 });
    pen.clipped(0, 0, width, height, () => {
      if (main) {
        const ink = heard().kind === 'reference' ? 'ref' : 'signal';
        pen.area(outline(main), 0, width, height, ink, ink === 'ref' ? 0.2 : 0.3);
        pen.curve(outline(main), 0, width, ink, { width: 1.5, alpha: ink === 'ref' ? 1 : 0.8 });
      }
      for (const kind of shown()) {
        const level = kind === heard().kind ? null : spectra.levelOf(kind);
        if (!level) continue;
        const [ink, style] = lineOf[kind];
        pen.curve(outline(level), 0, width, ink, style);
      }
      if (main && holds() && transport.playing()) {
        if (held.length < width + 1) held = new Float32Array(Math.ceil(width) + 1).fill(lowestDb);
        for (let px = 0; px <= width; px++) held[px] = Math.max(held[px] as number, main(x.toValue(px)));
      }
      if (holds() && held.length > width)
        pen.curve((px) => y.toPx(held[Math.round(px)] ?? lowestDb), 0, width, 'signal', { alpha: 0.6 });
    });
  };

  const paintPointer = (pen: Pen, x: Scale, width: number, height: number) => {
    const px = pointerX();
    if (px === null || px >= width) return;
    const hz = x.toValue(px);
    const figure = (db: number) => (db > -120 ? typographic(fixed(db, 1)) : '–');
    const rows = shown().map((kind): [string, string] => [
      nameOf[kind],
      figure(spectra.levelOf(kind)?.(hz) ?? lowestDb),
    ]);
    const gainDb = match()?.gainDb(hz);
    if (gainDb !== undefined)
      rows.push(['Match', `${gainDb > 0.0499 ? '+' : ''}${typographic(fixed(gainDb, 1))}`]);
    pen.vertical(px, 0, height, 'text3');
    const left = px + 124 < width ? px + 8 : px - 116;
    pen.rounded(left, 8, 108, 26 + 16 * rows.length, 4, 'control', 0.95);
    pen.label(frequencyText(hz), left + 8, 19, { ink: 'text', size: 11, weight: 560, ground: 'control' });
    rows.forEach(([name, value], index) => {
      const y = 37 + 16 * index;
      pen.label(name, left + 8, y, { ink: 'text2', size: 11, ground: 'control' });
      pen.label(value, left + 100, y, { ink: 'text', size: 11, ground: 'control', align: 'right' });
    });
  };

  const surface = createSurface(
    ({ context, width, height }) => {
      const pen = new Pen(context, palette());
      const { x, plotWidth, plotHeight } = paintSpectrumGround(pen, { width, height }, { gutterPx, footPx });
      const found = match();
      const lanePx = found ? Math.max(leastLanePx, Math.round(plotHeight * laneShare)) : 0;
      paintSpectra(pen, x, plotWidth, plotHeight - lanePx);
      if (found)
        paintMatch(
          pen,
          found,
          { x, width: plotWidth, top: plotHeight - lanePx, height: lanePx },
          laneReachDb(),
        );
      pen.vertical(plotWidth, 0, plotHeight, 'line');
      paintPointer(pen, x, plotWidth, plotHeight);
    },
    () => [kinds.map((kind) => spectra.levelOf(kind)), match(), laneReachDb(), holds(), pointerX(), heard()],
  );
  const state = () => {
    const known = mastering.song.analysis() !== null;
    if (!transport.playing()) return known ? 'Whole song' : '';
    return heard().kind === 'reference' && known ? 'Now; lines: whole song' : 'Now';
  };
  return (
    <article class="master-card spectrum-card" aria-label="Spectrum">
      <header>
        <h3>Spectrum</h3>
        <span class="text-3 card-state">{state()}</span>
        <span class="grow" />
        <For each={shown()}>
          {(kind) => (
            <span class={`legend ${kind}`} classList={{ fill: heard().kind === kind }}>
              {nameOf[kind]}
            </span>
          )}
        </For>
        <Show when={reference()} keyed>
          {({ name }) => (
            <>
              <span class="legend match">Match</span>
              <span class="match-apply">
                <Button
                  variant="ghost"
                  class="slim"
                  disabled={!match() || mastering.song.work() !== null}
                  data-tip={`Leads the EQ towards ${name}, in linear phase`}
                  onClick={() => void applyMatch(studio, name, match)}
                >
                  Apply match
                </Button>
                <ValueField
                  label="Match amount"
                  value={matchAmount()}
                  spec={amountSpec}
                  onPreview={setMatchAmount}
                  onCommit={setMatchAmount}
                  onCancel={() => {}}
                />
              </span>
            </>
          )}
        </Show>
        <Menu label="Slope and averaging" class="button ghost slim" entries={entries}>
          <Icon name="sliders-horizontal" small />
          <span class="hidden">Slope and averaging</span>
        </Menu>
      </header>
      <div
        class="card-picture"
        onPointerMove={(event) =>
          setPointerX(event.clientX - event.currentTarget.getBoundingClientRect().left)
        }
        onPointerLeave={() => setPointerX(null)}
      >
        <canvas
          ref={surface.ref}
          role="img"
          aria-label={`Spectrum of ${shown()
            .map((kind) => nameOf[kind].toLowerCase())
            .join(', ')}; heard: ${heard().name}`}
        />
        <Show when={!transport.playing() && !mastering.song.analysis()}>
          <p class="card-hint">Play the song, or wait until it is measured.</p>
        </Show>
      </div>
    </article>
  );
}

const lineOf: Readonly<
  Record<HeardKind, readonly [Ink, { width?: number; alpha?: number; dash?: number[] }]>
> = {
  master: ['signal', { width: 1.5 }],
  original: ['text3', { alpha: 0.7, dash: [3, 3] }],
  reference: ['ref', { width: 1.5 }],
};

interface Lane {
  readonly x: Scale;
  readonly width: number;
  readonly top: number;
  readonly height: number;
}

/** The gains of a match on a scale of their own. */
function paintMatch(pen: Pen, { gainDb }: Match, { x, width, top, height }: Lane, reachDb: number): void {
  const y = linearScale((reachDb * 4) / 3, (-reachDb * 4) / 3, top + 4, top + height - 4);
  const curve = (px: number) => y.toPx(gainDb(x.toValue(px)));
  pen.horizontal(top, 0, width + gutterPx, 'lineStrong');
  paintLevelAxis(pen, {
    scale: y,
    levels: [reachDb, -reachDb],
    width,
    figuresAt: width + gutterPx - 8,
    signed: true,
  });
  pen.horizontal(y.toPx(0), 0, width, 'lineStrong');
  pen.clipped(0, top + 1, width, height - 1, () => {
    pen.area(curve, 0, width, y.toPx(0), 'accent', 0.16);
    pen.curve(curve, 0, width, 'accent', { width: 2 });
  });
}
