import { createRoot } from 'solid-js';
import { describe, expect, it } from 'vitest';
import type { Importer, ImportResult } from '../../../web/src/bridge/importer';
import { createFileImport } from '../../../web/src/bridge/importFiles';
import { convertedSentence, refusedSentence } from '../../../web/src/bridge/importSentences';
import { createMessages } from '../../../web/src/bridge/messages';
import { Project } from '../../../web/src/model/project';
import { aSource, aTrack } from '../model/fixtures';

const file = (name: string) => new File(['x'], name);

/** Answers by the file's name. */
function setUp(
  answer: (name: string, signal?: AbortSignal) => ImportResult | Promise<ImportResult>,
  majority = 48000,
) {
  return createRoot(() => {
    const project = Project.create({ name: 'Song', engineVersion: '1' });
    const opened: string[] = [];
    const messages = createMessages();
    const importer: Importer = {
      importAudio: (files, { signal }) => Promise.all(files.map(({ name }) => answer(name, signal))),
      majoritySampleRate: async () => majority,
      prepare: async () => ({ cancelled: true }),
      removeUnreferenced: async () => 0,
      dispose() {},
    };
    const files = createFileImport({
      importer,
      messages,
      project: () => project,
      openProjectFile: async ({ name }) => void opened.push(name),
    });
    return { project, messages, files, opened };
  });
}

let count = 0;
const taken = (name: string, facts = {}): ImportResult => ({ ok: aSource(++count, { name, ...facts }) });
const names = (project: Project) => project.snapshot().tracks.map((track) => track.name);

describe('dropped files', () => {
  it('become tracks in one undo step, and the first drop sets the rate', async () => {
    const { project, files } = setUp((name) => taken(name), 44100);
    await files.importFiles([file('02_Bass.wav'), file('01_Kick In.wav')]);
    expect(names(project)).toEqual(['Kick In', 'Bass']);
    expect(project.snapshot().sampleRateHz).toBe(44100);
    project.undo();
    expect(project.snapshot()).toMatchObject({ tracks: [], sampleRateHz: 48000 });
  });

  it('leave the rate of a project that has tracks', async () => {
    const { project, files } = setUp((name) => taken(name), 96000);
    project.commit('Track', [{ op: 'track.add', track: aTrack('a'), index: 0 }]);
    await files.importFiles([file('x.wav')]);
    expect(project.snapshot().sampleRateHz).toBe(48000);
  });

  it('become clips of a track that they fall on', async () => {
    const { project, files } = setUp((name) => taken(name));
    project.commit('Track', [{ op: 'track.add', track: aTrack('a'), index: 0 }]);
    await files.importFiles([file('x.wav')], { trackId: 'a', frame: 777 });
    expect(project.snapshot().tracks).toHaveLength(1);
    expect(project.snapshot().tracks[0]?.clips[0]?.startFrame).toBe(777);
  });

  it('that are refused are named, the others come in', async () => {
    const { project, messages, files } = setUp((name) =>
      name === 'bad.wav' ? { error: 'bad.wav is no audio.' } : taken(name),
    );
    await files.importFiles([file('bad.wav'), file('good.wav')]);
    expect(names(project)).toEqual(['Good']);
    expect(messages.list().map(({ text }) => text)).toEqual(['bad.wav is no audio.']);
  });

  it('that all are refused change nothing', async () => {
    const { project, files } = setUp(() => ({ error: 'no' }), 96000);
    const before = project.snapshot();
    await files.importFiles([file('bad.wav')]);
    expect(project.snapshot()).toBe(before);
    expect(project.undoLabel).toBeNull();
  });

  it('can be called off one by one', async () => {
    const { project, files } = setUp((name, signal) =>
      name === 'slow.wav'
        ? new Promise((resolve) => signal?.addEventListener('abort', () => resolve({ cancelled: true })))
        : taken(name),
    );
    const done = files.importFiles([file('slow.wav'), file('quick.wav')]);
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(files.imports().map(({ name }) => name)).toEqual(['slow.wav']);
    files.cancelImport(files.imports()[0]?.id ?? '');
    await done;
    expect(names(project)).toEqual(['Quick']);
    expect(files.imports()).toEqual([]);
  });

  it('wait for the drop before', async () => {
    const { project, files } = setUp((name) => taken(name));
    await Promise.all([files.importFiles([file('a.wav')]), files.importFiles([file('b.wav')])]);
    expect(names(project)).toEqual(['A', 'B']);
    project.undo();
    expect(names(project)).toEqual(['A']);
  });

  it('open as a project where they are one', async () => {
    const { opened, files } = setUp((name) => taken(name));
    await files.importFiles([file('Song.mixwell')]);
    expect(opened).toEqual(['Song.mixwell']);
  });

  it('beyond what a project holds are left out, and it says so', async () => {
    const { project, messages, files } = setUp((name) => taken(name));
    await files.importFiles(Array.from({ length: 260 }, (_, n) => file(`${n}.wav`)));
    expect(project.snapshot().tracks).toHaveLength(256);
    expect(messages.list()[0]?.text).toMatch(/256 tracks.* 4 /);
  });
});

describe('sentences about an import', () => {
  it('count what was converted', () => {
    const at = (rate: number) => aSource(1, { originalSampleRateHz: rate });
    expect(convertedSentence([at(44100), at(44100), at(48000)], 48000)).toBe(
      '2 files are at 44.1 kHz: converted to 48 kHz.',
    );
    expect(convertedSentence([at(96000), at(44100)], 48000)).toBe(
      '1 file is at 44.1 kHz, 1 file is at 96 kHz: converted to 48 kHz.',
    );
    expect(convertedSentence([at(48000)], 48000)).toBeNull();
  });

  it('name every file that was refused or is not what it says', () => {
    const results = [{ error: 'a is no sound.' }, { ok: {} }, { ok: {}, note: 'b is cut short.' }];
    expect(refusedSentence(results)).toBe('a is no sound. b is cut short.');
    expect(refusedSentence([{ ok: {} }])).toBeNull();
  });
});
