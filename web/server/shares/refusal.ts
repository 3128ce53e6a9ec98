/** An answer that says no: its code is stable, its sentence is for people. */
export class Refusal extends Error {
  constructor(
    readonly status: 400 | 403 | 404 | 409 | 410 | 413 | 422 | 429 | 503 | 507,
    readonly code: string,
    sentence: string,
    readonly more: { missing?: string[]; retryAfterS?: number } = {},
  ) {
    super(sentence);
  }
}

export const refuse = {
  badRequest: (what: string) => new Refusal(400, 'bad-request', `The request is not understood: ${what}.`),
  badExpiry: (why: string) => new Refusal(400, 'bad-expiry', why),
  notYours: () => new Refusal(403, 'not-yours', 'This link belongs to someone else.'),
  unknownAddress: () => new Refusal(404, 'unknown-address', 'There is nothing at this address.'),
  unknown: () => new Refusal(404, 'unknown', 'There is no such link.'),
  missingPiece: () => new Refusal(404, 'missing-piece', 'This link has no such piece.'),
  missingPieces: (missing: string[]) =>
    new Refusal(409, 'missing-pieces', 'Some pieces of this link are not stored yet.', { missing }),
  older: () => new Refusal(409, 'older', 'A newer version of this link is stored already.'),
  expired: () => new Refusal(410, 'expired', 'This link has expired.'),
  revoked: () => new Refusal(410, 'revoked', 'This link was revoked by its owner.'),
  tooLarge: (what: string) => new Refusal(413, 'too-large', `${what}.`),
  wrongHash: () =>
    new Refusal(422, 'wrong-hash', 'The octets that arrived are not those that were announced.'),
  slowDown: (seconds: number) =>
    new Refusal(429, 'slow-down', 'Too much at once from this address. Try again later.', {
      retryAfterS: Math.max(1, Math.ceil(seconds)),
    }),
  unavailable: () =>
    new Refusal(503, 'unavailable', 'The store can’t be reached. Try again later.', { retryAfterS: 5 }),
  full: () => new Refusal(507, 'full', 'The server has no room left.'),
};
