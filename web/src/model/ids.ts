import type { Id } from './types';

/** Makes an id that is new in the project. */
export type MakeId = () => Id;

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const idLength = 16;

/** 16 random letters and digits: 95 bits. */
export const newId: MakeId = () => {
  let id = '';
  while (id.length < idLength) {
    for (const byte of crypto.getRandomValues(new Uint8Array(24))) {
      const place = byte & 63;
      if (place < alphabet.length && id.length < idLength) id += alphabet[place];
    }
  }
  return id;
};

/**
 * The same ids in the same order from each maker it hands out. A drag that makes clips previews one list of patches per
 * move of the hand; with these ids they are the same clips each time.
 */
export function repeatableIds(): () => MakeId {
  const ids: Id[] = [];
  return () => {
    let next = 0;
    return () => {
      const place = next++;
      ids[place] ??= newId();
      return ids[place];
    };
  };
}
