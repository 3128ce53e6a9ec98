import type { Id } from '../../model/types';

export interface RowHeights {
  readonly lane: number;
  readonly selected: number;
  /** Of one lane of automation. */
  readonly automation: number;
}

/** One track; `top` counts from the top of the first. The height of its clips includes the line below. */
export interface Row {
  readonly trackId: Id;
  readonly index: number;
  readonly top: number;
  readonly height: number;
  /** With the lanes of automation that are unfolded below the clips. */
  readonly fullHeight: number;
}

export interface Rows {
  readonly rows: readonly Row[];
  readonly height: number;
  readonly byId: ReadonlyMap<Id, Row>;
}

/** `lanes` says how many lanes of automation a track shows; a track that is hidden has no height. */
export function layoutRows(
  trackIds: readonly Id[],
  tallId: Id | null,
  heights: RowHeights,
  lanes: (trackId: Id) => number = () => 0,
  isHidden: (trackId: Id) => boolean = () => false,
): Rows {
  let top = 0;
  const rows = trackIds.map((trackId, index): Row => {
    const hidden = isHidden(trackId);
    const height = hidden ? 0 : trackId === tallId ? heights.selected : heights.lane;
    const fullHeight = hidden ? 0 : height + lanes(trackId) * heights.automation;
    const row = { trackId, index, top, height, fullHeight };
    top += fullHeight;
    return row;
  });
  return { rows, height: top, byId: new Map(rows.map((row) => [row.trackId, row])) };
}

/** The row at a height, its lanes of automation included; undefined above the first and below the last. */
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
  return y < row.top + row.fullHeight / 2 ? row.index : row.index + 1;
}

/** The group whose head is there, but for its edges: those are gaps between rows. */
export function groupHeadAt(rows: Rows, y: number, isGroup: (trackId: Id) => boolean): Id | null {
  const row = rowAt(rows, y);
  if (!row || !isGroup(row.trackId)) return null;
  const edge = row.height / 4;
  return y > row.top + edge && y < row.top + row.height - edge ? row.trackId : null;
}

export const sameRows = (a: Rows, b: Rows): boolean =>
  a.rows.length === b.rows.length &&
  a.rows.every((row, index) => {
    const other = b.rows[index] as Row;
    return (
      row.trackId === other.trackId &&
      row.top === other.top &&
      row.height === other.height &&
      row.fullHeight === other.fullHeight
    );
  });
