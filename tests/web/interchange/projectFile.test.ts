import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js/lib/zip-core-custom.js';
import fc from 'fast-check';
import { sha256 } from 'hash-wasm';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { type ByteReader, MemoryReader } from '../../../web/src/engine/byteReader';
import {
  ProjectFileError,
  projectJsonText,
  recordsToSave,
} from '../../../web/src/interchange/projectFileFormat';
import { checkAudio, type ProjectFile, readProjectFile } from '../../../web/src/interchange/readProjectFile';
import { type ProjectFileContent, writeProjectFile } from '../../../web/src/interchange/writeProjectFile';
import { Project } from '../../../web/src/model/project';
import type { AudioSource } from '../../../web/src/model/types';
import { aClip, aFurnishedProject, aSource, aTrack, patchFromDice, scriptArbitrary } from '../model/fixtures';

interface Sound {
  readonly source: AudioSource;
  readonly bytes: Uint8Array;
}

const sounds: Sound[] = [];
let project: Project;

beforeAll(async () => {
  for (const [name, length] of [
    ['Kick.wav', 3_000_000],
    ['Lead Vox.flac', 5000],
  ] as const) {
    const bytes = Uint8Array.from({ length }, (_, at) => (at * 31 + name.length) & 255);
    const ext = name.slice(name.lastIndexOf('.') + 1);
    sounds.push({ bytes, source: aSource(0, { id: await sha256(bytes), name, ext, bytes: length }) });
  }
  project = Project.create({ id: 'p', name: 'Night Ferry', engineVersion: '1.0' });
  const [kick, vox] = sounds.map(({ source }) => source) as [AudioSource, AudioSource];
  project.commit('Fill', [
    { op: 'source.add', source: kick },
    { op: 'source.add', source: vox },
    { op: 'source.add', source: aSource(77, { name: 'Unused.wav' }) },
    {
      op: 'track.add',
      index: 0,
      track: aTrack('a', { name: 'Kick', clips: [aClip('a1', { sourceId: kick.id, gainDb: -3 })] }),
    },
    {
      op: 'track.add',
      index: 1,
      track: aTrack('b', { name: 'Vox', clips: [aClip('b1', { sourceId: vox.id })] }),
    },
    { op: 'track.param', trackId: 'b', param: 'pan', value: 35 },
    { op: 'marker.add', marker: { id: 'm', name: 'Verse', startFrame: 10, endFrame: 20 } },
  ]);
});

const content = (changes: Partial<ProjectFileContent> = {}): ProjectFileContent => ({
  records: project.records(),
  engineVersion: '1.1',
  audio: async ({ id }) => {
    const sound = sounds.find(({ source }) => source.id === id);
    return sound ? new MemoryReader(sound.bytes) : null;
  },
  ...changes,
});

class MemoryFile {
  readonly chunks: Uint8Array[] = [];
  closed = false;
  aborted = false;
  readonly stream = new WritableStream<Uint8Array>({
    write: (chunk) => void this.chunks.push(chunk.slice()),
    close: () => {
      this.closed = true;
    },
    abort: () => {
      this.aborted = true;
    },
  });

  get bytes(): Uint8Array {
    return new Uint8Array(Buffer.concat(this.chunks));
  }
}

const date = new Date('2025-01-01T12:00:00Z');

async function saved(changes: Partial<ProjectFileContent> = {}): Promise<Uint8Array> {
  const file = new MemoryFile();
  await writeProjectFile(content(changes), file.stream, { date });
  expect(file.closed).toBe(true);
  return file.bytes;
}

const opened = (bytes: Uint8Array): Promise<ProjectFile> =>
  readProjectFile(new MemoryReader(bytes), 'Song.mixwell');

/** A zip of any content, as another program might make it. */
async function zipped(
  entries: readonly (readonly [string, Uint8Array | string])[],
  options: object = {},
): Promise<Uint8Array> {
  const writer = new ZipWriter(new Uint8ArrayWriter(), { level: 0, ...options });
  for (const [name, bytes] of entries) {
    await writer.add(
      name,
      new Uint8ArrayReader(typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes),
    );
  }
  return writer.close();
}

const json = (): string => projectJsonText(recordsToSave(project.records()).records, '1.1');
const audioEntries = () =>
  sounds.map(({ source, bytes }) => [`audio/${source.id}.${source.ext}`, bytes] as const);

