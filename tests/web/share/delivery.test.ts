import { beforeAll, describe, expect, it } from 'vitest';
import { MemorySink } from '../../../web/src/engine/byteSink';
import type { FlacLibrary } from '../../../web/src/engine/flacLibrary';
import type { MixwellModule } from '../../../web/src/engine/mixwellModule';
import type { Bytes } from '../../../web/src/share/encoding';
import { randomBytes } from '../../../web/src/share/keys';
import { type Packed, Pauses } from '../../../web/src/share/upload';
import { Delivery } from '../../../web/src/workers/share/delivery';
import type { Parcel } from '../../../web/src/workers/share/protocol';
import { FakeShareServer } from '../../support/fakeShareServer';
import { nodeEngine } from '../../support/nodeEngine';
import { nodeFlac } from '../../support/nodeFlac';
import { noise, wavFile } from '../../support/synth';

let module: MixwellModule;
let flac: FlacLibrary;

beforeAll(async () => {
  module = await nodeEngine();
  flac = await nodeFlac();
});

const secret = randomBytes(32);

interface Delivered {
  readonly packed: Map<string, Packed>;
  readonly totalBytes: number;
  readonly doneBytes: number;
}

async function deliver(server: FakeShareServer, parcels: readonly Parcel[]): Promise<Delivered> {
  const packed = new Map<string, Packed>();
  let [totalBytes, doneBytes] = [0, 0];
  await new Delivery(parcels, {
    transfer: { server, pauses: new Pauses(), signal: new AbortController().signal },
    projectSecret: secret,
    module: async () => module,
    flac: async () => flac,
    async scratch() {
      const sink = new MemorySink();
      return { sink, read: async () => new Blob([sink.bytes]), remove: async () => {} };
    },
    say(message) {
      if (message.kind === 'packed') packed.set(message.key, message.packed);
      else ({ totalBytes, doneBytes } = message);
    },
  }).run();
  return { packed, totalBytes, doneBytes };
}

const parcel = (key: string, bytes: Bytes, asFlac: boolean): Parcel => ({
  key,
  blob: new Blob([bytes]),
  ext: 'wav',
  asFlac,
  chunksPerPiece: 4,
  known: null,
});

const song = (): Parcel[] => [
  parcel('one', wavFile([noise(1, 380_000, 0.4)], 48_000, 24), true),
  parcel('two', wavFile([noise(2, 90_000, 0.4), noise(3, 90_000, 0.4)], 44_100, 16), true),
  parcel('float', wavFile([noise(4, 90_000, 0.4)], 48_000, '32f'), true),
  parcel('document', new TextEncoder().encode('{"a": "document"}'), false),
];

describe('a delivery', () => {
  it('packs integer PCM as FLAC, all else as it is, and its figures come out even', async () => {
    const server = new FakeShareServer();
    const { packed, totalBytes, doneBytes } = await deliver(server, song());
    expect([...packed].map(([key, { ext }]) => `${key} ${ext}`).sort()).toEqual([
      'document wav',
      'float wav',
      'one flac',
      'two flac',
    ]);
    expect(doneBytes).toBe(totalBytes);
    expect(doneBytes).toBe([...server.pieces.values()].reduce((sum, { length }) => sum + length, 0));
  });

  it('sends nothing the second time, and of what was lost just that', async () => {
    const server = new FakeShareServer();
    const { packed } = await deliver(server, song());
    const known = song().map((one) => ({ ...one, known: packed.get(one.key) ?? null }));
    const before = server.taken.length;
    expect(await deliver(server, known)).toMatchObject({ totalBytes: 0, doneBytes: 0 });
    expect(server.taken.length).toBe(before);
    const lost = packed.get('one')?.file.pieces[0]?.id as string;
    server.pieces.delete(lost);
    await deliver(server, known);
    expect(server.taken.slice(before)).toEqual([lost]);
    // Without its memory it sends nothing either: the same sound gives the same pieces.
    await deliver(server, song());
    expect(server.taken).toHaveLength(before + 1);
  });
});
