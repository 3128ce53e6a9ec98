import { createMemo, createSignal, Show } from 'solid-js';
import { GoniometerPicture } from '../devices/graphs/live/goniometer';
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

function Goniometer(props: { sound: ChainSound }) {
  const source = heardNow(useStudio());
  const picture = new GoniometerPicture();
  const [sounded, setSounded] = createSignal(false);
  const surface = createSurface(({ context, width, height }) => {
    const ink = source().kind === 'reference' ? 'ref' : 'accent';
    picture.paint(new Pen(context, palette()), width, height, ink);
  }, source);
  props.sound.hear(({ heard: { left, right } }, elapsedMs) => {
    picture.hear(left, right, elapsedMs);
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
