import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { applyPatches } from '../../../web/src/model/applyPatches';
import { Project } from '../../../web/src/model/project';
import { snapshotOf } from '../../../web/src/model/snapshotBuilder';
import { aFurnishedProject, type Dice, diceArbitrary, patchFromDice, scriptArbitrary } from './fixtures';
import { expectSame, expectSound } from './invariants';

const edit = (project: Project, dice: Dice, name: string): void =>
  project.commit(`Edit ${name}`, patchFromDice(project.snapshot(), dice, name));

test('a commit gives what its patches give, and reading from scratch gives the same', () => {
  fc.assert(
    fc.property(scriptArbitrary, (edits) => {
      const project = aFurnishedProject();
      edits.forEach((dice, step) => {
        const patches = patchFromDice(project.snapshot(), dice, `e${step}`);
        const expected = applyPatches(project.snapshot(), patches);
        project.commit('Edit', patches);
        expectSame(project.snapshot(), expected);
        expectSound(project.snapshot());
      });
      expectSame(snapshotOf(project.records()), project.snapshot());
      const reread = new Y.Doc();
      Y.applyUpdate(reread, Y.encodeStateAsUpdate(project.doc));
      expectSame(new Project(reread).snapshot(), project.snapshot());
    }),
  );
});

test('undoing everything returns to each earlier snapshot, redoing to each later one', () => {
  fc.assert(
    fc.property(scriptArbitrary, (edits) => {
      const project = aFurnishedProject();
      const history = [project.snapshot()];
      edits.forEach((dice, step) => {
        edit(project, dice, `e${step}`);
        if (project.snapshot() !== history.at(-1)) history.push(project.snapshot());
      });
      for (const earlier of history.slice(0, -1).reverse()) {
        project.undo();
        expectSame(project.snapshot(), earlier);
      }
      expect(project.undoLabel).toBeNull();
      for (const later of history.slice(1)) {
        project.redo();
        expectSame(project.snapshot(), later);
      }
      expect(project.redoLabel).toBeNull();
    }),
  );
});

test('undo and redo at random places leave no trace', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(diceArbitrary, fc.nat(3)), { minLength: 5, maxLength: 30, size: 'max' }),
      (steps) => {
        const project = aFurnishedProject();
        steps.forEach(([dice, back], step) => {
          edit(project, dice, `e${step}`);
          const now = project.snapshot();
          let undone = 0;
          while (undone < back && project.undoLabel !== null) {
            project.undo();
            undone++;
          }
          while (undone-- > 0) project.redo();
          expectSame(project.snapshot(), now);
          expectSame(snapshotOf(project.records()), now);
        });
      },
    ),
  );
});

test('two replicas that exchange their updates in any order end alike and sound', () => {
  const step = fc.record({
    dice: diceArbitrary,
    left: fc.boolean(),
    action: fc.constantFrom('edit', 'edit', 'edit', 'undo', 'redo', 'sync'),
  });
  fc.assert(
    fc.property(fc.noBias(fc.array(step, { minLength: 5, maxLength: 40, size: 'max' })), (steps) => {
      const left = aFurnishedProject();
      const rightDoc = new Y.Doc();
      Y.applyUpdate(rightDoc, Y.encodeStateAsUpdate(left.doc));
      left.doc.clientID = 1;
      rightDoc.clientID = 2;
      const right = new Project(rightDoc);
      const send = (from: Project, to: Project): void =>
        Y.applyUpdate(to.doc, Y.encodeStateAsUpdate(from.doc, Y.encodeStateVector(to.doc)));
      steps.forEach(({ dice, left: isLeft, action }, place) => {
        const project = isLeft ? left : right;
        if (action === 'edit') edit(project, dice, `${isLeft ? 'l' : 'r'}${place}`);
        else if (action === 'undo') project.undo();
        else if (action === 'redo') project.redo();
        else send(project, isLeft ? right : left);
        expectSound(project.snapshot());
        expectSame(snapshotOf(project.records()), project.snapshot());
      });
      send(left, right);
      send(right, left);
      expectSame(right.snapshot(), left.snapshot());
      expectSound(left.snapshot());
      expectSame(snapshotOf(left.records()), left.snapshot());
    }),
  );
});

test('a preview shows what the commit will give, and leaves the document alone', () => {
  fc.assert(
    fc.property(scriptArbitrary, diceArbitrary, (edits, last) => {
      const project = aFurnishedProject();
      edits.forEach((dice, step) => {
        edit(project, dice, `e${step}`);
      });
      const before = project.snapshot();
      const state = Y.encodeStateAsUpdate(project.doc);
      const patches = patchFromDice(before, last, 'last');
      project.preview(patches);
      const previewed = project.snapshot();
      expect(Y.encodeStateAsUpdate(project.doc)).toEqual(state);
      project.preview(null);
      expect(project.snapshot()).toBe(before);
      project.preview(patches);
      project.commit('Last', patches);
      expectSame(project.snapshot(), previewed);
    }),
  );
});
