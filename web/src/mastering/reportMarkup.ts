/** A piece of a page: what is made of it, text or nodes, can hold no markup but its own. */
export interface Markup {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly children: readonly (Markup | string)[];
}

type Content = Markup | string | null | readonly (Markup | string | null)[];

/** Classes get a prefix, so that a report can lie in any page. */
export function el(tag: string, given: Markup['attributes'] = {}, ...children: Content[]): Markup {
  const all = children.flat() as (Markup | string | null)[];
  const kinds = `${given.class ?? ''}`.split(' ').filter((kind) => kind !== '');
  const attributes =
    kinds.length > 0 ? { ...given, class: kinds.map((kind) => `report-${kind}`).join(' ') } : given;
  return { tag, attributes, children: all.filter((child) => child !== null) };
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it may stand between tags and in attributes. */
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);

export function toHtml(node: Markup | string): string {
  if (typeof node === 'string') return escaped(node);
  const attributes = Object.entries(node.attributes).map(
    ([name, value]) => ` ${name}="${escaped(`${value}`)}"`,
  );
  return `<${node.tag}${attributes.join('')}>${node.children.map(toHtml).join('')}</${node.tag}>`;
}

export interface Row {
  readonly bad?: boolean;
  readonly cells: readonly Content[];
  /** A sentence below the row. */
  readonly note?: string;
}

export function table(head: readonly string[], rows: readonly Row[], kind = ''): Markup {
  return el(
    'table',
    kind === '' ? {} : { class: kind },
    el('thead', {}, el('tr', {}, ...head.map((name) => el('th', { scope: 'col' }, name)))),
    el(
      'tbody',
      {},
      ...rows.flatMap(({ bad, cells, note }) => [
        el('tr', bad ? { class: 'bad' } : {}, ...cells.map((cell) => el('td', {}, cell))),
        ...(note ? [el('tr', {}, el('td', { class: 'note', colspan: head.length }, note))] : []),
      ]),
    ),
  );
}