describe('a project file', () => {
  test('gives back the song and its audio, byte for byte', async () => {
    const file = await opened(await saved());
    const { sources, ...rest } = project.snapshot();
    const { sources: readSources, ...readRest } = file.snapshot;
    expect(readRest).toEqual({ ...rest, engineVersion: '1.1' });
    expect(Object.keys(readSources).sort()).toEqual(sounds.map(({ source }) => source.id).sort());
    expect(Object.keys(sources)).toHaveLength(3);
    expect(file.engineVersion).toBe('1.1');
    for (const { source, original } of file.audio) {
      const sound = sounds.find((other) => other.source.id === source.id);
      expect(Buffer.from(await original.read(0, original.size)).equals(sound?.bytes ?? Buffer.of())).toBe(
        true,
      );
      await checkAudio({ source, original, peaks: null }, 'Song.mixwell');
    }
  });

  test('is the same file for the same project', async () => {
    expect(Buffer.from(await saved()).equals(await saved())).toBe(true);
  });

  test('is a plain zip with stored entries, the document first', async () => {
    const bytes = await saved();
    const text = new TextDecoder('latin1').decode(bytes);
    expect(text.startsWith('PK\x03\x04')).toBe(true);
    expect(text.indexOf('"format": "mixwell-project"')).toBeLessThan(200);
    expect(text).toContain('"schemaVersion": 4');
    expect(text).not.toContain('Unused.wav');
  });

  test('audio is read in place, at its offset, at any position', async () => {
    const bytes = await saved();
    const file = await opened(bytes);
    for (const { source, original } of file.audio) {
      const sound = sounds.find((other) => other.source.id === source.id)?.bytes ?? new Uint8Array();
      const { offset, size } = original;
      expect(Buffer.from(bytes.subarray(offset, offset + size)).equals(sound)).toBe(true);
      expect(await original.read(100, 5)).toEqual(sound.slice(100, 105));
      expect((await original.read(size - 3, 100)).length).toBe(3);
      expect((await original.read(size + 3, 100)).length).toBe(0);
    }
  });

  test('waveforms travel along where they are at hand', async () => {
    const file = await opened(
      await saved({
        peaks: async ({ name }, rateHz) =>
          name === 'Kick.wav' ? new MemoryReader(Uint8Array.of(1, 2, rateHz / 1000)) : null,
      }),
    );
    const peaks = await Promise.all(
      file.audio.map(async ({ source, peaks: entry }) => [
        source.name,
        entry ? [...(await entry.read(0, 9))] : null,
      ]),
    );
    expect(Object.fromEntries(peaks)).toEqual({ 'Kick.wav': [1, 2, 48], 'Lead Vox.flac': null });
  });

  test('tells how far it is, and can be cancelled', async () => {
    const fractions: number[] = [];
    await writeProjectFile(content(), new MemoryFile().stream, { onProgress: (f) => fractions.push(f) });
    expect(fractions.length).toBeGreaterThan(3);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(fractions.at(-1)).toBe(1);

    const control = new AbortController();
    const file = new MemoryFile();
    const writing = writeProjectFile(content(), file.stream, {
      signal: control.signal,
      onProgress: () => control.abort(new Error('enough')),
    });
    await expect(writing).rejects.toThrow('enough');
    expect([file.aborted, file.closed]).toEqual([true, false]);
  });

  test('round trip of any song', async () => {
    await fc.assert(
      fc.asyncProperty(scriptArbitrary, async (edits) => {
        const song = aFurnishedProject();
        edits.forEach((edit, step) => {
          song.commit('Edit', patchFromDice(song.snapshot(), edit, `e${step}`));
        });
        const { records } = recordsToSave(song.records());
        const entries = Object.keys(records.sources).map((id) => [`audio/${id}.wav`, 'x'] as const);
        const read = await opened(
          await zipped([['project.json', projectJsonText(records, '1')], ...entries]),
        );
        const { sources: _all, ...rest } = song.snapshot();
        const { sources: used, ...readRest } = read.snapshot;
        expect(readRest).toEqual(rest);
        expect(read.audio.map(({ source }) => source.id).sort()).toEqual(Object.keys(used).sort());
      }),
      { numRuns: 50 },
    );
  });
});

