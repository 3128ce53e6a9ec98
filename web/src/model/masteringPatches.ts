import { given } from './channelPatches';
import { cleanName, normaliseMastering } from './normalise';
import { cleanPreset } from './normaliseChannel';
import { requireNew } from './patchChecks';
import { PatchError } from './patchError';
import { idSchema } from './records';
import {
  type Mastering,
  masterDithers,
  masterWords,
  type Patch,
  type ProjectSnapshot,
  type Reference,
} from './types';

export type MasteringPatch = Extract<Patch, { op: 'mastering.set' | `reference.${string}` }>;

/** The mastering after the patch. Throws a PatchError for an id that is taken or misspelt and for a source that is not there. */
export function applyMasteringPatch(
  { mastering, sources }: ProjectSnapshot,
  patch: MasteringPatch,
): Mastering {
  const { references } = mastering;
  switch (patch.op) {
    case 'mastering.set': {
      const wanted = { ...mastering, ...given(patch.fields) };
      const { targetId, preset, word, dither } = wanted;
      return normaliseMastering({
        ...wanted,
        targetId: idSchema.safeParse(targetId).success ? targetId : mastering.targetId,
        preset: cleanPreset(preset),
        word: masterWords.includes(word) ? word : mastering.word,
        dither: masterDithers.includes(dither) ? dither : mastering.dither,
      });
    }
    case 'reference.add': {
      const { id, sourceId, name } = patch.reference;
      requireNew(id, (taken) => references.some((other) => other.id === taken));
      if (!Object.hasOwn(sources, sourceId)) {
        throw new PatchError(`Reference “${name}” plays a source that the project does not have.`);
      }
      const added = named({ id, sourceId, name });
      return { ...mastering, references: references.toSpliced(Math.max(0, patch.index), 0, added) };
    }
    case 'reference.remove':
      return { ...mastering, references: references.filter(({ id }) => id !== patch.referenceId) };
    case 'reference.set':
      return {
        ...mastering,
        references: references.map((reference) =>
          reference.id === patch.referenceId ? named({ ...reference, ...given(patch.fields) }) : reference,
        ),
      };
  }
}

const named = ({ id, sourceId, name }: Reference): Reference => ({
  id,
  sourceId,
  name: cleanName(name, 'Reference'),
});
