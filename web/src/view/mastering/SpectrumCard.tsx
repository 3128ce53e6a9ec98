import { createEffect, createMemo, createSignal, onCleanup, Show } from 'solid-js';
import type { BandPower } from '../../mastering/measures';
import { paintFrequencyAxis, paintLevelAxis } from '../devices/graphs/axes';
import { type Averaging, Spectrum, usualAveraging, usualSlopeDb } from '../devices/graphs/live/spectrum';
import { Pen } from '../devices/graphs/pen';
import { frequencyScale, linearScale } from '../devices/graphs/scale';
import { Button } from '../kit/Button';
import { createSurface } from '../kit/canvas';
import { Icon } from '../kit/Icon';
import { Menu, type MenuEntry } from '../kit/Menu';
import { palette } from '../kit/palette';
import { fixed, frequencyText, typographic } from '../kit/valueText';
import { useStudio } from '../state/studio';
import { averageLevels, levelBetween } from './averageSpectrum';
import type { ChainSound } from './chainSound';

const gutterPx = 34;
const footPx = 18;
const topDb = -14;
const bottomDb = -82;
const levels = [-24, -36, -48, -60, -72];
const lowestDb = -160;

const slopes = [0, 3, usualSlopeDb];
const averagings: readonly { readonly name: string; readonly averaging: Averaging }[] = [
  { name: 'Fast', averaging: usualAveraging },
  { name: 'Slow', averaging: { riseMs: 600, fallMs: 1500 } },
  { name: 'Very slow', averaging: { riseMs: 4000, fallMs: 4000 } },
];
const [slopeDb, setSlopeDb] = createSignal(usualSlopeDb);
const [averagingName, setAveragingName] = createSignal('Fast');

interface Average {
  readonly bands: readonly BandPower[];
  readonly levels: Float64Array;
}

