import { type Bytes, fromBase64url, toBase64url } from './encoding';
import { keyBytes, shareIdBytes } from './keys';

/** What a link says. The key stands in the fragment, which no browser sends. */
export interface ShareLink {
  readonly origin: string;
  /** base64url, 22 characters. */
  readonly id: string;
  readonly key: Bytes;
}

const path = '/s/';

export function linkText({ origin, id, key }: ShareLink): string {
  return `${origin}${path}${id}#${toBase64url(key)}`;
}

/** Null where the address is no whole link of ours. */
export function parseLink(address: string): ShareLink | null {
  if (!URL.canParse(address)) return null;
  const { origin, pathname, hash } = new URL(address);
  if (!pathname.startsWith(path)) return null;
  const id = pathname.slice(path.length);
  const key = fromBase64url(hash.slice(1));
  if (!isShareId(id) || key?.length !== keyBytes) return null;
  return { origin, id, key };
}

export const isShareId = (id: string): boolean => fromBase64url(id)?.length === shareIdBytes;

/** The studio's address that opens a copy of a share: the whole of it in the fragment. */
export function studioAddress({ origin, id, key }: ShareLink): string {
  return `${origin}/#open=${id}.${toBase64url(key)}`;
}

/** The share that the studio was asked to open; null where the fragment asks for none. */
export function parseStudioFragment(origin: string, hash: string): ShareLink | null {
  const [, id, key] = /^#open=([\w-]+)\.([\w-]+)$/.exec(hash) ?? [];
  return id && key ? parseLink(`${origin}${path}${id}#${key}`) : null;
}
