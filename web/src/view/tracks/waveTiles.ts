import type { Clip } from '../../model/types';

/** Columns of one tile. */
export const tileColumns = 512;
/** Device pixels of all tiles together, about 40 MB. */
const keptPixels = 10_000_000;

export type TilePaint = (context: OffscreenCanvasRenderingContext2D) => boolean;

interface Tile {
  readonly canvas: OffscreenCanvas;
  readonly pixels: number;
}

/** What of a clip its wave depends on, apart from where it lies. */
export function waveKey(clip: Clip): string {
  const fadeIn = clip.fadeInFrames > 0 ? `${clip.fadeInFrames}${clip.fadeInCurve}` : '';
  const fadeOut =
    clip.fadeOutFrames > 0 ? `${clip.lengthFrames}-${clip.fadeOutFrames}${clip.fadeOutCurve}` : '';
  return `${clip.sourceId}|${clip.offsetFrames}|${clip.gainDb}|${fadeIn}|${fadeOut}`;
}

/**
 * Pictures of waves, cut into tiles that hang on the start of their clip: scrolling, and carrying a clip about, only lays them
 * somewhere else. The least recently used go first.
 */
export class WaveTiles {
  readonly #tiles = new Map<string, Tile>();
  #pixels = 0;

  /** The tile of this key; painted now when it is new. Null when its sound is not there yet. */
  get(
    key: string,
    width: number,
    height: number,
    pixelRatio: number,
    paint: TilePaint,
  ): OffscreenCanvas | null {
    const kept = this.#tiles.get(key);
    if (kept) {
      this.#tiles.delete(key);
      this.#tiles.set(key, kept);
      return kept.canvas;
    }
    const canvas = new OffscreenCanvas(
      Math.max(1, Math.ceil(width * pixelRatio)),
      Math.max(1, Math.ceil(height * pixelRatio)),
    );
    const context = canvas.getContext('2d');
    if (!context) return null;
    context.scale(pixelRatio, pixelRatio);
    if (!paint(context)) return null;
    const tile = { canvas, pixels: canvas.width * canvas.height };
    this.#tiles.set(key, tile);
    this.#pixels += tile.pixels;
    for (const [oldKey, old] of this.#tiles) {
      if (this.#pixels <= keptPixels || old === tile) break;
      this.#tiles.delete(oldKey);
      this.#pixels -= old.pixels;
    }
    return canvas;
  }
}