/** Master and original over frequency: live while the song plays, the whole song's average at rest. */
export function SpectrumCard(props: { sound: ChainSound }) {
  const studio = useStudio();
  const { transport, mastering } = studio;
  const rateHz = () => studio.project().sampleRateHz;
  const before = new Spectrum();
  const after = new Spectrum();
  const [holds, setHolds] = createSignal(false);
  const [pointerX, setPointerX] = createSignal<number | null>(null);
  /** The highest level at each pixel since holding began. */
  let held = new Float32Array(0);
  const averageOf = (which: 'master' | 'original') =>
    createMemo((): Average | null => {
      const programme = mastering.song.analysis()?.[which];
      if (!programme) return null;
      return { bands: programme.bands, levels: averageLevels(programme.bands, programme.sampleRateHz) };
    });
  const master = averageOf('master');
  const original = averageOf('original');
  /** The reference that is listened to, else the first; as loud as the master. */
  const references = () => studio.project().mastering.references;
  const reference = () => references().find(({ id }) => id === mastering.listening()) ?? references()[0];
  const compared = createMemo((): (Average & { readonly name: string }) | null => {
    const chosen = reference();
    const programme = chosen && mastering.song.references().get(chosen.id);
    const lufs = mastering.song.analysis()?.master.integratedLufs;
    if (!programme || lufs === undefined) return null;
    const shiftDb = lufs - programme.integratedLufs;
    const own = averageLevels(programme.bands, programme.sampleRateHz);
    const levels = own.map((level) => level + (Number.isFinite(shiftDb) ? shiftDb : 0));
    return { name: chosen.name, bands: programme.bands, levels };
  });
  const at = (average: Average | null, hz: number) =>
    average
      ? levelBetween(average.bands, average.levels, hz) + (slopeDb() - usualSlopeDb) * Math.log2(hz / 1000)
      : lowestDb;
  createEffect(() => {
    const chosen = averagings.find(({ name }) => name === averagingName());
    for (const spectrum of [before, after]) {
      spectrum.slopeDb = slopeDb();
      spectrum.averaging = chosen?.averaging ?? usualAveraging;
    }
    held = new Float32Array(0);
  });
  const entries = (): MenuEntry[] => [
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

  const surface = createSurface(
    ({ context, width, height }) => {
      const pen = new Pen(context, palette());
      const plotWidth = width - gutterPx;
      const plotHeight = height - footPx;
      const x = frequencyScale(plotWidth);
      const y = linearScale(topDb, bottomDb, 0, plotHeight);
      pen.rect(0, 0, width, height, 'well');
      paintFrequencyAxis(pen, {
        scale: x,
        fromHz: 20,
        toHz: 20000,
        height: plotHeight,
        footHeight: footPx,
        width: plotWidth,
      });
      paintLevelAxis(pen, { scale: y, levels, width: plotWidth, figuresAt: width - 8 });
      const live = transport.playing();
      const masterDb = (hz: number) => (live ? after.levelDb(hz, rateHz()) : at(master(), hz));
      const originalDb = (hz: number) => (live ? before.levelDb(hz, rateHz()) : at(original(), hz));
      const outline = (level: (hz: number) => number) => (px: number) =>
        Math.min(plotHeight, y.toPx(level(x.toValue(px))));
      pen.clipped(0, 0, plotWidth, plotHeight, () => {
        pen.area(outline(masterDb), 0, plotWidth, plotHeight, 'signal', 0.3);
        pen.curve(outline(masterDb), 0, plotWidth, 'signal', { width: 1.5, alpha: 0.8 });
        pen.curve(outline(originalDb), 0, plotWidth, 'text3', { alpha: 0.7, dash: [3, 3] });
        if (compared())
          pen.curve(
            outline((hz) => at(compared(), hz)),
            0,
            plotWidth,
            'ref',
            { width: 1.5 },
          );
        if (live && holds()) {
          if (held.length < plotWidth + 1) held = new Float32Array(plotWidth + 1).fill(lowestDb);
          for (let px = 0; px <= plotWidth; px++)
            held[px] = Math.max(held[px] as number, masterDb(x.toValue(px)));
        }
        if (holds() && held.length > plotWidth)
          pen.curve((px) => y.toPx(held[Math.round(px)] ?? lowestDb), 0, plotWidth, 'signal', { alpha: 0.6 });
      });
      pen.vertical(plotWidth, 0, plotHeight, 'line');
      const px = pointerX();
      if (px !== null && px < plotWidth) {
        const hz = x.toValue(px);
        const figure = (db: number) => (db > -120 ? typographic(fixed(db, 1)) : '–');
        pen.vertical(px, 0, plotHeight, 'text3');
        const left = px + 124 < plotWidth ? px + 8 : px - 116;
        pen.rounded(left, 8, 108, compared() ? 75 : 58, 4, 'control', 0.95);
        const row = (name: string, value: string, top: number) => {
          pen.label(name, left + 8, top, { ink: 'text2', size: 11, ground: 'control' });
          pen.label(value, left + 100, top, { ink: 'text', size: 11, ground: 'control', align: 'right' });
        };
        pen.label(frequencyText(hz), left + 8, 19, { ink: 'text', size: 11, weight: 560, ground: 'control' });
        row('Master', figure(masterDb(hz)), 37);
        row('Original', figure(originalDb(hz)), 54);
        if (compared()) row('Reference', figure(at(compared(), hz)), 71);
      }
    },
    () => [master(), original(), compared(), transport.playing(), holds(), pointerX(), slopeDb()],
  );
  props.sound.hear((frame, elapsedMs) => {
    const moved = [
      before.update(frame.inLeft, frame.inRight, elapsedMs),
      after.update(frame.outLeft, frame.outRight, elapsedMs),
    ];
    if (moved.some(Boolean)) surface.invalidate();
  });
  onCleanup(() => {
    held = new Float32Array(0);
  });
  return (
    <article class="master-card spectrum-card" aria-label="Spectrum">
      <header>
        <h3>Spectrum</h3>
        <span class="text-3 card-state">
          {transport.playing() ? 'Now' : mastering.song.analysis() ? 'Whole song' : ''}
        </span>
        <span class="grow" />
        <span class="legend fill">Master</span>
        <span class="legend dashed">Original</span>
        <Show when={compared()}>
          <span class="legend reference">Reference</span>
        </Show>
        <Button
          variant="ghost"
          class="slim"
          pressed={holds()}
          onClick={() => {
            held = new Float32Array(0);
            setHolds(!holds());
          }}
        >
          Peak hold
        </Button>
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
        <canvas ref={surface.ref} role="img" aria-label="Spectrum of master and original" />
        <Show when={!transport.playing() && !mastering.song.analysis()}>
          <p class="card-hint">Play the song, or wait until it is measured.</p>
        </Show>
      </div>
    </article>
  );
}
