import { createMemo, createSignal, Show } from 'solid-js';
import { Pen } from '../devices/graphs/pen';
import { linearScale } from '../devices/graphs/scale';
import { createSurface } from '../kit/canvas';
import { palette } from '../kit/palette';
import { fixed, typographic } from '../kit/valueText';
import { createLoudnessReadouts } from '../mixer/loudnessReadouts';
import { useStudio } from '../state/studio';
import { correlationByRange } from './averageSpectrum';
import type { ChainSound } from './chainSound';
import { type Heard, heardNow } from './heard';

/** Says what is heard, and so shown, where it is not the master. */
function SourceName(props: { source: Heard }) {
  return (
    <Show when={props.source.kind !== 'master'}>
      <span
        class="card-state source-name ellipsis"
        classList={{ reference: props.source.kind === 'reference' }}
      >
        {props.source.name}
      </span>
    </Show>
  );
}

const shownFrames = 2400;
/** The picture grows no more than this over what sounds. */
const leastReach = 0.02;

/** Mid upward, side across; the newest are the brightest. */
function Goniometer(props: { sound: ChainSound }) {
  const source = heardNow(useStudio());
  const left = new Float32Array(shownFrames);
  const right = new Float32Array(shownFrames);
  let reach = leastReach;
  const [sounded, setSounded] = createSignal(false);
  const surface = createSurface(({ context, width, height }) => {
    const pen = new Pen(context, palette());
    const [x, y] = [width / 2, height / 2];
    const radius = Math.min(width, height) / 2 - 10;
    pen.rect(0, 0, width, height, 'well');
    pen.path(
      4,
      (corner) => x + radius * ([0, 1, 0, -1][corner] as number),
      (corner) => y + radius * ([-1, 0, 1, 0][corner] as number),
    );
    context.closePath();
    pen.strokePath('lineStrong');
    const half = radius / 2;
    pen.segment(x - half, y - half, x + half, y + half, 'line');
    pen.segment(x + half, y - half, x - half, y + half, 'line');
    pen.vertical(x, y - radius, y + radius, 'line');
    pen.label('L', x - half - 9, y - half - 5, { align: 'center' });
    pen.label('R', x + half + 9, y - half - 5, { align: 'center' });
    const scale = radius / (2 * reach);
    context.fillStyle = source().kind === 'reference' ? palette().ref : palette().accent;
    for (let frame = 0; frame < shownFrames; frame += 2) {
      const l = left[frame] as number;
      const r = right[frame] as number;
      if (l === 0 && r === 0) continue;
      context.globalAlpha = 0.12 + 0.5 * (frame / shownFrames) ** 2;
      context.fillRect(x + (r - l) * scale - 0.6, y - (l + r) * scale - 0.6, 1.3, 1.3);
    }
    context.globalAlpha = 1;
  }, source);
  props.sound.hear(({ heard: sides }, elapsedMs) => {
    const from = sides.left.length - shownFrames;
    let highest = leastReach;
    for (let index = 0; index < shownFrames; index++) {
      const l = sides.left[from + index] ?? 0;
      const r = sides.right[from + index] ?? 0;
      left[index] = l;
      right[index] = r;
      highest = Math.max(highest, Math.abs(l), Math.abs(r));
    }
    // Grows at once, shrinks over seconds.
    reach = Math.max(highest, reach * Math.exp(-elapsedMs / 4000));
    setSounded(true);
    surface.invalidate();
  });
  return (
    <article class="master-card goniometer-card" aria-label="Goniometer">
      <header>
        <h3>Goniometer</h3>
        <SourceName source={source()} />
      </header>
      <div class="card-picture">
        <canvas ref={surface.ref} role="img" aria-label={`Stereo field: ${source().name}`} />
        <Show when={!sounded()}>
          <p class="card-hint">Play to see it</p>
        </Show>
      </div>
    </article>
  );
}

const signedText = (value: number | null): string =>
  value === null || !Number.isFinite(value)
    ? '–'
    : `${value > 0.0049 ? '+' : ''}${typographic(fixed(value, 2))}`;

/** Of left and right: as a whole, live while the song plays; by ranges, over the whole song. */
function Correlation() {
  const studio = useStudio();
  const { transport } = studio;
  const source = heardNow(studio);
  const now = createLoudnessReadouts(() => source().bus);
  const programme = () => source().programme;
  const whole = () => (transport.playing() ? now.correlation() : (programme()?.correlation ?? null));
  const ranges = createMemo(() => correlationByRange(programme()?.bands ?? []));
  const rows = () => [{ name: 'All', correlation: whole() }, ...ranges()];
  const surface = createSurface(
    ({ context, width, height }) => {
      const pen = new Pen(context, palette());
      const foot = 22;
      const x = linearScale(-1, 1, 68, width - 48);
      pen.rect(0, 0, width, height, 'well');
      pen.rect(x.toPx(-1), 8, x.toPx(0) - x.toPx(-1), height - foot - 8, 'bad', 0.05);
      for (const value of [-1, -0.5, 0, 0.5, 1]) {
        pen.vertical(x.toPx(value), 8, height - foot, value === 0 ? 'lineStrong' : 'line');
        const text = value === 0 ? '0' : `${value > 0 ? '+' : '−'}${Math.abs(value)}`;
        pen.label(text, x.toPx(value), height - 10, { align: 'center' });
      }
      const rowHeight = (height - foot - 8) / rows().length;
      rows().forEach(({ name, correlation }, index) => {
        const y = 8 + (index + 0.5) * rowHeight;
        const ink = index === 0 ? ('text' as const) : ('text2' as const);
        const style = { ink, size: 11, weight: index === 0 ? 560 : 450 };
        const tall = index === 0 ? 10 : 6;
        pen.label(name, 12, y, style);
        pen.label(signedText(correlation), width - 8, y, { ...style, align: 'right' });
        if (correlation === null || !Number.isFinite(correlation)) return;
        const [from, to] = [x.toPx(Math.min(0, correlation)), x.toPx(Math.max(0, correlation))];
        const first = source().kind === 'reference' ? 'ref' : 'accent';
        pen.rect(from, y - tall / 2, to - from, tall, index === 0 ? first : 'signal');
      });
    },
    () => [rows(), source()],
  );
  return (
    <article class="master-card correlation-card" aria-label="Correlation">
      <header>
        <h3>Correlation</h3>
        <SourceName source={source()} />
        <span class="text-3 card-state">{transport.playing() ? 'Now; by range: whole song' : ''}</span>
        <span class="grow" />
        <span>{signedText(whole())}</span>
      </header>
      <div class="card-picture">
        <canvas
          ref={surface.ref}
          role="img"
          aria-label={`Correlation: ${rows()
            .map(({ name, correlation }) => `${name} ${signedText(correlation)}`)
            .join(', ')}`}
        />
      </div>
    </article>
  );
}

export function FieldCards(props: { sound: ChainSound }) {
  return (
    <div class="field-cards">
      <Goniometer sound={props.sound} />
      <Correlation />
    </div>
  );
}