describe('saving what can’t be saved', () => {
  test('missing audio is named, and nothing remains', async () => {
    const file = new MemoryFile();
    const writing = writeProjectFile(content({ audio: async () => null }), file.stream);
    await expect(writing).rejects.toThrow(
      new ProjectFileError(
        'The project can’t be saved as a file: the audio of “Kick.wav”, “Lead Vox.flac” is missing.',
      ),
    );
    expect(file.aborted).toBe(true);
  });

  test('audio that is not what it was is named, and nothing remains', async () => {
    const file = new MemoryFile();
    const damaged = content({
      audio: async ({ name }) =>
        new MemoryReader(name === 'Kick.wav' ? (sounds[0] as Sound).bytes : new Uint8Array(5000)),
    });
    await expect(writeProjectFile(damaged, file.stream)).rejects.toThrow(
      'the audio of “Lead Vox.flac” in this browser is damaged',
    );
    expect([file.aborted, file.closed]).toEqual([true, false]);
  });

  test('a reader that fails or a full disk ends it', async () => {
    const file = new MemoryFile();
    const reader: ByteReader = { size: 10, read: () => Promise.reject(new Error('unreadable')) };
    await expect(writeProjectFile(content({ audio: async () => reader }), file.stream)).rejects.toThrow(
      'unreadable',
    );
    expect(file.aborted).toBe(true);
    const full = new WritableStream<Uint8Array>({
      write: () => Promise.reject(new DOMException('full', 'QuotaExceededError')),
    });
    await expect(writeProjectFile(content(), full)).rejects.toThrow('full');
  });
});

