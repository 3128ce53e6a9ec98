import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Bytes } from '../share/encoding';
import { keyBytes, randomBytes } from '../share/keys';
import type { Right } from '../share/manifest';
import type { Packed } from '../share/upload';

export type MixKind = 'mix' | 'master';

/** A link of one's own: everything that is needed to change it, or to take it back. */
export interface ShareRow {
  readonly id: string;
  /** base64url, 32 bytes each. */
  readonly key: string;
  readonly token: string;
  readonly projectId: string;
  /** The project's name when it was shared last. */
  readonly title: string;
  readonly right: Right;
  readonly what: MixKind;
  /** Kept, so that the link can be updated: the project lies beside it in the clear. */
  readonly password: string | null;
  /** Milliseconds since 1970. */
  readonly expiresAt: number | null;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** 0 until the server has it. */
  readonly revision: number;
  /** All that its right needs is on the server; false while it is being uploaded. */
  readonly complete: boolean;
  /** It is no more, here or elsewhere. */
  readonly ended: 'revoked' | 'expired' | null;
}

/** A mix that was rendered: it need not be again, as long as the project is the same. */
export interface KnownMix {
  readonly frames: number;
  readonly pcmSha256: string;
  readonly integratedLufs: number | null;
  readonly waveform: string;
  readonly mimeType: 'audio/webm; codecs="opus"' | 'audio/flac';
  readonly preview: Packed;
}

/** A track that goes to the master, as it was rendered. */
export interface StemFacts {
  readonly trackId: string;
  readonly bits: '24' | '32f';
  readonly frames: number;
  /** As the flattened document names it. */
  readonly sourceId: string;
}

/** What is remembered of a project's earlier uploads. */
export interface ProjectMemory {
  readonly projectId: string;
  /** Of all keys of the project's files. Never leaves this browser. */
  readonly secret: Bytes;
  readonly files: Readonly<Record<string, Packed>>;
  readonly mixes: Readonly<Record<string, KnownMix>>;
  readonly stems: Readonly<Record<string, readonly StemFacts[]>>;
}

interface Schema extends DBSchema {
  shares: { key: string; value: ShareRow };
  projects: { key: string; value: ProjectMemory };
}

/** One's own links, in IndexedDB. */
export class ShareStore {
  readonly #db: IDBPDatabase<Schema>;

  private constructor(db: IDBPDatabase<Schema>) {
    this.#db = db;
  }

  static async open(name = 'mixwell-shares'): Promise<ShareStore> {
    const db = await openDB<Schema>(name, 1, {
      upgrade(created) {
        created.createObjectStore('shares', { keyPath: 'id' });
        created.createObjectStore('projects', { keyPath: 'projectId' });
      },
      blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
    });
    return new ShareStore(db);
  }

  /** Newest first. */
  async list(): Promise<ShareRow[]> {
    return (await this.#db.getAll('shares')).sort((a, b) => b.createdAt - a.createdAt);
  }

  async put(row: ShareRow): Promise<void> {
    await this.#db.put('shares', row);
  }

  async forget(id: string): Promise<void> {
    await this.#db.delete('shares', id);
  }

  /** A project that was never shared gets its secret now. */
  async memory(projectId: string): Promise<ProjectMemory> {
    const change = this.#db.transaction('projects', 'readwrite');
    let memory = await change.store.get(projectId);
    if (!memory) {
      memory = { projectId, secret: randomBytes(keyBytes), files: {}, mixes: {}, stems: {} };
      await change.store.put(memory);
    }
    await change.done;
    return memory;
  }

  async rememberFile(projectId: string, key: string, packed: Packed): Promise<void> {
    await this.#changeMemory(projectId, (memory) => ({
      ...memory,
      files: { ...memory.files, [key]: packed },
    }));
  }

  async rememberMix(projectId: string, key: string, mix: KnownMix): Promise<void> {
    await this.#changeMemory(projectId, (memory) => ({
      ...memory,
      mixes: withNewest(memory.mixes, key, mix),
    }));
  }

  async rememberStems(projectId: string, key: string, stems: readonly StemFacts[]): Promise<void> {
    await this.#changeMemory(projectId, (memory) => ({
      ...memory,
      stems: withNewest(memory.stems, key, stems),
    }));
  }

  async #changeMemory(projectId: string, change: (memory: ProjectMemory) => ProjectMemory): Promise<void> {
    const transaction = this.#db.transaction('projects', 'readwrite');
    const memory = await transaction.store.get(projectId);
    if (memory) await transaction.store.put(change(memory));
    await transaction.done;
  }

  close(): void {
    this.#db.close();
  }
}

const rendersKept = 4;

function withNewest<T>(known: Readonly<Record<string, T>>, key: string, newest: T): Record<string, T> {
  const others = Object.entries(known).filter(([other]) => other !== key);
  return Object.fromEntries([...others.slice(1 - rendersKept), [key, newest]]);
}
