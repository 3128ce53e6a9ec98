import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { pieceKey, StoreFull, VersionConflict } from '../store/store';
import { MAX_MANIFEST_BYTES, MAX_PIECES } from './limits';
import {
  isEnded,
  isExpired,
  type Known,
  type LiveRecord,
  ownerOf,
  passwordSchema,
  pieceIdSchema,
  sameOwner,
  shareIdSchema,
  tombstone,
} from './records';
import { refuse } from './refusal';
import { announcedBytes, readJson, understand } from './requests';
import type { Sharing } from './sharing';

const DAY_MS = 24 * 3600 * 1000;
const MANIFEST_CHARACTERS = Math.ceil((MAX_MANIFEST_BYTES * 4) / 3);
const OFFER_BYTES = MANIFEST_CHARACTERS + MAX_PIECES * 68 + 4096;
const TRIES = 5;

const offerSchema = z.object({
  manifest: z.string().regex(/^[A-Za-z0-9_-]+$/),
  pieces: z.array(pieceIdSchema),
  password: passwordSchema,
  expiresAt: z.number().int().nullable(),
  revision: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
});
type Offer = z.infer<typeof offerSchema>;

const damagedSchema = z.object({ piece: pieceIdSchema });

/** Shares: made and replaced by their owner, opened by whoever has the link, ended by revoking. */
export function shareRoutes(sharing: Sharing): Hono {
  const { records, pieces, store } = sharing;
  const app = new Hono();

  const idOf = (context: Context) => understand(context.req.param('id'), shareIdSchema);
  const ownerOfRequest = (context: Context) => {
    const owner = ownerOf(context.req.header('authorization'));
    if (owner === null) throw refuse.notYours();
    return owner;
  };

  /** A share that can be opened now, or the refusal that says why not. */
  const living = async (id: string): Promise<{ record: LiveRecord; known: Known }> => {
    const known = await records.read(id);
    if (known === null) throw refuse.unknown();
    const { record } = known;
    if (isEnded(record)) throw record.ended === 'revoked' ? refuse.revoked() : refuse.expired();
    if (isExpired(record, sharing.now())) throw refuse.expired();
    return { record, known };
  };

  app.put('/:id', async (context) => {
    const id = idOf(context);
    const owner = ownerOfRequest(context);
    const bytes = Math.min(announcedBytes(context) ?? OFFER_BYTES, OFFER_BYTES);
    return sharing.memory.holding(bytes, async () => {
      const offer = await readJson(context, offerSchema, OFFER_BYTES);
      checkOffer(offer, sharing);
      const made = await tryAgain(() => offerOnce(id, owner, offer));
      return context.json({ revision: offer.revision }, made ? 201 : 200);
    });
  });

  /** Stores an offer over what is there. True when it made a new share. Throws `VersionConflict` when another came first. */
  const offerOnce = async (id: string, owner: string, offer: Offer): Promise<boolean> => {
    const known = await records.read(id);
    if (known) checkMayReplace(known, owner, offer);
    const ids = [...new Set(offer.pieces)];
    const { missing, storedBytes } = await pieces.inventory(ids.map((piece) => ({ id: piece })));
    if (missing.length > 0) throw refuse.missingPieces(missing);
    if (storedBytes > sharing.limits.maxShareBytes) throw refuse.tooLarge('The link holds too much');
    if (!known || !isSame(known, offer)) {
      const now = sharing.now();
      const createdAt = known && !isEnded(known.record) ? known.record.createdAt : now;
      const record: LiveRecord = { format: 1, owner, ...offer, pieces: ids, createdAt, updatedAt: now };
      await records.write(id, record, known?.version ?? null);
    }
    // From here on the sweep sees that the share needs them; what it removed just before shows now.
    const absent = await pieces.absent(ids);
    if (absent.length > 0) throw refuse.missingPieces(absent);
    return known === null;
  };

  app.get('/:id', async (context) => {
    const { record } = await living(idOf(context));
    const { manifest, password, createdAt, updatedAt, expiresAt, revision } = record;
    return context.json({ manifest, password, createdAt, updatedAt, expiresAt, revision });
  });

  app.delete('/:id', async (context) => {
    const id = idOf(context);
    const owner = ownerOfRequest(context);
    await tryAgain(async () => {
      const known = await records.read(id);
      if (known === null) throw refuse.unknown();
      if (!sameOwner(known.record.owner, owner)) throw refuse.notYours();
      if (isEnded(known.record) && known.record.ended === 'revoked') return;
      try {
        await records.write(id, tombstone(known.record, 'revoked', sharing.now()), known.version);
      } catch (error) {
        if (!(error instanceof StoreFull)) throw error;
        await records.remove(id, known.version); // no room even for a tombstone: the link ends all the same
      }
    });
    return context.body(null, 204);
  });

  app.get('/:id/pieces/:piece', async (context) => {
    const { known } = await living(idOf(context));
    const piece = understand(context.req.param('piece'), pieceIdSchema);
    if (!known.pieces.has(piece)) throw refuse.missingPiece();
    const address = await store.downloadAddress(pieceKey(piece));
    if (address !== null) return context.redirect(address, 302);
    const found = await store.open(pieceKey(piece));
    if (found === null) throw refuse.missingPiece();
    return context.body(found.octets as ReadableStream, 200, {
      'content-type': 'application/octet-stream',
      'content-length': String(found.bytes),
    });
  });

  app.post('/:id/damaged', async (context) => {
    const { known } = await living(idOf(context));
    const { piece } = await readJson(context, damagedSchema, 1024);
    if (!known.pieces.has(piece)) throw refuse.missingPiece();
    const damaged = await pieces.discardIfDamaged(piece);
    if (damaged === null) throw refuse.missingPiece();
    return context.json({ damaged });
  });

  return app;
}

