import { type Bytes, fromHex, joined, utf8 } from './encoding';

/** Salt of every derivation: another version of the format has other keys. */
const formatVersion = 'mixwell-share/1';
export const keyBytes = 32;
export const shareIdBytes = 16;

/**
 * PBKDF2-HMAC-SHA-256 with this many rounds (the OWASP Password Storage Cheat Sheet's figure of 2023): about a third of a second on a
 * laptop. The link's own key has 256 bits; the password is for links that got into other hands.
 */
export const passwordRounds = 600_000;
/** A server could else ask a recipient for hours of work. */
export const maxPasswordRounds = 10_000_000;

export interface PasswordCost {
  /** base64url, 16 bytes. */
  readonly salt: string;
  readonly iterations: number;
}

export function randomBytes(count: number): Bytes {
  return crypto.getRandomValues(new Uint8Array(count));
}

/** HKDF-SHA-256 (RFC 5869) to 32 bytes. */
async function derive(secret: Bytes, info: Bytes): Promise<Bytes> {
  const key = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveBits']);
  const params = { name: 'HKDF', hash: 'SHA-256', salt: utf8(formatVersion), info };
  return new Uint8Array(await crypto.subtle.deriveBits(params, key, 8 * keyBytes));
}

/**
 * The key of one file: of the project's secret and the SHA-256 of its content (hexadecimal), so that the same content of the
 * same project gives the same ciphertext, and nobody without the secret can tell which content it is.
 */
export function fileKey(projectSecret: Bytes, contentSha256: string): Promise<Bytes> {
  return derive(projectSecret, joined(utf8('file '), fromHex(contentSha256)));
}

/** The key of a manifest: of the link's key, the share's id, and the password where there is one. */
export async function manifestKey(
  linkKey: Bytes,
  shareId: string,
  password: { readonly text: string; readonly salt: Bytes; readonly iterations: number } | null,
): Promise<CryptoKey> {
  const secret = password
    ? joined(linkKey, await stretched(password.text, password.salt, password.iterations))
    : linkKey;
  return aesKey(await derive(secret, utf8(`manifest ${shareId}`)));
}

async function stretched(text: string, salt: Bytes, iterations: number): Promise<Bytes> {
  // The same password typed on another keyboard may be composed otherwise.
  const key = await crypto.subtle.importKey('raw', utf8(text.normalize('NFKC')), 'PBKDF2', false, [
    'deriveBits',
  ]);
  const params = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations };
  return new Uint8Array(await crypto.subtle.deriveBits(params, key, 8 * keyBytes));
}

export function aesKey(raw: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']);
}
