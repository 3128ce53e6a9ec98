import { describe, expect, it } from 'vitest';
import { renderNatively } from '../../support/nativeRender';
import { nodeEngine } from '../../support/nodeEngine';
import { firstDifference, isSilent, renderProject } from '../../support/offline';
import { randomProject } from '../../support/randomProject';

const seeds = Array.from({ length: 12 }, (_, index) => index + 1);

describe('wasm in Node and the native build', () => {
  it.each(seeds)('give the same bits of random project %i', async (seed) => {
    const module = await nodeEngine();
    const { project, files, endFrame } = randomProject(seed);
    const range = { startFrame: 0, frames: endFrame };
    const wasm = await renderProject(module, project.snapshot(), files, range);
    const native = await renderNatively(module, project.snapshot(), files, range);
    expect(isSilent(wasm)).toBe(false);
    expect(firstDifference(wasm.left, native.left)).toBe(-1);
    expect(firstDifference(wasm.right, native.right)).toBe(-1);
  });

  it.each([3, 7])('agree in a loop, from the midst of random project %i', async (seed) => {
    const module = await nodeEngine();
    const { project, files, endFrame } = randomProject(seed);
    const startFrame = Math.floor(endFrame / 5);
    project.commit('Loop', [
      {
        op: 'project.set',
        fields: {
          loop: { on: true, startFrame: startFrame + 1000, endFrame: startFrame + 1000 + 9_001 },
        },
      },
    ]);
    const range = { startFrame, frames: 50_000, looping: true };
    const wasm = await renderProject(module, project.snapshot(), files, range);
    const native = await renderNatively(module, project.snapshot(), files, range);
    expect(isSilent(wasm)).toBe(false);
    expect(firstDifference(wasm.left, native.left)).toBe(-1);
    expect(firstDifference(wasm.right, native.right)).toBe(-1);
  });
});
