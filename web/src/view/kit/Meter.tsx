import { createEffect, createSignal, onCleanup, Show } from 'solid-js';
import { createSurface } from './canvas';
import { onFrame } from './frameLoop';
import { levelDb, PeakHold, paintMeter } from './meterPainter';
import { palette } from './palette';
import { meterPosition } from './taper';
import { fixed, levelText } from './valueText';

/** Fills [peakL, peakR, rmsL, rmsR, maxPeak, flags], linear; false where there is nothing to show. */
export type MeterReader = (into: Float32Array) => boolean;

const fieldCount = 6;
const spokenEveryMs = 500;

export interface MeterProps {
  /** The accessible name; "Level" unless told. */
  label?: string;
  read: MeterReader;
  barWidth: number;
  gap: number;
  /** Shown empty. */
  muted?: boolean;
  class?: string;
}

/** Two vertical bars, left and right, painted every frame while on the screen. Its size comes from the stylesheet. */
export function Meter(props: MeterProps) {
  const levels = new Float32Array(fieldCount);
  /** Half pixels that the bars and the hold lines reached in the last paint: less than one is no reason for another. */
  const drawn = new Int32Array(6).fill(-1);
  const holds = [new PeakHold(), new PeakHold()] as const;
  const [spokenDb, setSpokenDb] = createSignal(-60);
  let held: [number, number] = [-200, -200];
  const [onScreen, setOnScreen] = createSignal(true);
  let spokenAt = 0;

  const surface = createSurface(({ context, width, height }) => {
    const colours = palette();
    context.clearRect(0, 0, width, height);
    for (const channel of [0, 1] as const) {
      const bar = { x: channel * (props.barWidth + props.gap), y: 0, width: props.barWidth, height };
      const peakDb = levelDb(levels[channel] as number);
      const rmsDb = levelDb(levels[channel + 2] as number);
      paintMeter(context, bar, rmsDb, peakDb, held[channel], colours);
    }
  });

  const speak = (nowMs: number) => {
    spokenAt = nowMs;
    const peakDb = levelDb(Math.max(levels[0] as number, levels[1] as number));
    setSpokenDb(Math.round(Math.min(12, Math.max(-60, peakDb)) * 10) / 10);
  };

  const reachElsewhere = (): boolean => {
    const halves = (surface.size()?.height ?? 0) * 2;
    let moved = false;
    for (let place = 0; place < drawn.length; place++) {
      const db = place < 4 ? levelDb(levels[place] as number) : (held[place - 4] as number);
      const reach = Math.round(meterPosition(db) * halves);
      if (reach !== drawn[place]) moved = true;
      drawn[place] = reach;
    }
    return moved;
  };

  onFrame((nowMs) => {
    const speaks = nowMs - spokenAt >= spokenEveryMs;
    if (!onScreen() && !speaks) return;
    if (props.muted || !props.read(levels)) levels.fill(0);
    if (speaks) speak(nowMs);
    if (!onScreen()) return;
    held = [
      holds[0].update(levelDb(levels[0] as number), nowMs),
      holds[1].update(levelDb(levels[1] as number), nowMs),
    ];
    if (reachElsewhere()) surface.invalidate();
  });
  createEffect(() => {
    if (props.muted) surface.invalidate();
  });

  return (
    <div
      ref={(element) => {
        // A canvas costs the compositor at every frame, seen or not.
        const watcher = new IntersectionObserver(([entry]) => setOnScreen(entry?.isIntersecting ?? true));
        watcher.observe(element);
        onCleanup(() => watcher.disconnect());
      }}
      class={`meter ${props.class ?? ''}`}
      role="meter"
      aria-label={props.label ?? 'Level'}
      aria-valuemin={-60}
      aria-valuemax={12}
      aria-valuenow={spokenDb()}
      aria-valuetext={spokenDb() <= -60 ? 'silent' : `${fixed(spokenDb(), 1)} dBFS`}
    >
      <Show when={onScreen()}>
        <canvas
          ref={(canvas) => {
            surface.ref(canvas);
            drawn.fill(-1);
          }}
        />
      </Show>
    </div>
  );
}

export interface PeakNumberProps {
  read: MeterReader;
  /** Click; Alt-click is for all. */
  onReset: () => void;
  onResetAll: () => void;
  class?: string;
}

/** The highest peak since the last click; lit from 0.0 dBFS up until it is clicked. */
export function PeakNumber(props: PeakNumberProps) {
  const levels = new Float32Array(fieldCount);
  const [peakDb, setPeakDb] = createSignal(Number.NEGATIVE_INFINITY);
  let readAt = 0;
  onFrame((nowMs) => {
    if (nowMs - readAt < 100) return;
    readAt = nowMs;
    const db = props.read(levels) ? levelDb(levels[4] as number) : -200;
    setPeakDb(Math.round(db * 10) / 10);
  });
  const text = () => (peakDb() > 0 ? `+${levelText(peakDb())}` : levelText(peakDb()));
  return (
    <button
      type="button"
      class={`peak-number ${props.class ?? ''}`}
      classList={{ clipped: peakDb() >= 0 }}
      aria-label={`Highest peak ${text()} dBFS, reset`}
      data-tip="Highest peak; click to reset, Alt-click resets all"
      onClick={(event) => (event.altKey ? props.onResetAll() : props.onReset())}
    >
      {text()}
    </button>
  );
}
