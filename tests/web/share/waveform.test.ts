import fc from 'fast-check';
import { expect, it } from 'vitest';
import { WaveformColumns } from '../../../web/src/workers/share/waveform';
import { noise } from '../../support/synth';

it('keeps the peak of each column, however the sound is cut into blocks', () => {
  const cuts = fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20_000 }), cuts, (frames, lengths) => {
      const sides = [noise(frames, frames, 0.9), noise(frames + 1, frames, 0.9)];
      const columns = new WaveformColumns(frames);
      for (let at = 0, block = 0; at < frames; block++) {
        const length = lengths[block % lengths.length] as number;
        for (const side of sides) columns.add(at, side.subarray(at, at + length));
        at += length;
      }
      const shown = [...Buffer.from(columns.text(), 'base64url')];
      const count = Math.min(1200, frames);
      const peaks = new Float64Array(count);
      for (const side of sides) {
        side.forEach((sample, frame) => {
          const column = Math.floor((frame * count) / frames);
          peaks[column] = Math.max(peaks[column] as number, Math.abs(sample));
        });
      }
      expect(shown).toEqual([...peaks].map((peak) => Math.round(255 * peak)));
    }),
    { numRuns: 50 },
  );
});
