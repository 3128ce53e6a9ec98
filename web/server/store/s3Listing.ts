import { type ListedObject, StoreAway } from './store';

export interface Listing {
  objects: ListedObject[];
  /** What to ask for the next part with; null when this was the last. */
  continuation: string | null;
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const plain = (text: string) =>
  text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
    if (hex) return String.fromCodePoint(Number.parseInt(hex, 16));
    if (decimal) return String.fromCodePoint(Number(decimal));
    return ENTITIES[name] ?? whole;
  });

const inside = (xml: string, tag: string): string | null => {
  const from = xml.indexOf(`<${tag}>`);
  const to = from < 0 ? -1 : xml.indexOf(`</${tag}>`, from);
  return to < 0 ? null : plain(xml.slice(from + tag.length + 2, to));
};

/** Reads the answer to `GET /BUCKET?list-type=2` (S3's ListObjectsV2). Throws on anything else. */
export function parseListing(xml: string): Listing {
  if (!xml.includes('<ListBucketResult')) throw new StoreAway('the store sent no listing');
  const objects = xml
    .split('<Contents>')
    .slice(1)
    .map((part) => ({
      key: inside(part, 'Key') ?? '',
      bytes: Number(inside(part, 'Size')),
      modifiedMs: Date.parse(inside(part, 'LastModified') ?? ''),
    }));
  if (inside(xml, 'IsTruncated') !== 'true') return { objects, continuation: null };
  const continuation = inside(xml, 'NextContinuationToken');
  // A listing that ends early would make the sweep take shares for gone.
  if (!continuation) throw new StoreAway('the store sent a part of a listing without the way to the rest');
  return { objects, continuation };
}
