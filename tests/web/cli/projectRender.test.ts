import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { Project } from '../../../web/src/model/project';
import type { AudioSource } from '../../../web/src/model/types';
import { CommandLine, readWav } from '../../support/commandLine';
import { nodeEngine } from '../../support/nodeEngine';
import { firstDifference, isSilent, renderProject } from '../../support/offline';
import { randomProject } from '../../support/randomProject';
import { projectFileOf, sha256 } from '../../support/songFile';

const cli = new CommandLine();
afterAll(() => cli.remove());

/** The random project with the true hashes of its files, as a project file wants them. */
function hashedProject(seed: number) {
  const { project, files } = randomProject(seed);
  const snapshot = project.snapshot();
  const idOf = new Map([...files].map(([id, bytes]) => [id, sha256(bytes)]));
  const hashed = (id: string) => idOf.get(id) as string;
  const renamed = Project.create({
    name: snapshot.name,
    engineVersion: '1',
    sampleRateHz: snapshot.sampleRateHz,
  });
  renamed.commit('Fill', [
    ...Object.values(snapshot.sources).map((source) => ({
      op: 'source.add' as const,
      source: { ...source, id: hashed(source.id) } satisfies AudioSource,
    })),
    ...snapshot.tracks.map((track, index) => ({
      op: 'track.add' as const,
      index,
      track: { ...track, clips: track.clips.map((clip) => ({ ...clip, sourceId: hashed(clip.sourceId) })) },
    })),
    { op: 'master.param', param: 'volumeDb', value: snapshot.master.params.volumeDb },
  ]);
  return { project: renamed, files: new Map([...files].map(([id, bytes]) => [hashed(id), bytes])) };
}

describe('mixwell render PROJECT', () => {
  it.each([1, 5, 8])('gives the bits that the page’s render gives (random project %i)', async (seed) => {
    const { project, files } = hashedProject(seed);
    writeFileSync(cli.path('song.mixwell'), await projectFileOf(project, files));
    const ran = cli.run('render', 'song.mixwell', '-o', 'song.wav', '--bits', '32f');
    expect(ran).toEqual({ code: 0, out: '', err: '' });
    const written = readWav(readFileSync(cli.path('song.wav')));
    const range = { startFrame: 0, frames: written.frames };
    const rendered = await renderProject(await nodeEngine(), project.snapshot(), files, range);
    expect(isSilent(rendered)).toBe(false);
    expect(firstDifference(written.sound[0] as Float32Array, rendered.left)).toBe(-1);
    expect(firstDifference(written.sound[1] as Float32Array, rendered.right)).toBe(-1);
  });

  it('refuses a project file with a damaged sound, by name', async () => {
    const { project, files } = hashedProject(2);
    const bytes = await projectFileOf(project, files);
    const [first] = files.values();
    const at = Buffer.from(bytes).indexOf(Buffer.from((first as Uint8Array).slice(1000, 1100)));
    bytes[at + 50] = (bytes[at + 50] as number) ^ 1;
    writeFileSync(cli.path('damaged.mixwell'), bytes);
    const { code, err } = cli.run('render', 'damaged.mixwell', '-o', 'never.wav');
    expect(code).toBe(1);
    expect(err).toMatch(/damaged\.mixwell.*damaged/);
  });
});

describe('mixwell info', () => {
  it('says what a project file holds', async () => {
    const { project, files } = hashedProject(4);
    writeFileSync(cli.path('info.mixwell'), await projectFileOf(project, files));
    const { code, out } = cli.run('info', 'info.mixwell', '--json');
    expect(code).toBe(0);
    const snapshot = project.snapshot();
    const facts = JSON.parse(out);
    expect(facts).toMatchObject({ name: snapshot.name, sampleRate: snapshot.sampleRateHz });
    expect(facts.tracks).toHaveLength(snapshot.tracks.length);
    const used = new Set(snapshot.tracks.flatMap(({ clips }) => clips.map(({ sourceId }) => sourceId)));
    expect(facts.audio.map(({ sha256 }: { sha256: string }) => sha256).sort()).toEqual([...used].sort());
  });
});
