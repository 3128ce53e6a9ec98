import { createMemo } from 'solid-js';
import { paintLevelAxis, paintSpectrumGround } from '../devices/graphs/axes';
import { Pen } from '../devices/graphs/pen';
import { linearScale } from '../devices/graphs/scale';
import { createSurface } from '../kit/canvas';
import { palette } from '../kit/palette';
import { useStudio } from '../state/studio';
import { averageLevels, levelBetween } from './averageSpectrum';
import { hearingDb, noiseAt, noiseFrames, noiseLevelsDb, noisePoints } from './noiseFloor';

const gutterPx = 36;
const footPx = 16;
const topDb = -20;

/** The song, what is heard of silence, and the noise that a word of the file leaves. */
export function NoisePicture() {
  const studio = useStudio();
  const mastering = () => studio.project().mastering;
  const rateHz = () => studio.project().sampleRateHz;
  const word = () => {
    const chosen = mastering().word;
    return chosen === '32f' ? null : chosen;
  };
  const noise = (dither: 'tpdf' | 'shaped') =>
    createMemo(() => {
      const bits = word();
      const samples = bits && studio.curves.ditherNoise(bits, dither, rateHz(), noiseFrames);
      return samples && noiseLevelsDb(samples);
    });
  const noises = { tpdf: noise('tpdf'), shaped: noise('shaped') };
  const song = createMemo(() => {
    const programme = studio.mastering.song.analysis()?.master;
    if (!programme) return null;
    const { bands } = programme;
    return { bands, levels: averageLevels(bands, programme.sampleRateHz, noisePoints, 0) };
  });
  const surface = createSurface(
    ({ context, width, height }) => {
      const pen = new Pen(context, palette());
      const { x, plotWidth, plotHeight } = paintSpectrumGround(pen, { width, height }, { gutterPx, footPx });
      const bottomDb = word() === '24' ? -200 : -150;
      const step = word() === '24' ? 40 : 20;
      const y = linearScale(topDb, bottomDb, 0, plotHeight);
      const levels = [];
      for (let db = topDb - 20; db > bottomDb; db -= step) levels.push(db);
      paintLevelAxis(pen, { scale: y, levels, width: plotWidth, figuresAt: width - 6 });
      const outline = (levelDb: (hz: number) => number) => (px: number) =>
        Math.min(plotHeight + 2, y.toPx(levelDb(x.toValue(px))));
      const name = (text: string, hz: number, db: number, ink: 'text2' | 'text3' | 'accent') =>
        pen.label(text, x.toPx(hz), Math.min(plotHeight - 8, y.toPx(db)), { ink, size: 11 });
      pen.clipped(0, 0, plotWidth, plotHeight, () => {
        const known = song();
        if (known) {
          const songDb = (hz: number) => levelBetween(known.bands, known.levels, hz);
          pen.area(outline(songDb), 0, plotWidth, plotHeight, 'signal', 0.22);
          pen.curve(outline(songDb), 0, plotWidth, 'signal', { alpha: 0.8 });
        }
        pen.curve(outline(hearingDb), 0, plotWidth, 'text3', { dash: [3, 3] });
        const { dither } = mastering();
        for (const kind of ['tpdf', 'shaped'] as const) {
          const levelsDb = noises[kind]();
          if (!levelsDb) continue;
          const chosen = dither === kind;
          const curve = outline((hz) => noiseAt(levelsDb, rateHz(), Math.min(hz, 0.49 * rateHz())));
          pen.curve(curve, 0, plotWidth, 'accent', chosen ? { width: 2 } : { alpha: 0.55, dash: [5, 4] });
        }
        if (known)
          name('song', 70, Math.min(topDb - 8, levelBetween(known.bands, known.levels, 70) + 8), 'text2');
      });
      pen.vertical(plotWidth, 0, plotHeight, 'lineStrong');
      name('hearing', 5600, hearingDb(5600) + 12, 'text3');
      const [plain, shaped] = [noises.tpdf(), noises.shaped()];
      if (plain) name('plain', 42, noiseAt(plain, rateHz(), 1000) + 6, 'text2');
      if (shaped) name('shaped', 1100, noiseAt(shaped, rateHz(), 2000) - 4, 'accent');
    },
    () => [song(), noises.tpdf(), noises.shaped(), mastering()],
  );
  return (
    <div class="card-picture noise-picture">
      <canvas
        ref={surface.ref}
        role="img"
        aria-label="Noise of the dither against the song and the threshold of hearing"
      />
    </div>
  );
}
