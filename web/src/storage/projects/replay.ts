import * as Y from 'yjs';

export interface Replayed {
  readonly doc: Y.Doc;
  /** Parts of the log that could not be read, or build on such. */
  readonly damaged: readonly Uint8Array[];
}

/** Rebuilds a document from its log. What can't be read is left out; the rest is as good as it ever was. */
export function replay(updates: readonly Uint8Array[]): Replayed {
  const damaged: Uint8Array[] = [];
  let sound = updates.filter((update) => {
    if (isReadable(update)) return true;
    damaged.push(update);
    return false;
  });
  for (;;) {
    const doc = new Y.Doc();
    const failing = sound.find((update) => !applies(doc, update));
    if (!failing) return { doc, damaged: [...damaged, ...withoutWaiting(doc)] };
    // A failing update may have left half of itself in the document, so it is built anew.
    doc.destroy();
    damaged.push(failing);
    sound = sound.filter((update) => update !== failing);
  }
}

/** Takes out what waits for parts that will never come: it would keep later edits waiting too. */
function withoutWaiting({ store }: Y.Doc): Uint8Array[] {
  const waiting = [store.pendingStructs?.update, store.pendingDs].filter(
    (update) => update instanceof Uint8Array,
  );
  store.pendingStructs = null;
  store.pendingDs = null;
  return waiting;
}

function isReadable(update: Uint8Array): boolean {
  try {
    Y.decodeUpdate(update);
    return true;
  } catch {
    return false;
  }
}

function applies(doc: Y.Doc, update: Uint8Array): boolean {
  try {
    Y.applyUpdate(doc, update);
    return true;
  } catch {
    return false;
  }
}
