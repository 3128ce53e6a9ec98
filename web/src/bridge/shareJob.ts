import { createSignal } from 'solid-js';
import type { ProjectRecords } from '../model/records';
import type { ProjectSnapshot } from '../model/types';
import { fromBase64url, toBase64url } from '../share/encoding';
import { patiently } from '../share/fetchFile';
import { passwordRounds, randomBytes } from '../share/keys';
import { maxManifestBytes, piecesOf, sealManifest } from '../share/manifest';
import { type ManifestContent, manifestOf } from '../share/manifestOf';
import { ServerRefusal, type ShareServer } from '../share/shareServer';
import type { ShareRow, ShareStore } from '../storage/shares';
import { ShareClient, ShareFailed } from './shareClient';
import { ShareParts } from './shareParts';
import type { ShareJob, ShareProgress, ShareSettings, ShareState } from './sharingTypes';
import { isCancelled } from './tasks';

export interface JobOptions {
  readonly engineModule: Promise<WebAssembly.Module>;
  readonly origin: string;
  readonly server: ShareServer;
  readonly store: ShareStore;
  /** As it was when the person asked. */
  readonly snapshot: ProjectSnapshot;
  readonly records: ProjectRecords;
  readonly row: ShareRow;
  readonly settings: ShareSettings;
  /** The link has changed in the store. */
  onRow(row: ShareRow): void;
  onEnd(state: ShareState, row: ShareRow): void;
}

const saltBytes = 16;
const mostRounds = 4;
/** The first moments of an upload say nothing about the rest. */
const settledAfterS = 2;
const settledShare = 0.03;

/** Makes a link, or renews it. */
export function runShareJob(options: JobOptions): ShareJob {
  const [state, setState] = createSignal<ShareState>('preparing');
  const [progress, setProgress] = createSignal<ShareProgress>(nothing);
  const [waiting, setWaiting] = createSignal(false);
  const [error, setError] = createSignal<string | null>(null);
  const control = new AbortController();
  const run = new ShareRun(options, control.signal, {
    onProgress: setProgress,
    onWaiting: setWaiting,
    onState: setState,
  });

  run
    .toEnd()
    .then(
      () => setState('done'),
      (reason: unknown) => {
        if (isCancelled(reason)) return setState('cancelled');
        setError(sentenceFor(reason));
        setState('failed');
      },
    )
    .finally(() => {
      setWaiting(false);
      options.onEnd(state(), run.row);
    });

  return {
    shareId: options.row.id,
    settings: options.settings,
    state,
    progress,
    waiting,
    error,
    pause() {
      if (state() !== 'uploading') return;
      run.client?.pause();
      setState('paused');
    },
    resume() {
      if (state() !== 'paused') return;
      run.client?.resume();
      setState('uploading');
    },
    cancel() {
      control.abort(new DOMException('The sharing was cancelled.', 'AbortError'));
      run.client?.cancel();
    },
  };
}

const nothing: ShareProgress = { doing: '', fraction: 0, doneBytes: 0, totalBytes: 0, secondsLeft: null };

interface RunListener {
  onProgress(progress: ShareProgress): void;
  onWaiting(away: boolean): void;
  onState(state: ShareState): void;
}

class ShareRun {
  row: ShareRow;
  client: ShareClient | null = null;
  readonly #options: JobOptions;
  readonly #signal: AbortSignal;
  readonly #listener: RunListener;
  /** For the time that is left. */
  #sendingSince = 0;

  constructor(options: JobOptions, signal: AbortSignal, listener: RunListener) {
    this.row = options.row;
    this.#options = options;
    this.#signal = signal;
    this.#listener = listener;
  }

  async toEnd(): Promise<void> {
    const { engineModule, origin, store } = this.#options;
    const engine = await engineModule;
    const memory = await store.memory(this.row.projectId);
    const onWaiting = this.#listener.onWaiting;
    const parts = new ShareParts({
      ...this.#options,
      engine,
      memory,
      signal: this.#signal,
      onDoing: (doing, fraction) => this.#listener.onProgress({ ...nothing, doing, fraction }),
      onWaiting,
    });
    try {
      for (let round = 1; ; round++) {
        this.client?.dispose();
        this.client = new ShareClient(
          { origin, engine, projectSecret: memory.secret },
          {
            onPreviewing: (fraction) =>
              this.#listener.onProgress({ ...nothing, doing: 'Making the preview', fraction }),
            onSending: (doneBytes, totalBytes) => this.#onSending(doneBytes, totalBytes),
            onPacked: (key, packed) => parts.packed(key, packed),
            onWaiting,
          },
        );
        this.#signal.throwIfAborted();
        try {
          return await this.#once(parts, this.client);
        } catch (error) {
          // Something that was there has gone since it was asked for: it is sent again.
          const lacks = error instanceof ServerRefusal && error.code === 'missing-pieces';
          if (!lacks || round === mostRounds) throw error;
          parts.distrust(error.missing);
        }
      }
    } finally {
      this.client?.dispose();
      await parts.tidy();
    }
  }

