import { createEffect, createMemo, Show } from 'solid-js';
import { loudnessFields } from '../../bridge/meterTypes';
import { masteredPart } from '../../mastering/masteredPart';
import { at as clock } from '../../mastering/proposal';
import { paintLevelAxis } from '../devices/graphs/axes';
import { Pen } from '../devices/graphs/pen';
import { linearScale } from '../devices/graphs/scale';
import { Button } from '../kit/Button';
import { createSurface } from '../kit/canvas';
import { onFrame } from '../kit/frameLoop';
import { palette } from '../kit/palette';
import { fixed, typographic } from '../kit/valueText';
import { paintOutline } from '../projects/paintOutline';
import { mixOutline } from '../projects/picture';
import { useStudio } from '../state/studio';
import { highestOf, LoudnessTrace, rangeFor, stepSeconds, timeMarks } from './loudnessTrace';
import { targetNow } from './targetNow';

const gutterPx = 34;
const footPx = 18;
const wavePx = 40;

/** The song over time with its loudness; a click goes there. */
export function LoudnessCard() {
  const studio = useStudio();
  const { transport, mastering } = studio;
  const { song } = mastering;
  const rateHz = () => studio.project().sampleRateHz;
  /** What of the song is mastered; it may go on behind its last clip. */
  const part = createMemo(() => masteredPart(transport.songEndFrame(), studio.project().mastering));
  const isPart = () => {
    const { headFrames, tailFrames } = studio.project().mastering;
    return headFrames !== 0 || tailFrames !== 0;
  };
  const partEnd = () => part().startFrame + part().frames;
  const endFrame = () => Math.max(transport.songEndFrame(), partEnd());
  const seconds = () => endFrame() / rateHz();
  const target = targetNow(studio);
  const trace = new LoudnessTrace();
  const live = new Float64Array(loudnessFields.length);
  const momentary = loudnessFields.indexOf('momentaryLufs');
  const shortTerm = loudnessFields.indexOf('shortTermLufs');
  const measured = createMemo(() => (song.stale() ? null : song.analysis()));
  let line: HTMLElement | undefined;

  const surface = createSurface(
    (area) => {
      const { context, width, height } = area;
      const pen = new Pen(context, palette());
      const plotWidth = width - gutterPx;
      const plotHeight = height - footPx;
      pen.rect(0, 0, width, height, 'well');
      const outline = mixOutline(
        studio.project(),
        (id) => studio.peaks.get(id),
        { startFrame: 0, endFrame: endFrame() },
        Math.floor(plotWidth),
      );
      paintOutline({ ...area, height: wavePx }, outline, palette().signal);
      pen.horizontal(wavePx, 0, width, 'line');
      const loudest = highestOf(trace.momentaryLufs, 0, trace.momentaryLufs.length);
      const { topLufs, bottomLufs } = rangeFor(target().loudnessLufs, loudest);
      const y = linearScale(topLufs, bottomLufs, wavePx + 8, plotHeight);
      const levels = [];
      for (let lufs = topLufs - 2; lufs > bottomLufs; lufs -= 4) levels.push(lufs);
      paintLevelAxis(pen, { scale: y, levels, width: plotWidth, figuresAt: width - 8 });
      for (const mark of timeMarks(seconds(), plotWidth)) {
        const x = (mark.seconds / seconds()) * plotWidth;
        pen.vertical(x, wavePx, plotHeight, 'line');
        if (x < plotWidth - 12) pen.label(mark.text, x, height - 8, { align: 'center' });
      }
      const perPx = seconds() / stepSeconds / plotWidth;
      const of = (values: Float32Array) => (px: number) => {
        const first = Math.floor(px * perPx);
        const lufs = highestOf(values, first, Math.max(first + 1, Math.floor((px + 1) * perPx)));
        return lufs >= bottomLufs ? Math.max(wavePx + 1, y.toPx(lufs)) : plotHeight;
      };
      pen.clipped(0, wavePx + 1, plotWidth, plotHeight - wavePx - 1, () => {
        pen.area(of(trace.momentaryLufs), 0, plotWidth, plotHeight, 'signal', 0.3);
        const { loudnessLufs, toleranceLu } = target();
        if (loudnessLufs !== null) {
          const top = y.toPx(loudnessLufs + toleranceLu);
          pen.rect(0, top, plotWidth, y.toPx(loudnessLufs - toleranceLu) - top, 'accent', 0.12);
          pen.horizontal(y.toPx(loudnessLufs), 0, plotWidth, 'accent', { width: 1.5, dash: [5, 4] });
        }
        pen.curve(of(trace.shortTermLufs), 0, plotWidth, 'text', { width: 1.75 });
      });
      pen.vertical(plotWidth, 0, plotHeight, 'line');
      const startPx = (part().startFrame / endFrame()) * plotWidth;
      const endPx = (partEnd() / endFrame()) * plotWidth;
      for (const [from, to] of [
        [0, startPx],
        [endPx, plotWidth],
      ] as const) {
        if (to - from < 0.5) continue;
        pen.rect(from, 0, to - from, plotHeight, 'well', 0.7);
        pen.vertical(from === 0 ? to : from, 0, plotHeight, 'lineStrong');
      }
      const from = song.analysis()?.startSeconds ?? 0;
      const after = measured()?.after;
      const marks = (places: readonly number[], ink: 'warn' | 'bad', top: number) => {
        for (const place of places) pen.rect(((from + place) / seconds()) * plotWidth - 1, top, 2, 6, ink);
      };
      marks(after?.truePeakOverSeconds ?? [], 'warn', wavePx - 7);
      marks(after?.clippedSeconds ?? [], 'bad', 1);
    },
    () => [
      studio.project(),
      target(),
      part(),
      song.analysis(),
      song.stale(),
      ...Object.keys(studio.project().sources).map((id) => studio.peaks.get(id)),
    ],
  );
  createEffect(() => {
    const analysis = song.analysis();
    if (analysis) trace.load(analysis.master.history, analysis.startSeconds, seconds());
    else trace.clear(seconds());
    surface.invalidate();
  });
  let readAt = 0;
  onFrame((nowMs) => {
    const end = endFrame();
    const position = transport.positionFrames();
    if (line) line.style.setProperty('--share', `${end > 0 ? Math.min(1, position / end) : 0}`);
    if (!transport.playing() || measured() || nowMs - readAt < 1000 * stepSeconds) return;
    readAt = nowMs;
    if (!mastering.readLoudness('tap', live)) return;
    trace.put(position / rateHz(), live[momentary] as number, live[shortTerm] as number);
    surface.invalidate();
  });
  const seek = (event: PointerEvent) => {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (event.clientX - box.left) / (box.width - gutterPx)));
    transport.seek(Math.min(Math.round(share * endFrame()), transport.songEndFrame()));
  };
  const places = () => {
    const after = measured()?.after;
    const list = [
      after && after.clippedRuns > 0 ? `${after.clippedRuns} clipped` : '',
      after && after.truePeakOvers > 0 ? `${after.truePeakOvers} over between samples` : '',
    ];
    return list.filter((text) => text !== '').join(', ');
  };
  return (
    <article class="master-card loudness-card" aria-label="Loudness">
      <header>
        <h3>Loudness</h3>
        <Show when={song.stale()}>
          <span class="text-3 card-state">Before the last changes</span>
        </Show>
        <Show when={places()}>{(text) => <span class="card-state bad-text">{text()}</span>}</Show>
        <Show when={isPart()}>
          <span class="text-3 card-state card-part">
            {clock(part().startFrame / rateHz())} to {clock(partEnd() / rateHz())}
          </span>
          <Button class="slim" variant="ghost" onClick={() => void song.masterWhole()}>
            Whole song
          </Button>
        </Show>
        <span class="grow" />
        <span class="legend line">Short-term</span>
        <span class="legend fill">Momentary</span>
        <Show when={target().loudnessLufs !== null}>
          <span class="legend dashed target">
            Target {typographic(fixed(target().loudnessLufs ?? 0, 0))} LUFS
          </span>
        </Show>
      </header>
      <div
        class="card-picture"
        data-tip="Click to go there"
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          // A finger may be on its way up or down the page.
          if (event.pointerType !== 'touch') seek(event);
        }}
        onPointerUp={(event) => {
          if (event.pointerType === 'touch') seek(event);
        }}
        onPointerMove={(event) => {
          if (event.currentTarget.hasPointerCapture(event.pointerId)) seek(event);
        }}
      >
        <canvas ref={surface.ref} role="img" aria-label="Loudness over the song" />
        <i ref={line} class="card-playhead" aria-hidden="true" />
      </div>
    </article>
  );
}
