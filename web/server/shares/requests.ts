import { isIPv6 } from 'node:net';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';
import type { z } from 'zod';
import { chunksOf } from '../store/store';
import { refuse } from './refusal';

/**
 * Who asks, for limits only: the peer's address, or what our own proxy (the last one) says. An IPv6 host has a whole /64 to
 * choose addresses from, so that counts as one.
 */
export function addressOf(context: Context, trustProxy: boolean): string {
  const forwarded = trustProxy ? context.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined;
  return networkOf(forwarded || peerOf(context));
}

function peerOf(context: Context): string {
  try {
    return getConnInfo(context).remote.address ?? '';
  } catch {
    return '';
  }
}

function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  if (!isIPv6(plain)) return plain;
  const [before = '', after] = plain.toLowerCase().split('::');
  const head = before.split(':').filter(Boolean);
  const tail = (after ?? '').split(':').filter(Boolean);
  const zeros = after === undefined ? 0 : Math.max(0, 8 - head.length - tail.length);
  return [...head, ...Array<string>(zeros).fill('0'), ...tail].slice(0, 4).join(':');
}

/** What `content-length` announces; null when it says nothing. */
export function announcedBytes(context: Context): number | null {
  const header = context.req.header('content-length');
  return header !== undefined && /^\d+$/.test(header) ? Number(header) : null;
}

/** Reads a JSON body of at most so many octets; a longer one is not read to its end. */
export async function readJson<T>(context: Context, schema: z.ZodType<T>, maxBytes: number): Promise<T> {
  if ((announcedBytes(context) ?? 0) > maxBytes) throw refuse.tooLarge('The request is too long');
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunksOf(context.req.raw.body ?? new Blob([]).stream())) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw refuse.tooLarge('The request is too long');
    chunks.push(chunk);
  }
  return understand(parse(Buffer.concat(chunks).toString('utf8')), schema);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refuse.badRequest('it is no JSON');
  }
}

/** The value as the schema has it, or a refusal that says where it differs (and never what it holds). */
export function understand<T>(value: unknown, schema: z.ZodType<T>): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw refuse.badRequest(`${issue?.path.join('.') || 'the body'} is not as it should be (${issue?.code})`);
}
