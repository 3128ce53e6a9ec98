import { createSHA256 } from 'hash-wasm';
import type { ByteReader } from '../engine/byteReader';

const blockBytes = 1 << 20;

export interface Progress {
  /** Called with the bytes that are done. */
  onBytes?(bytes: number): void;
  readonly signal?: AbortSignal;
}

/** Hashes what goes through it from front to back. */
export interface RunningHash {
  update(bytes: Uint8Array): void;
  /** 64 hexadecimal digits. */
  digest(): string;
}

export async function runningSha256(): Promise<RunningHash> {
  const hasher = await createSHA256();
  hasher.init();
  return { update: (bytes) => void hasher.update(bytes), digest: () => hasher.digest('hex') };
}

/** Reads everything once, block by block, in constant memory. */
export async function sha256Of(reader: ByteReader, { onBytes, signal }: Progress = {}): Promise<string> {
  const hash = await runningSha256();
  for (let at = 0; at < reader.size; ) {
    signal?.throwIfAborted();
    const block = await reader.read(at, Math.min(blockBytes, reader.size - at));
    if (block.length === 0) break;
    hash.update(block);
    at += block.length;
    onBytes?.(at);
  }
  return hash.digest();
}
