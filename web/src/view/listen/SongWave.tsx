import { createSignal } from 'solid-js';
import type { Listening } from '../../bridge/listen/listening';
import { fromBase64url } from '../../share/encoding';
import { createSurface } from '../kit/canvas';
import { onFrame } from '../kit/frameLoop';
import { palette } from '../kit/palette';
import { paintSong } from './paintSong';
import { lengthText } from './words';

const stepS = 5;
const pageS = 30;

/** The waveform of the song: click and drag seek, and so do the arrow keys. */
export function SongWave(props: { listening: Listening }) {
  const { manifest, lengthS } = props.listening;
  const peaks = fromBase64url(manifest.waveform) ?? new Uint8Array(0);
  const markers = manifest.markers
    .map(({ frame, name }) => ({ atS: frame / manifest.mix.sampleRateHz, name }))
    .filter(({ atS }) => atS < lengthS)
    .sort((a, b) => a.atS - b.atS);
  const [hoverS, setHoverS] = createSignal<number | null>(null);
  const [shownS, setShownS] = createSignal(0);
  const [loadedToS, setLoadedToS] = createSignal(0);
  const surface = createSurface(
    (area) =>
      paintSong(area, palette(), {
        peaks,
        lengthS,
        markers,
        positionS: shownS(),
        loadedToS: loadedToS(),
        hoverS: hoverS(),
      }),
    () => {
      shownS();
      loadedToS();
      hoverS();
    },
  );
  onFrame(() => {
    setShownS(props.listening.positionS());
    setLoadedToS(props.listening.loadedToS());
  });

  const secondsAt = (event: PointerEvent) => {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    return Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)) * lengthS;
  };
  const seekTo = (event: PointerEvent) => props.listening.seek(secondsAt(event));
  const keys: Readonly<Record<string, (at: number) => number>> = {
    ArrowLeft: (at) => at - stepS,
    ArrowDown: (at) => at - stepS,
    ArrowRight: (at) => at + stepS,
    ArrowUp: (at) => at + stepS,
    PageDown: (at) => at - pageS,
    PageUp: (at) => at + pageS,
    Home: () => 0,
    End: () => lengthS,
  };

  return (
    <div
      class="song-wave"
      role="slider"
      tabIndex={0}
      aria-label="Position"
      aria-valuemin={0}
      aria-valuemax={Math.floor(lengthS)}
      aria-valuenow={Math.floor(shownS())}
      aria-valuetext={`${lengthText(shownS())} of ${lengthText(lengthS)}`}
      onKeyDown={(event) => {
        const move = keys[event.key];
        if (!move) return;
        event.preventDefault();
        event.stopPropagation();
        props.listening.seek(move(props.listening.positionS()));
      }}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        seekTo(event);
      }}
      onPointerMove={(event) => {
        setHoverS(event.pointerType === 'mouse' ? secondsAt(event) : null);
        if (event.currentTarget.hasPointerCapture(event.pointerId)) seekTo(event);
      }}
      onPointerLeave={() => setHoverS(null)}
    >
      <canvas ref={surface.ref} aria-hidden="true" />
    </div>
  );
}
