import type { Id } from '../../model/types';

export interface RowHeights {
  readonly lane: number;
  readonly selected: number;
}

/** One lane; `top` counts from the top of the first. The height includes the line below. */
export interface Row {
  readonly trackId: Id;
  readonly index: number;
  readonly top: number;
  readonly height: number;
}

export interface Rows {
  readonly rows: readonly Row[];
  readonly height: number;
  readonly byId: ReadonlyMap<Id, Row>;
}

export function layoutRows(trackIds: readonly Id[], tallId: Id | null, heights: RowHeights): Rows {
  let top = 0;
  const rows = trackIds.map((trackId, index): Row => {
    const height = trackId === tallId ? heights.selected : heights.lane;
    const row = { trackId, index, top, height };
    top += height;
    return row;
  });
  return { rows, height: top, byId: new Map(rows.map((row) => [row.trackId, row])) };
}

/** The row at a height; undefined above the first and below the last. */
export function rowAt(rows: Rows, y: number): Row | undefined {
  if (y < 0 || y >= rows.height) return undefined;
  let low = 0;
  let high = rows.rows.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((rows.rows[middle] as Row).top <= y) low = middle;
    else high = middle - 1;
  }
  return rows.rows[low];
}

/** The gap between rows that is nearest: 0 is above the first, rows.length below the last. */
export function gapAt(rows: Rows, y: number): number {
  const row = rowAt(rows, Math.min(Math.max(0, y), rows.height - 1));
  if (!row) return 0;
  return y < row.top + row.height / 2 ? row.index : row.index + 1;
}
