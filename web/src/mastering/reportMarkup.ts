const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it may stand between tags and in attributes. */
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);

export interface Row {
  readonly bad: boolean;
  readonly cells: readonly string[];
  /** A sentence below the row; empty without. */
  readonly note: string;
}

export function table(head: readonly string[], rows: readonly Row[]): string {
  const heads = head.map((name) => `<th scope="col">${escaped(name)}</th>`).join('');
  const body = rows.map(({ bad, cells, note }) => {
    const row = cells.map((cell) => `<td>${escaped(cell)}</td>`).join('');
    const below = note ? `<tr><td class="note" colspan="${head.length}">${escaped(note)}</td></tr>` : '';
    return `<tr${bad ? ' class="bad"' : ''}>${row}</tr>${below}`;
  });
  return `<table><thead><tr>${heads}</tr></thead><tbody>${body.join('')}</tbody></table>`;
}
