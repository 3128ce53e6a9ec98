import { describe, expect, it } from 'vitest';
import { Project } from '../../../web/src/model/project';
import { nodeEngine } from '../../support/nodeEngine';
import { firstDifference, isSilent, renderProject } from '../../support/offline';
import { noise, wavFile } from '../../support/synth';
import { aClip, aSource, aTrack, sourceId } from '../model/fixtures';

const frames = 30_000;

function oneFile() {
  const file = wavFile([noise(1, frames), noise(2, frames)], 48000);
  const project = Project.create({ name: 'Thin', engineVersion: '1' });
  project.commit('Fill', [
    { op: 'source.add', source: aSource(1, { frames }) },
    { op: 'track.add', track: aTrack('a', { clips: [aClip('c', { lengthFrames: frames })] }), index: 0 },
  ]);
  return { project, files: new Map([[sourceId(1), file]]) };
}

describe('one WAV through the engine in Node', () => {
  it('comes out as it went in, to the bit, with everything at unity', async () => {
    const { project, files } = oneFile();
    const mix = await renderProject(await nodeEngine(), project.snapshot(), files, { startFrame: 0, frames });
    const view = new DataView((files.get(sourceId(1)) as Uint8Array<ArrayBuffer>).buffer);
    const sample = (at: number) => ((view.getInt16(at + 1, true) << 8) | view.getUint8(at)) / 2 ** 23;
    const left = Float32Array.from({ length: frames }, (_, frame) => sample(44 + 6 * frame));
    expect(isSilent(mix)).toBe(false);
    expect(firstDifference(mix.left, left)).toBe(-1);
  });

  it('is the same from a later start', async () => {
    const { project, files } = oneFile();
    const module = await nodeEngine();
    const whole = await renderProject(module, project.snapshot(), files, { startFrame: 0, frames });
    const part = await renderProject(module, project.snapshot(), files, {
      startFrame: 12_345,
      frames: 10_000,
    });
    expect(firstDifference(part.right, whole.right.slice(12_345, 22_345))).toBe(-1);
  });
});
