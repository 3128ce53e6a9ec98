import { type Accessor, createSignal, untrack } from 'solid-js';
import { engineVersion } from '../generated/engineLayout';
import { Project } from '../model/project';
import type { ProjectRecords } from '../model/records';
import type { Id } from '../model/types';
import type { OpenProject } from '../storage/projects/openProject';
import type { OpenResult, ProjectStore } from '../storage/projects/projectStore';
import type { StudioMessages } from './messageTypes';
import { SessionDocument } from './sessionDocument';

const lastKey = 'mixwell.project';
const firstName = 'Untitled';

type SaveState = 'saved' | 'saving' | 'failed';

/** Which project is open; opens, and leaves, others. */
export class ProjectSwitch {
  readonly document: SessionDocument;
  readonly current: Accessor<Id>;
  readonly saveState: Accessor<SaveState>;
  readonly #store: ProjectStore | null;
  readonly #messages: StudioMessages;
  readonly #setCurrent: (id: Id) => void;
  readonly #setSaveState: (state: SaveState) => void;
  #open: OpenProject | null = null;
  #stopFollowing: () => void = () => {};
  #failureTold = false;
  /** Called when another project stands in the place of the one before. */
  onSwitched: () => void = () => {};

  /** `store` is null where the browser keeps nothing: then there is one project, and it is gone with the page. */
  constructor(store: ProjectStore | null, messages: StudioMessages) {
    this.#store = store;
    this.#messages = messages;
    const blank = Project.create({ name: firstName, engineVersion });
    this.document = new SessionDocument(blank, (sentence) => messages.say(sentence, 'alert'));
    const [current, setCurrent] = createSignal<Id>(blank.snapshot().id);
    const [saveState, setSaveState] = createSignal<SaveState>(store ? 'saved' : 'failed');
    this.current = current;
    this.#setCurrent = setCurrent;
    this.saveState = saveState;
    this.#setSaveState = setSaveState;
  }

  /** The project of last time, else the newest that can be opened, else a new one. */
  async openLast(): Promise<void> {
    if (!this.#store) return;
    const ids = (await this.#store.list()).map(({ id }) => id);
    const last = readLast();
    const candidates = last !== null && ids.includes(last) ? [last] : ids.slice(0, 1);
    for (const id of candidates) if (await this.open(id)) return;
    await this.create();
  }

  /** True when it is open now; else a message says why not. */
  async open(id: Id, takeOver = false): Promise<boolean> {
    if (!this.#store) return false;
    if (this.#open?.id === id && !this.#open.isTaken) return true;
    const result = await this.#store.open(id, { takeOver });
    if (result.state !== 'open') {
      this.#sayWhyNot(id, result);
      return false;
    }
    if (!(await this.#leave())) {
      await result.close();
      return false;
    }
    this.#show(result);
    return true;
  }

  async create(name = firstName): Promise<void> {
    if (!this.#store) throw new Error('This browser keeps no projects.');
    await this.open(await this.#store.create({ name: await this.#freeName(name), engineVersion }));
  }

  /** Opens a new project with this content. */
  async createFrom(records: ProjectRecords, name: string): Promise<void> {
    if (!this.#store) throw new Error('This browser keeps no projects.');
    await this.open(await this.#store.createFrom(records, await this.#freeName(name)));
  }

  async remove(id: Id): Promise<void> {
    if (!this.#store) return;
    const wasOpen = this.#open?.id === id;
    if (wasOpen) {
      this.#stopFollowing();
      this.#open = null;
    }
    await this.#store.remove(id);
    if (wasOpen) await this.openLast();
  }

  /** Whether leaving the page would lose edits. Those just being saved are not lost. */
  unsaved(): boolean {
    return this.#store !== null && this.#open !== null && untrack(this.saveState) === 'failed';
  }

  /** Resolves when all edits are saved. */
  async flush(): Promise<void> {
    await this.#open?.flush();
  }

  #show(opened: OpenProject): void {
    this.#open = opened;
    this.#failureTold = false;
    const stopSave = opened.onSaveState((state) => this.#saved(state));
    const stopTaken = opened.onTaken(() => this.#taken(opened.id));
    this.#stopFollowing = () => {
      stopSave();
      stopTaken();
    };
    this.#saved(opened.saveState);
    keepLast(opened.id);
    this.document.show(opened.project);
    this.#setCurrent(opened.id);
    if (opened.recovery) this.#messages.say(opened.recovery.message, 'alert');
    this.onSwitched();
  }

  /** False where its edits can't be saved and it stays open. */
  async #leave(): Promise<boolean> {
    const left = this.#open;
    if (!left) return true;
    const { tracks } = left.project.committed();
    const blank = tracks.length === 0 && left.project.undoLabel === null && left.project.redoLabel === null;
    if (!(await left.close())) {
      this.#messages.say('The open project can’t be saved, so it was not closed.', 'alert', {
        label: 'Close it all the same',
        run: () => void left.close(true),
      });
      return false;
    }
    this.#stopFollowing();
    this.#open = null;
    if (blank && !left.isTaken) await this.#store?.purge(left.id).catch(() => {});
    return true;
  }

  #saved(state: OpenProject['saveState']): void {
    this.#setSaveState(state.state);
    if (state.state === 'failed' && !this.#failureTold) this.#messages.say(state.reason, 'alert');
    this.#failureTold = state.state === 'failed';
  }

  #taken(id: Id): void {
    this.#messages.say(
      'This project is being edited in another tab now. Here it can be heard, not changed.',
      'alert',
      {
        label: 'Edit it here',
        run: () => void this.open(id, true),
      },
    );
  }

  #sayWhyNot(id: Id, result: Exclude<OpenResult, OpenProject>): void {
    if (result.state === 'elsewhere') {
      this.#messages.say('That project is open in another tab.', 'alert', {
        label: 'Open it here',
        run: () => void this.open(id, true),
      });
    } else if (result.state === 'missing') {
      this.#messages.say('That project is not there any more.', 'alert');
    } else {
      this.#messages.say(result.reason, 'alert');
    }
  }

  async #freeName(name: string): Promise<string> {
    const taken = new Set((await this.#store?.list())?.map((project) => project.name));
    const blank = this.#open?.project.committed();
    if (blank && blank.tracks.length === 0) taken.delete(blank.name);
    if (!taken.has(name)) return name;
    let number = 2;
    while (taken.has(`${name} ${number}`)) number++;
    return `${name} ${number}`;
  }
}

function readLast(): string | null {
  try {
    return localStorage.getItem(lastKey);
  } catch {
    return null;
  }
}

function keepLast(id: Id): void {
  try {
    localStorage.setItem(lastKey, id);
  } catch {
    // Then the newest project is opened next time.
  }
}
