import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MemoryReader } from '../../../web/src/engine/byteReader';
import {
  chunkBytes,
  encryptedBytes,
  encryptPieces,
  PieceDamaged,
  PieceDecryptor,
} from '../../../web/src/share/chunks';
import { type Bytes, fromBase64url, toBase64url } from '../../../web/src/share/encoding';
import { fileKey, randomBytes } from '../../../web/src/share/keys';
import { linkText, parseLink, parseStudioFragment, studioAddress } from '../../../web/src/share/link';
import { type Manifest, ManifestRefused, openManifest, sealManifest } from '../../../web/src/share/manifest';

/** Bytes that repeat at no chunk's length. */
const content = (length: number): Bytes =>
  Uint8Array.from({ length }, (_, at) => (at * 31 + (at >> 8) * 7) & 255);

async function pieces(bytes: Bytes, key: Bytes, perPiece: number) {
  const all: { id: string; body: Bytes }[] = [];
  for await (const { piece, body } of encryptPieces(new MemoryReader(bytes), key, perPiece)) {
    expect(piece.bytes).toBe(body.length);
    all.push({ id: piece.id, body });
  }
  return all;
}

describe('pieces of a file', () => {
  const lengths = [0, 1, chunkBytes - 1, chunkBytes, chunkBytes + 1, 5 * chunkBytes + 17];

  it.each(lengths)('come back as they were, and have the announced length (%i bytes)', async (length) => {
    const bytes = content(length);
    const key = randomBytes(32);
    const sealed = await pieces(bytes, key, 4);
    expect(sealed.reduce((sum, { body }) => sum + body.length, 0)).toBe(encryptedBytes(length));
    const decryptor = new PieceDecryptor(key, length, 4);
    const opened: Bytes[] = [];
    for (const [index, { id, body }] of sealed.entries()) {
      opened.push(await decryptor.decrypt(body, index, id));
      expect(body.length).toBeLessThanOrEqual(4 * (chunkBytes + 16));
    }
    expect(Buffer.concat(opened).equals(bytes)).toBe(true);
  });

  it('have the same names when the same file is encrypted again, and others in another project', async () => {
    const bytes = content(3 * chunkBytes + 5);
    const hash = 'ab'.repeat(32);
    const secret = randomBytes(32);
    const first = await pieces(bytes, await fileKey(secret, hash), 1);
    const again = await pieces(bytes, await fileKey(secret, hash), 1);
    const elsewhere = await pieces(bytes, await fileKey(randomBytes(32), hash), 1);
    expect(again.map(({ id }) => id)).toEqual(first.map(({ id }) => id));
    expect(elsewhere.map(({ id }) => id)).not.toContain(first[0]?.id);
  });

  it('are refused where they are moved, cut, lengthened, swapped or changed by one bit', async () => {
    const bytes = content(4 * chunkBytes);
    const key = randomBytes(32);
    const sealed = await pieces(bytes, key, 2);
    const [first, second] = sealed as [(typeof sealed)[0], (typeof sealed)[0]];
    const decryptor = new PieceDecryptor(key, bytes.length, 2);
    const refused = async (body: Bytes, index: number, of = decryptor) =>
      expect(of.decrypt(body, index, 'piece')).rejects.toBeInstanceOf(PieceDamaged);
    await refused(second.body, 0);
    await refused(first.body, 1);
    await refused(first.body.subarray(0, -1), 0);
    await refused(first.body.subarray(0, chunkBytes + 16), 0);
    await refused(Uint8Array.from([...first.body, 0]), 0);
    const flipped = first.body.slice();
    flipped[chunkBytes + 100] = (flipped[chunkBytes + 100] as number) ^ 1;
    await refused(flipped, 0);
    // A file that ends with its first piece: the mark of the last chunk is missing.
    await refused(first.body, 0, new PieceDecryptor(key, 2 * chunkBytes, 2));
  });
});

const manifest: Manifest = {
  format: 'mixwell-share',
  version: 1,
  right: 'listen',
  revision: 1,
  title: '<img src=x onerror=alert(1)> “Glass Harbour”',
  sharedAt: 1,
  tempoBpm: 96,
  mix: {
    what: 'mix',
    sampleRateHz: 48_000,
    frames: 480_000,
    pcmSha256: 'cd'.repeat(32),
    engineVersion: '1',
    integratedLufs: -16.8,
  },
  markers: [],
  waveform: '',
  preview: {
    mimeType: 'audio/webm; codecs="opus"',
    file: {
      key: toBase64url(randomBytes(32)),
      sha256: 'ef'.repeat(32),
      bytes: 1,
      chunksPerPiece: 1,
      pieces: [{ id: 'ef'.repeat(32), bytes: 17 }],
    },
  },
  project: null,
};

describe('a manifest', () => {
  const linkKey = randomBytes(32);
  const lock = { linkKey, shareId: 'A'.repeat(22), password: null };

  it('opens with its link’s key, and with no other key, id or change', async () => {
    const sealed = await sealManifest(manifest, lock);
    expect(await openManifest(sealed, lock)).toEqual(manifest);
    const refused = (bytes: Bytes, other: typeof lock) =>
      expect(openManifest(bytes, other)).rejects.toBeInstanceOf(ManifestRefused);
    await refused(sealed, { ...lock, linkKey: randomBytes(32) });
    await refused(sealed, { ...lock, shareId: 'B'.repeat(22) });
    await refused(sealed.subarray(0, -1), lock);
    for (const at of [0, 12, 100]) {
      const flipped = sealed.slice();
      flipped[at] = (flipped[at] as number) ^ 1;
      await refused(flipped, lock);
    }
  });

  it('with a password needs both, however the password was composed', async () => {
    const salt = randomBytes(16);
    const locked = (text: string) => ({ ...lock, password: { text, salt, iterations: 1000 } });
    const sealed = await sealManifest(manifest, locked('caf\u00e9'));
    expect(await openManifest(sealed, locked('cafe\u0301'))).toEqual(manifest);
    await expect(openManifest(sealed, locked('cafe'))).rejects.toThrow('not the password');
    await expect(openManifest(sealed, lock)).rejects.toBeInstanceOf(ManifestRefused);
  });
});

describe('a link', () => {
  it('says what it was made of, and nothing else is taken for one', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 16, maxLength: 16 }),
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        (id, key) => {
          const link = {
            origin: 'https://mix.example',
            id: toBase64url(id),
            key: new Uint8Array(key),
          };
          expect(parseLink(linkText(link))).toEqual(link);
          const address = new URL(studioAddress(link));
          expect(address.search + address.pathname).toBe('/');
          expect(parseStudioFragment(link.origin, address.hash)).toEqual(link);
          expect(parseLink(linkText(link).slice(0, -1))).toBeNull();
        },
      ),
    );
    expect(parseLink('https://mix.example/s/short#key')).toBeNull();
    expect(parseLink('nonsense')).toBeNull();
  });

  it('has one spelling only', () => {
    fc.assert(
      fc.property(fc.base64String(), (text) => {
        const bytes = fromBase64url(text);
        if (bytes) expect(toBase64url(bytes)).toBe(text);
      }),
    );
  });
});
