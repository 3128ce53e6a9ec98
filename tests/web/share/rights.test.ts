import { beforeAll, describe, expect, it } from 'vitest';
import { mainTracks, stemsRecords, stemsRequest } from '../../../web/src/bridge/shareStems';
import { MemoryReader } from '../../../web/src/engine/byteReader';
import { bakeTables } from '../../../web/src/engine/impulseTables';
import type { MixwellModule } from '../../../web/src/engine/mixwellModule';
import { renderScene } from '../../../web/src/engine/offlineRender';
import { openPcm, type PcmSource } from '../../../web/src/engine/pcmSource';
import { projectJsonText } from '../../../web/src/interchange/projectFileFormat';
import { Project } from '../../../web/src/model/project';
import { snapshotOf } from '../../../web/src/model/snapshotBuilder';
import { PieceDamaged, PieceDecryptor } from '../../../web/src/share/chunks';
import { type Bytes, fromBase64url } from '../../../web/src/share/encoding';
import { randomBytes } from '../../../web/src/share/keys';
import type { Manifest, Right } from '../../../web/src/share/manifest';
import { manifestOf } from '../../../web/src/share/manifestOf';
import { measureFile, type Packed, Pauses, uploadFile } from '../../../web/src/share/upload';
import { FakeShareServer } from '../../support/fakeShareServer';
import { nodeEngine } from '../../support/nodeEngine';
import { renderProject } from '../../support/offline';
import { type RandomProject, randomProject } from '../../support/randomProject';
import { wavFile } from '../../support/synth';

describe('keys by right', () => {
  const secret = randomBytes(32);
  const server = new FakeShareServer();
  const texts = ['the preview', 'the document', 'an original', 'another original', 'a stem'];
  const files = new Map<string, Packed>();
  const bodies = new Map<string, Bytes>();

  beforeAll(async () => {
    const transfer = { server, pauses: new Pauses(), signal: new AbortController().signal };
    for (const text of texts) {
      const bytes = new TextEncoder().encode(text);
      const file = await measureFile(new MemoryReader(bytes), secret, 1);
      await uploadFile(new MemoryReader(bytes), file, secret, transfer);
      files.set(text, { ext: 'flac', file });
      bodies.set(text, server.pieces.get(file.pieces[0]?.id ?? '') as Bytes);
    }
  });

  const packed = (text: string) => files.get(text) as Packed;

  function manifest(right: Right, sources: readonly string[]): Promise<Manifest> {
    const project = Project.create({ name: 'Song', engineVersion: '1' }).snapshot();
    const mix = {
      what: 'mix',
      frames: 1,
      pcmSha256: 'ab'.repeat(32),
      integratedLufs: null,
      waveform: '',
      mimeType: 'audio/flac',
      preview: packed('the preview'),
    } as const;
    const document = {
      packed: packed('the document'),
      sources: sources.map((text) => ({ id: 'cd'.repeat(32), name: text, packed: packed(text) })),
    };
    return manifestOf({ right, revision: 1, sharedAt: 1, project, mix, document }, secret);
  }

  /** What of all that lies on the server the keys in a manifest open, wherever in it they stand. */
  async function opened(manifest: Manifest): Promise<string[]> {
    const keys = [...JSON.stringify(manifest).matchAll(/"([\w-]{43})"/g)].map(([, key]) =>
      fromBase64url(key ?? ''),
    );
    const found = new Set<string>();
    for (const key of keys) {
      for (const [text, body] of bodies) {
        const decryptor = new PieceDecryptor(key as Bytes, text.length, 1);
        const plain = await decryptor.decrypt(body, 0, '').catch((error: unknown) => {
          expect(error).toBeInstanceOf(PieceDamaged);
          return null;
        });
        if (plain) found.add(new TextDecoder().decode(plain));
      }
    }
    return [...found].sort();
  }

  it('open with the link to listen the preview alone, whatever else is at hand', async () => {
    expect(await opened(await manifest('listen', texts.slice(2)))).toEqual(['the preview']);
  });

  it('open with stems no original, and with a copy no stem', async () => {
    expect(await opened(await manifest('stems', ['a stem']))).toEqual([
      'a stem',
      'the document',
      'the preview',
    ]);
    const edit = await opened(await manifest('edit', ['an original', 'another original']));
    expect(edit).toEqual(['an original', 'another original', 'the document', 'the preview']);
  });
});

