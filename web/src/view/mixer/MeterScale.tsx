import { createSurface } from '../kit/canvas';
import { palette } from '../kit/palette';
import { meterPosition, meterTicksDb } from '../kit/taper';
import { typographic } from '../kit/valueText';

/** Figures of dBFS beside a meter; 8 px taller than the meter at both ends, so that none is cut. */
export function MeterScale() {
  const surface = createSurface(({ context, width, height }) => {
    const travel = height - 16;
    context.clearRect(0, 0, width, height);
    context.font = `450 10px ${getComputedStyle(document.body).fontFamily}`;
    context.textBaseline = 'middle';
    context.fillStyle = palette().text3;
    for (const db of meterTicksDb) {
      context.fillText(typographic(String(db)), 0, 8 + travel * (1 - meterPosition(db)) + 0.5);
    }
  });
  return <canvas class="meter-scale" ref={surface.ref} aria-hidden="true" />;
}