  async #once(parts: ShareParts, client: ShareClient): Promise<void> {
    const mix = await parts.mix(client);
    if (this.row.revision === 0 && this.#options.settings.right !== 'listen') {
      // The mix can be heard while the rest comes in behind.
      await this.#publish({ mix, document: null }, false);
    }
    const document = await parts.document(client);
    await this.#publish({ mix, document }, true);
  }

  async #publish(content: Pick<ManifestContent, 'document' | 'mix'>, complete: boolean): Promise<void> {
    const { server, settings, snapshot } = this.#options;
    const memory = await this.#options.store.memory(this.row.projectId);
    const { key, id, token } = this.row;
    const salt = randomBytes(saltBytes);
    const password = settings.password ? { text: settings.password, salt, iterations: passwordRounds } : null;
    for (let tries = 1; ; tries++) {
      const revision = this.row.revision + 1;
      const now = Date.now();
      const head = { right: settings.right, revision, sharedAt: now, project: snapshot };
      const manifest = await manifestOf({ ...head, ...content }, memory.secret);
      const linkKey = fromBase64url(key) ?? new Uint8Array(0);
      const sealed = await sealManifest(manifest, { linkKey, shareId: id, password });
      if (sealed.length > maxManifestBytes) throw new Error('The project is too large to be shared.');
      const publication = {
        manifest: sealed,
        pieces: piecesOf(manifest),
        password: password && { salt: toBase64url(salt), iterations: passwordRounds },
        expiresAt: settings.expiresAt,
        revision,
      };
      try {
        await patiently(() => server.publish(id, token, publication, this.#signal), {
          signal: this.#signal,
          onWaiting: (ms) => this.#listener.onWaiting(ms !== null),
        });
        const { right, what, expiresAt } = settings;
        await this.#keep({
          ...this.row,
          right,
          what,
          password: settings.password,
          expiresAt,
          title: snapshot.name,
          revision,
          updatedAt: now,
          complete: complete || this.row.complete,
        });
        return;
      } catch (error) {
        if (!(error instanceof ServerRefusal)) throw error;
        if (error.code === 'revoked' || error.code === 'expired') {
          await this.#keep({ ...this.row, ended: error.code });
          throw error;
        }
        // Another tab has shared it meanwhile, or the answer to our own request was lost.
        if (error.code !== 'older' || tries === mostRounds) throw error;
        const record = await patiently(() => server.record(id, this.#signal), { signal: this.#signal });
        this.row = { ...this.row, revision: record.revision };
      }
    }
  }

  async #keep(row: ShareRow): Promise<void> {
    this.row = row;
    await this.#options.store.put(row);
    this.#options.onRow(row);
  }

  #onSending(doneBytes: number, totalBytes: number): void {
    const now = performance.now();
    if (doneBytes === 0) this.#sendingSince = now;
    this.#listener.onState('uploading');
    const elapsed = (now - this.#sendingSince) / 1000;
    const told = elapsed > settledAfterS && doneBytes > settledShare * totalBytes;
    const left = told ? ((totalBytes - doneBytes) * elapsed) / doneBytes : null;
    this.#listener.onProgress({
      doing: 'Uploading',
      fraction: totalBytes > 0 ? Math.min(1, doneBytes / totalBytes) : 1,
      doneBytes,
      totalBytes,
      secondsLeft: left,
    });
  }
}

const sentences: Readonly<Record<string, string>> = {
  full: 'The server has no more room. What was uploaded so far is kept for a day: try again later.',
  'slow-down':
    'The server takes no more from this address for now. What was uploaded so far is kept for a day: carry on later.',
  'too-large': 'The project is larger than this server takes.',
  'not-yours': 'The server does not know this browser as the owner of the link. Make a new link.',
  revoked: 'This link was taken back, here or in another window. Make a new one.',
  expired: 'This link has expired. Make a new one.',
  unknown: 'The server does not know this link any more. Make a new one.',
};

/** What went wrong, for the person who shares. */
export function sentenceFor(error: unknown): string {
  const code = error instanceof ServerRefusal || error instanceof ShareFailed ? error.code : null;
  const known = code === null ? undefined : sentences[code];
  return known ?? (error instanceof Error ? error.message : String(error));
}
