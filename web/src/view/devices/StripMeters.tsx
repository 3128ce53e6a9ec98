import { createEffect, createSignal, onCleanup, Show } from 'solid-js';
import type { Probe } from '../../bridge/probeTypes';
import { type Id, masterId, masteringId } from '../../model/types';
import { IconButton } from '../kit/Button';
import { createSurface } from '../kit/canvas';
import { onFrame } from '../kit/frameLoop';
import { palette } from '../kit/palette';
import { createLoudnessReadouts } from '../mixer/loudnessReadouts';
import { Measure } from '../mixer/Measure';
import { useStudio } from '../state/studio';
import { paintLevelAxis, paintSpectrumGround } from './graphs/axes';
import { GoniometerPicture } from './graphs/live/goniometer';
import { Spectrum } from './graphs/live/spectrum';
import { Pen } from './graphs/pen';
import { linearScale } from './graphs/scale';
import './stripMeters.css';

/** For the listener's eyes: stays from strip to strip. */
const [shown, setShown] = createSignal(false);

/** The Master room measures what goes through its chain anyway. */
const hasMeters = (ownerId: Id): boolean => ownerId !== masteringId;

export function MetersButton(props: { ownerId: Id }) {
  return (
    <Show when={hasMeters(props.ownerId)}>
      <IconButton
        icon="gauge"
        label="Meters of this strip"
        tip={
          shown()
            ? 'Measure it no longer'
            : 'Loudness, true peak, spectrum and stereo field, behind the fader'
        }
        pressed={shown()}
        onClick={() => setShown(!shown())}
      />
    </Show>
  );
}

/** What comes out of a strip, behind its fader: loudness, true peak, spectrum and stereo field. */
export function StripMeters(props: { ownerId: Id }) {
  return (
    <Show when={shown() && hasMeters(props.ownerId) && props.ownerId} keyed>
      {(ownerId) => <Meters ownerId={ownerId} />}
    </Show>
  );
}

const bottomDb = -90;
const topDb = -6;
const levels = [-24, -48, -72];
const footPx = 18;
const gutterPx = 30;
const longestStepMs = 250;

function Meters(props: { ownerId: Id }) {
  const studio = useStudio();
  const { mastering } = studio;
  const spectrum = new Spectrum();
  const field = new GoniometerPicture();
  const rateHz = () => studio.project().sampleRateHz;
  createEffect(() => mastering.meterTrack(props.ownerId === masterId ? null : props.ownerId));
  let probe: Probe | null = null;
  onCleanup(() => {
    probe?.close();
    mastering.meterTrack(null);
  });

  const spectrumSurface = createSurface(({ context, width, height }) => {
    const pen = new Pen(context, palette());
    const { x, plotWidth, plotHeight } = paintSpectrumGround(pen, { width, height }, { gutterPx, footPx });
    const y = linearScale(topDb, bottomDb, 0, plotHeight);
    paintLevelAxis(pen, { scale: y, levels, width: plotWidth, figuresAt: width - 6 });
    const outline = (px: number) => Math.min(plotHeight, y.toPx(spectrum.levelDb(x.toValue(px), rateHz())));
    pen.clipped(0, 0, plotWidth, plotHeight, () => {
      pen.area(outline, 0, plotWidth, plotHeight, 'signal', 0.3);
      pen.curve(outline, 0, plotWidth, 'signal', { width: 1.5, alpha: 0.8 });
    });
    pen.vertical(plotWidth, 0, plotHeight, 'line');
  }, rateHz);
  const fieldSurface = createSurface(({ context, width, height }) => {
    field.paint(new Pen(context, palette()), width, height, 'accent');
  });
  let readAt = 0;
  onFrame((nowMs) => {
    probe ??= studio.probes?.open(props.ownerId, { kind: 'strip' }) ?? null;
    const frame = probe?.read();
    const elapsedMs = Math.min(longestStepMs, nowMs - readAt);
    readAt = nowMs;
    if (!frame) return;
    field.hear(frame.outLeft, frame.outRight, elapsedMs);
    fieldSurface.invalidate();
    if (spectrum.update(frame.outLeft, frame.outRight, elapsedMs)) spectrumSurface.invalidate();
  });

  return (
    <div class="panel device-panel strip-meters" role="group" aria-label="Meters">
      <header>
        <h3>Meters</h3>
        <span class="text-3">behind the fader</span>
        <span class="grow" />
        <IconButton small icon="x" label="Close the meters" onClick={() => setShown(false)} />
      </header>
      <div class="device-stage">
        <canvas ref={fieldSurface.ref} role="img" aria-label="Stereo field of this strip" />
        <canvas ref={spectrumSurface.ref} role="img" aria-label="Spectrum of this strip" />
        <Figures bus={props.ownerId === masterId ? 'original' : 'track'} />
      </div>
    </div>
  );
}

function Figures(props: { bus: 'original' | 'track' }) {
  const now = createLoudnessReadouts(() => props.bus);
  const peakOver = (lufs: number) => now.truePeakDbtp() - lufs;
  return (
    <dl>
      <Measure name="Strip integrated" label="Integrated" value={now.integratedLufs()} unit="LUFS" />
      <Measure name="Strip short-term" label="Short-term" value={now.shortTermLufs()} unit="LUFS" />
      <Measure name="Strip momentary" label="Momentary" value={now.momentaryLufs()} unit="LUFS" />
      <Measure name="Strip range" label="Range" value={now.rangeLu()} unit="LU" />
      <Measure name="Strip true peak" label="True peak" value={now.truePeakDbtp()} unit="dBTP" />
      <Measure name="Strip PLR" label="PLR" value={peakOver(now.integratedLufs())} unit="LU" />
      <Measure name="Strip correlation" label="Correlation" value={now.correlation()} unit="" decimals={2} />
    </dl>
  );
}
