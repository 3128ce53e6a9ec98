import { describe, expect, it } from 'vitest';
import { replaceSources } from '../../../web/src/bridge/replaceSources';
import { documentOf, Project } from '../../../web/src/model/project';
import { usedSourceIds } from '../../../web/src/model/sources';
import type { AudioSource } from '../../../web/src/model/types';
import { randomProject } from '../../support/randomProject';

const flacId = (id: string): string => `f1ac${id.slice(4)}`;

describe('replaceSources', () => {
  it.each([1, 4, 9, 16])(
    'puts the files that travelled in the place of the originals (random project %i)',
    (seed) => {
      const { project } = randomProject(seed);
      const before = project.snapshot();
      const files = new Map<string, AudioSource>(
        Object.values(before.sources).map((source) => [
          source.id,
          {
            ...source,
            id: flacId(source.id),
            name: 'travelled',
            ext: 'flac',
            format: 'FLAC, 24 bit',
            bytes: 7,
          },
        ]),
      );
      const after = new Project(documentOf(replaceSources(project.records(), files))).snapshot();
      const used = (snapshot: typeof before) =>
        [...usedSourceIds(snapshot)].filter((id) => id in snapshot.sources);
      expect(used(after).sort()).toEqual(used(before).map(flacId).sort());
      for (const source of Object.values(before.sources)) {
        expect(after.sources[flacId(source.id)]).toMatchObject({ name: source.name, ext: 'flac', bytes: 7 });
      }
      const plain = ({ tracks }: typeof before) =>
        tracks.map((track) => ({ ...track, clips: track.clips.map((clip) => ({ ...clip, sourceId: '' })) }));
      expect(plain(after)).toEqual(plain(before));
      expect(after.tracks.map(({ clips }) => clips.map(({ sourceId }) => sourceId))).toEqual(
        before.tracks.map(({ clips }) => clips.map(({ sourceId }) => flacId(sourceId))),
      );
    },
  );

  it('leaves alone what did not travel as another file', () => {
    const { project } = randomProject(3);
    expect(replaceSources(project.records(), new Map())).toEqual(project.records());
  });
});
