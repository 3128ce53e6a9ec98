import {
  FaustCompiler,
  FaustMonoDspGenerator,
  instantiateFaustModule,
  LibFaust,
} from '@grame/faustwasm/dist/esm-bundle/index.js';
import { noise, type Timing, timingOf } from '../timing';

const sampleRateHz = 48000;
const blockFrames = 128;
const blocks = 64;

const strip = `
import("stdfaust.lib");
eq = fi.peak_eq_cq(3, 110, 0.9) : fi.peak_eq_cq(-4, 420, 0.9) : fi.peak_eq_cq(2.5, 2600, 0.9) : fi.peak_eq_cq(-2, 9000, 0.9);
process = par(i, 2, eq) : co.compressor_stereo(3, -24, 0.01, 0.12) : par(i, 2, *(0.2));
`;

/** The strip benchmark with one Faust instance a track, compiled here by Faust's own compiler; the sum is not counted. */
export async function timeFaust(tracks: number, rounds: number): Promise<Timing> {
  const generator = new FaustMonoDspGenerator();
  const compiler = new FaustCompiler(new LibFaust(await instantiateFaustModule()));
  if (!(await generator.compile(compiler, 'strip', strip, '-ftz 2')))
    throw new Error('Faust refuses the strip');
  const processors = [];
  for (let track = 0; track < tracks; track++) {
    const processor = await generator.createOfflineProcessor(sampleRateHz, blockFrames);
    if (!processor) throw new Error(`Faust could not make strip ${track + 1}`);
    processors.push(processor);
  }
  const sound = [noise(blocks * blockFrames, 1), noise(blocks * blockFrames, 2)];
  const times: number[] = [];
  for (let round = 0; round < rounds + 3; round++) {
    const begin = performance.now();
    for (const processor of processors) processor.render(sound, blocks * blockFrames);
    if (round >= 3) times.push(((performance.now() - begin) * 1000) / blocks);
  }
  return timingOf(times);
}
