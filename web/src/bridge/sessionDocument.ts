import { type Accessor, batch, createSignal } from 'solid-js';
import { FullError, RoutingLoopError } from '../model/patchError';
import type { Project } from '../model/project';
import type { Patch, ProjectSnapshot } from '../model/types';
import type { StudioDocument } from './studioTypes';

/** The open project as signals; another project can be put in its place. */
export class SessionDocument implements StudioDocument {
  readonly project: Accessor<ProjectSnapshot>;
  readonly #setSnapshot: (snapshot: ProjectSnapshot) => void;
  readonly #undoLabel: Accessor<string | null>;
  readonly #redoLabel: Accessor<string | null>;
  readonly #setUndo: (label: string | null) => void;
  readonly #setRedo: (label: string | null) => void;
  readonly #refused: (sentence: string) => void;
  #project: Project;
  #unsubscribe: () => void = () => {};

  /** `refused` is told, in a sentence, of an edit that the document can't hold; the edit is not made. */
  constructor(project: Project, refused: (sentence: string) => void = () => {}) {
    this.#project = project;
    this.#refused = refused;
    const [snapshot, setSnapshot] = createSignal(project.snapshot());
    const [undoLabel, setUndo] = createSignal<string | null>(null);
    const [redoLabel, setRedo] = createSignal<string | null>(null);
    this.project = snapshot;
    this.#setSnapshot = setSnapshot;
    this.#undoLabel = undoLabel;
    this.#redoLabel = redoLabel;
    this.#setUndo = setUndo;
    this.#setRedo = setRedo;
    this.show(project);
  }

  /** The model object that is open now. */
  get current(): Project {
    return this.#project;
  }

  show(project: Project): void {
    this.#unsubscribe();
    this.#project = project;
    const follow = () =>
      batch(() => {
        this.#setSnapshot(project.snapshot());
        this.#setUndo(project.undoLabel);
        this.#setRedo(project.redoLabel);
      });
    this.#unsubscribe = project.subscribe(follow);
    follow();
  }

  commit(label: string, patches: readonly Patch[]): void {
    try {
      this.#project.commit(label, patches);
    } catch (error) {
      if (!(error instanceof RoutingLoopError || error instanceof FullError)) throw error;
      this.#project.preview(null);
      this.#refused(error.message);
    }
  }

  preview(patches: readonly Patch[] | null): void {
    this.#project.preview(patches);
  }

  undo(): void {
    this.#project.undo();
  }

  redo(): void {
    this.#project.redo();
  }

  get undoLabel(): string | null {
    return this.#undoLabel();
  }

  get redoLabel(): string | null {
    return this.#redoLabel();
  }
}