function checkOffer(offer: Offer, { limits, now }: Sharing): void {
  if (offer.manifest.length > MANIFEST_CHARACTERS) throw refuse.tooLarge('The manifest is too large');
  if (offer.pieces.length > MAX_PIECES) throw refuse.tooLarge('The link has too many pieces');
  if (offer.expiresAt !== null && offer.expiresAt <= now())
    throw refuse.badExpiry('The link would have expired already.');
  const { maxExpiryDays } = limits;
  if (maxExpiryDays === null) return;
  // A minute for clocks that differ.
  const latest = now() + maxExpiryDays * DAY_MS + 60_000;
  if (offer.expiresAt === null || offer.expiresAt > latest) {
    throw refuse.badExpiry(`Links last at most ${maxExpiryDays} days here.`);
  }
}

function checkMayReplace({ record, ...known }: Known, owner: string, offer: Offer): void {
  if (!sameOwner(record.owner, owner)) throw refuse.notYours();
  if (isEnded(record) && record.ended === 'revoked') throw refuse.revoked();
  if (record.revision >= offer.revision && !isSame({ record, ...known }, offer)) throw refuse.older();
}

/** The same offer once more, because its first answer was lost: that is no conflict. */
function isSame({ record, pieces }: Known, offer: Offer): boolean {
  return (
    !isEnded(record) &&
    record.revision === offer.revision &&
    record.manifest === offer.manifest &&
    record.expiresAt === offer.expiresAt &&
    JSON.stringify(record.password) === JSON.stringify(offer.password) &&
    pieces.size === new Set(offer.pieces).size &&
    offer.pieces.every((piece) => pieces.has(piece))
  );
}

/** Another writer of the same share came between reading and writing: look again at what is there now. */
async function tryAgain<T>(work: () => Promise<T>): Promise<T> {
  for (let left = TRIES; ; left--) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof VersionConflict)) throw error;
      if (left <= 1) throw refuse.slowDown(1);
    }
  }
}
