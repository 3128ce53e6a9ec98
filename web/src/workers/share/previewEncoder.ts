import type { PlanarBlock } from '../../engine/codec';
import type { MixwellModule } from '../../engine/mixwellModule';
import type { Preview } from './protocol';

export interface PreviewFormat {
  readonly sampleRateHz: number;
  readonly channels: 1 | 2;
}

/** Writes the preview's file, block by block. */
export interface PreviewEncoder {
  readonly mimeType: Preview['mimeType'];
  add(block: PlanarBlock): Promise<void>;
  finish(): Promise<void>;
  delete(): void;
}

/** Views of a block, one a channel. */
export function channelsOf(module: MixwellModule, block: PlanarBlock, channels: number): Float32Array[] {
  const { buffer } = module.HEAPU8;
  return Array.from(
    { length: channels },
    (_, channel) => new Float32Array(buffer, block.pointer + 4 * channel * block.stride, block.frames),
  );
}
