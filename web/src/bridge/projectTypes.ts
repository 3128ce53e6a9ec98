import type { Accessor } from 'solid-js';
import type { Id } from '../model/types';

export interface ImportJob {
  readonly id: Id;
  readonly name: string;
  /** 0 to 1; null while waiting. */
  readonly fraction: number | null;
}

export interface ImportPlace {
  /** Clips go to this track; without it, each file becomes a track. */
  readonly trackId?: Id;
  readonly frame: number;
}

export interface StudioFiles {
  /** Takes audio files and .mixwell files; what could not be taken becomes a message. Resolves when all are in. */
  importFiles(files: readonly File[], at?: ImportPlace): Promise<void>;
  readonly imports: Accessor<readonly ImportJob[]>;
  cancelImport(id: Id | 'all'): void;
}

export interface ProjectInfo {
  readonly id: Id;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly changedAt: number;
  readonly trackCount: number;
  readonly lengthSeconds: number;
  readonly sampleRateHz: number;
}

/** Work that takes a while and has nowhere else to show it: saving, opening, building the demo song. */
export interface LongTask {
  readonly id: Id;
  readonly label: string;
  readonly fraction: number | null;
  cancel(): void;
}

export interface StudioProjects {
  list(): Promise<readonly ProjectInfo[]>;
  open(id: Id): Promise<void>;
  create(name?: string): Promise<void>;
  duplicate(id: Id): Promise<void>;
  rename(id: Id, name: string): Promise<void>;
  remove(id: Id): Promise<void>;
  /** Saves the open project as NAME.mixwell, to a chosen file or as a download. */
  saveFile(): Promise<void>;
  openFile(file: File): Promise<void>;
  openDemo(): Promise<void>;
  /**
   * Makes a project of one's own from a link, which the fragment of the studio's address names. `askPassword` gives null where the person
   * gave it up.
   */
  openShared(fragment: string, askPassword: (wrong: boolean) => Promise<string | null>): Promise<void>;
  readonly current: Accessor<Id>;
  readonly saveState: Accessor<'saved' | 'saving' | 'failed'>;
  readonly tasks: Accessor<readonly LongTask[]>;
}