/** The stems as the render worker would write them, in floats. */
async function stemsOf(module: MixwellModule, { project, files }: RandomProject) {
  const snapshot = project.committed();
  // The worker compiles nothing: the engine's module is handed on only.
  const request = stemsRequest({} as WebAssembly.Module, snapshot);
  const sources = new Map<number, PcmSource>();
  for (const { handle, id } of request.sources) {
    sources.set(handle, await openPcm(new MemoryReader(files.get(id) as Uint8Array), module));
  }
  const wanted = new Map(request.impulses.map(({ insert, spec }) => [insert, spec]));
  const tables = await bakeTables(module, wanted, request.sampleRateHz, async () => null);
  const stemTracks = request.files.map(({ track }) => track as number);
  const sounds = stemTracks.map(() => [new Float32Array(request.frames), new Float32Array(request.frames)]);
  let done = 0;
  await renderScene(module, { ...request, sources, tables, stemTracks }, (_, stems, frames) => {
    stems.forEach(({ channels }, stem) => {
      channels.forEach((samples, channel) => {
        sounds[stem]?.[channel]?.set(samples.subarray(0, frames), done);
      });
    });
    done += frames;
  });
  const tracks = mainTracks(snapshot);
  return sounds.flatMap((sound, index) => {
    if (sound.every((channel) => channel.every((sample) => sample === 0))) return [];
    const facts = {
      trackId: tracks[index]?.id ?? '',
      bits: '32f',
      frames: request.frames,
      sourceId: (1000 + index).toString(16).padStart(64, '0'),
    } as const;
    return [{ facts, file: wavFile(sound, snapshot.sampleRateHz, '32f') }];
  });
}

describe('a session that is flattened to its stems', () => {
  let module: MixwellModule;
  beforeAll(async () => {
    module = await nodeEngine();
  });

  it.each([3, 5, 11, 58])(
    'plays as the mix, and tells nothing of what lies before the master (%i)',
    async (seed) => {
      const made = randomProject(seed);
      const snapshot = made.project.committed();
      const stems = await stemsOf(module, made);
      const facts = stems.map((stem) => stem.facts);
      const records = stemsRecords(made.project.records(), snapshot, facts);
      const flat = snapshotOf(records);
      expect(
        flat.tracks.map(({ id, inserts, sends, lanes, outputId }) => [id, inserts, sends, lanes, outputId]),
      ).toEqual(facts.map(({ trackId }) => [trackId, [], [], [], null]));
      expect(flat.master).toEqual(snapshot.master);
      const kept = new Set(facts.map(({ trackId }) => trackId));
      const inner = snapshot.tracks.filter(({ id }) => !kept.has(id));
      const text = projectJsonText(records, '1');
      for (const { id, name } of inner) {
        expect(text).not.toContain(`"${id}"`);
        expect(text).not.toContain(`"${name}"`);
      }
      for (const id of Object.keys(snapshot.sources)) expect(text).not.toContain(id);
      const range = { startFrame: 0, frames: made.endFrame };
      const mix = await renderProject(module, snapshot, made.files, range);
      const files = new Map(stems.map((stem) => [stem.facts.sourceId, stem.file]));
      const sum = await renderProject(module, flat, files, range);
      let peak = 0;
      let difference = 0;
      for (const side of ['left', 'right'] as const) {
        mix[side].forEach((sample, frame) => {
          peak = Math.max(peak, Math.abs(sample));
          difference = Math.max(difference, Math.abs(sample - (sum[side][frame] as number)));
        });
      }
      expect(peak).toBeGreaterThan(0.001);
      expect(difference).toBeLessThan(2e-5 * Math.max(1, peak));
    },
  );
});
