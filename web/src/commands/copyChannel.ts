import type { MakeId } from '../model/ids';
import type { Id, Insert, Lane, Send } from '../model/types';

interface Parts {
  readonly sends: readonly Send[];
  readonly inserts: readonly Insert[];
  readonly lanes: readonly Lane[];
}

/** What a strip carries with ids of its own; lanes follow the copies of what they move, sends and keys `trackOf`. */
export function copyChannel(
  { sends, inserts, lanes }: Parts,
  makeId: MakeId,
  trackOf: (id: Id) => Id = (id) => id,
): Parts {
  const copies = new Map<Id, Id>();
  const copied = <T extends { readonly id: Id }>(item: T): T => {
    const id = makeId();
    copies.set(item.id, id);
    return { ...item, id };
  };
  return {
    sends: sends.map((send) => copied({ ...send, toId: trackOf(send.toId) })),
    inserts: inserts.map((insert) =>
      copied({ ...insert, keyId: insert.keyId === null ? null : trackOf(insert.keyId) }),
    ),
    lanes: lanes.map((lane) => ({
      ...lane,
      id: makeId(),
      targetId: lane.targetId === null ? null : (copies.get(lane.targetId) ?? null),
    })),
  };
}
