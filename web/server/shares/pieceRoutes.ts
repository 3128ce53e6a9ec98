import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { pieceKey, TooLong, WrongHash } from '../store/store';
import { MAX_ASKED_AT_ONCE, MAX_PIECE_BYTES } from './limits';
import { pieceIdSchema } from './records';
import { refuse } from './refusal';
import { addressOf, announcedBytes, readJson, understand } from './requests';
import type { Sharing } from './sharing';

const askedSchema = z.object({
  pieces: z.array(z.object({ id: pieceIdSchema, bytes: z.number().int().min(1) })).max(MAX_ASKED_AT_ONCE),
});
const ASKED_BYTES = MAX_ASKED_AT_ONCE * 128 + 1024;
/** A request that looks for many pieces costs the store as much as several. */
const PIECES_PER_TOKEN = 32;

/** Uploading: what is missing, and, where the store has no address of its own, the pieces themselves. */
export function pieceRoutes(sharing: Sharing): Hono {
  const app = new Hono();

  app.post('/missing', async (context) => {
    const address = addressOf(context, sharing.trustProxy);
    const { pieces } = await readJson(context, askedSchema, ASKED_BYTES);
    sharing.rate.spend(address, pieces.length / PIECES_PER_TOKEN);
    const asked = new Map(pieces.map((piece) => [piece.id, piece]));
    if (pieces.some(({ bytes }) => bytes > MAX_PIECE_BYTES)) throw refuse.tooLarge('A piece is too large');
    const { missing, doomed } = await sharing.pieces.inventory([...asked.values()]);
    const bytesOf = (id: string) => asked.get(id)?.bytes ?? MAX_PIECE_BYTES;
    if (missing.length > 0) await sharing.findRoom(missing.reduce((sum, id) => sum + bytesOf(id), 0));
    for (const id of missing) sharing.admit(address, id, bytesOf(id));
    // A fresh mark keeps the sweep away from what is about to be uploaded again.
    for (const id of doomed) await sharing.pieces.doom(id);
    const tickets = [];
    for (const id of missing) tickets.push({ id, ...(await ticketFor(id, bytesOf(id))) });
    return context.json({ missing: tickets });
  });

  const ticketFor = async (id: string, bytes: number) =>
    (await sharing.store.uploadTicket(pieceKey(id), { sha256: id, bytes })) ?? {
      url: `/api/pieces/${id}`,
      headers: {},
    };

  app.put('/:piece', async (context) => {
    if (sharing.store.origin !== null) throw refuse.unknownAddress();
    const id = understand(context.req.param('piece'), pieceIdSchema);
    const bytes = announcedBytes(context) ?? MAX_PIECE_BYTES;
    if (bytes > MAX_PIECE_BYTES) throw refuse.tooLarge('The piece is too large');
    await sharing.findRoom(bytes);
    sharing.admit(addressOf(context, sharing.trustProxy), id, bytes);
    await receive(context, id);
    await sharing.pieces.spare(id);
    return context.body(null, 204);
  });

  const receive = async (context: Context, id: string) => {
    const octets = context.req.raw.body ?? new Blob([]).stream();
    try {
      await sharing.store.receive(pieceKey(id), octets, { sha256: id, maxBytes: MAX_PIECE_BYTES });
    } catch (error) {
      if (error instanceof TooLong) throw refuse.tooLarge('The piece is too large');
      if (error instanceof WrongHash) throw refuse.wrongHash();
      if (context.req.raw.signal.aborted) throw refuse.badRequest('it was cut short');
      throw error;
    }
  };

  return app;
}
