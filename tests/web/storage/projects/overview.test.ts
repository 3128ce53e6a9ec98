import { expect, test } from 'vitest';
import { defaultStripParams } from '../../../../web/src/model/params';
import { Project } from '../../../../web/src/model/project';
import { projectOverview } from '../../../../web/src/storage/projects/overview';
import { aClip, aSource, aTrack } from '../../model/fixtures';

test('the picture has a lane a colour, from silence to the loudest, where the clips are', () => {
  const project = Project.create({ name: 'Song', engineVersion: '1' });
  const half = { lengthFrames: 24_000 };
  project.commit('Fill', [
    { op: 'source.add', source: aSource(1) },
    {
      op: 'track.add',
      index: 0,
      track: aTrack('a', {
        colour: 'coral',
        clips: [aClip('a1', half), aClip('a2', { ...half, startFrame: 24_000, gainDb: -6.0206 })],
      }),
    },
    {
      op: 'track.add',
      index: 1,
      track: aTrack('b', { colour: 'sky', clips: [aClip('b1', { ...half, startFrame: 24_000 })] }),
    },
    {
      op: 'track.add',
      index: 2,
      track: aTrack('c', {
        colour: 'jade',
        params: { ...defaultStripParams, mute: 1 },
        clips: [aClip('c1')],
      }),
    },
  ]);
  const asked: [number, number][] = [];
  const lanes = projectOverview(project.snapshot(), (_id, from, to) => {
    asked.push([from, to]);
    return 0.5;
  });
  expect(lanes.map(({ colour }) => colour)).toEqual(['coral', 'sky']);
  const [coral, sky] = lanes.map(({ levels }) => levels);
  expect(coral?.length).toBe(160);
  expect([coral?.[0], coral?.[79], coral?.[80], coral?.[159]]).toEqual([255, 255, 127, 127]);
  expect([sky?.[0], sky?.[79], sky?.[80]]).toEqual([0, 0, 255]);
  expect(asked.every(([from, to]) => from >= 0 && from < to && to <= 48_000)).toBe(true);
});

test('of a project without sound, or whose waveforms are not known yet, it is empty or flat', () => {
  const project = Project.create({ name: 'Song', engineVersion: '1' });
  expect(projectOverview(project.snapshot(), () => 1)).toEqual([]);
  project.commit('Fill', [
    { op: 'source.add', source: aSource(1) },
    { op: 'track.add', index: 0, track: aTrack('a', { clips: [aClip('a1')] }) },
  ]);
  const [lane] = projectOverview(project.snapshot(), () => null);
  expect(lane?.levels.every((level) => level === 0)).toBe(true);
});