describe('opening what is no project file says why', () => {
  const refusal = async (bytes: Uint8Array): Promise<string> => {
    const error: unknown = await opened(bytes).then(
      () => 'opened',
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(ProjectFileError);
    return (error as Error).message;
  };
  const withJson = (text: string) => zipped([['project.json', text], ...audioEntries()]);
  const changed = (change: (data: Record<string, unknown>) => void): Promise<Uint8Array> => {
    const data = JSON.parse(json()) as Record<string, unknown>;
    change(data);
    return withJson(JSON.stringify(data));
  };

  test.each<[string, () => Promise<Uint8Array>, string]>([
    ['an empty file', async () => new Uint8Array(), 'it is not a Mixwell project file.'],
    ['no zip', async () => new TextEncoder().encode('RIFF....WAVE'), 'it is not a Mixwell project file.'],
    ['half a file', async () => (await saved()).slice(0, 100_000), 'it is cut short or damaged.'],
    ['the start alone', async () => Uint8Array.of(0x50, 0x4b, 3, 4), 'it is cut short or damaged.'],
    [
      'another zip',
      () => zipped([['notes.txt', 'hello']]),
      'it holds no project.json, so it is not a Mixwell project.',
    ],
    ['no JSON', () => withJson('{"format": '), 'its project.json is damaged.'],
    [
      'no text',
      () => zipped([['project.json', Uint8Array.of(0xff, 0xfe, 0x00)]]),
      'its project.json is damaged.',
    ],
    ['other JSON', () => withJson('[1, 2]'), 'its project.json is not a Mixwell project.'],
    [
      'a wrong format',
      () => changed((data) => Object.assign(data, { format: 'reaper' })),
      'its project.json is not a Mixwell project.',
    ],
    [
      'tracks that are none',
      () => changed((data) => Object.assign(data, { tracks: [1] })),
      'its project.json is not a Mixwell project.',
    ],
    [
      'no version',
      () => changed((data) => Object.assign(data, { schemaVersion: 'x' })),
      'its project.json is not a Mixwell project.',
    ],
    [
      'a newer version',
      () => changed((data) => Object.assign(data, { schemaVersion: 12 })),
      'this project was made by a newer Mixwell (its format is 12, this one reads up to 4). Reload the page to get the newest, then open it again.',
    ],
    [
      'missing audio',
      () => zipped([['project.json', json()]]),
      'the audio of “Kick.wav”, “Lead Vox.flac” is missing in it.',
    ],
    [
      'a name that climbs',
      () => zipped([['project.json', json()], ...audioEntries(), ['audio/../../../etc/passwd', 'x']]),
      'it holds a file whose name leads out of its folder.',
    ],
    [
      'an absolute name',
      () => zipped([['project.json', json()], ...audioEntries(), ['/etc/passwd', 'x']]),
      'it holds a file whose name leads out of its folder.',
    ],
    [
      'a Windows path',
      () => zipped([['project.json', json()], ...audioEntries(), ['..\\autoexec.bat', 'x']]),
      'it holds a file whose name leads out of its folder.',
    ],
  ])('%s', async (_name, make, reason) => {
    expect(await refusal(await make())).toBe(`“Song.mixwell” can’t be opened: ${reason}`);
  });

  test('a compressed entry', async () => {
    const bytes = await zipped([['project.json', json()], ...audioEntries()]);
    const file = new DataView(bytes.buffer, bytes.byteOffset);
    // Methods in the local header and in the central directory: 8 is deflate.
    file.setUint16(8, 8, true);
    file.setUint16(centralDirectory(bytes) + 10, 8, true);
    expect(await refusal(bytes)).toContain('packed anew with compression');
  });

  test('entries that lie over each other, so that there seems to be more than there is', async () => {
    const bytes = await zipped([...audioEntries().reverse(), ['project.json', json()]]);
    const entry = centralDirectory(bytes);
    const file = new DataView(bytes.buffer, bytes.byteOffset);
    file.setUint32(entry + 20, 2_900_000, true);
    file.setUint32(entry + 24, 2_900_000, true);
    expect(await refusal(bytes)).toBe(
      '“Song.mixwell” can’t be opened: it says that it holds more than it does.',
    );
  });

  test('an entry that ends beyond the file', async () => {
    const bytes = await zipped([...audioEntries().slice(1), ['project.json', json()]]);
    const [, last] = centralEntries(bytes);
    const file = new DataView(bytes.buffer, bytes.byteOffset);
    file.setUint32((last as number) + 20, bytes.length - 5100, true);
    file.setUint32((last as number) + 24, bytes.length - 5100, true);
    expect(await refusal(bytes)).toBe('“Song.mixwell” can’t be opened: it is damaged.');
  });

  test('a document that is a bomb', async () => {
    const bytes = await zipped([['project.json', new Uint8Array(64 * 1024 * 1024 + 1)]]);
    const read = vi.fn((offset: number, length: number) => new MemoryReader(bytes).read(offset, length));
    await expect(readProjectFile({ size: bytes.length, read }, 'Song.mixwell')).rejects.toThrow(
      'its project.json is larger than any project is.',
    );
    expect(Math.max(...read.mock.calls.map(([, length]) => length))).toBeLessThan(2 * 1024 * 1024);
  });

  test('audio that was changed, one bit of it', async () => {
    const bytes = await saved();
    const file = await opened(bytes);
    const [kick] = file.audio.filter(({ source }) => source.name === 'Kick.wav');
    if (!kick) throw new Error('no kick');
    bytes[kick.original.offset + 1_234_567] = (bytes[kick.original.offset + 1_234_567] as number) ^ 1;
    const again = await opened(bytes);
    const checks = await Promise.allSettled(again.audio.map((audio) => checkAudio(audio, 'Song.mixwell')));
    const failures = checks.flatMap((check) =>
      check.status === 'rejected' ? [(check.reason as Error).message] : [],
    );
    expect(failures).toEqual(['“Song.mixwell” can’t be opened: the audio of “Kick.wav” in it is damaged.']);
  });

  test('a check can be cancelled and tells how far it is', async () => {
    const file = await opened(await saved());
    const [audio] = file.audio;
    if (!audio) throw new Error('no audio');
    const seen: number[] = [];
    await checkAudio(audio, 'x', { onBytes: (bytes) => seen.push(bytes) });
    expect(seen.at(-1)).toBe(audio.original.size);
    await expect(checkAudio(audio, 'x', { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow(
      'enough',
    );
  });

  test('a folder packed by hand, with the litter of the system in it, opens', async () => {
    const bytes = await zipped([
      ['__MACOSX/._project.json', 'x'],
      ['audio/', new Uint8Array()],
      ...audioEntries(),
      ['.DS_Store', 'x'],
      ['project.json', json()],
    ]);
    expect((await opened(bytes)).snapshot.name).toBe('Night Ferry');
  });

  test('whatever is done to its bytes, it opens or is refused in words', async () => {
    const bytes = await zipped([['project.json', json()], ...audioEntries().slice(1)]);
    const small = await zipped([
      [
        'project.json',
        projectJsonText(Project.create({ id: 'p', name: 'S', engineVersion: '1' }).records(), '1'),
      ],
    ]);
    const damage = fc.array(fc.tuple(fc.nat(1 << 20), fc.nat(255)), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(
        fc.boolean(),
        damage,
        fc.nat(1 << 20),
        fc.boolean(),
        async (useSmall, places, cut, cuts) => {
          let copy = (useSmall ? small : bytes).slice();
          for (const [at, value] of places) copy[at % copy.length] = value;
          if (cuts) copy = copy.slice(0, cut % copy.length);
          try {
            await opened(copy);
          } catch (error) {
            expect(error).toBeInstanceOf(ProjectFileError);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

/** Where the records of the central directory begin. */
function centralEntries(bytes: Uint8Array): number[] {
  const file = Buffer.from(bytes);
  const places: number[] = [];
  for (let at = file.indexOf('PK\x01\x02'); at >= 0; at = file.indexOf('PK\x01\x02', at + 1)) places.push(at);
  return places;
}

function centralDirectory(bytes: Uint8Array): number {
  const end = Buffer.from(bytes).lastIndexOf(Buffer.from('PK\x05\x06'));
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(end + 16, true);
}
