import { CommandWriter } from '../engine/encodeCommands';
import type { EngineScene } from './compile';
import { diffScenes, SceneHandles } from './diffScenes';
import { Handles } from './handles';

/** Where the sources that an engine knows are opened for it. */
export interface SourceOpener {
  open(
    handle: number,
    source: { id: string; ext: string; projectRateHz: number; channels: 1 | 2; frames: number },
  ): void;
  close(handle: number): void;
}

/** Source handles stay unique in the page: a late page of an engine that is gone must not be taken for another's. */
const sourceHandles = new Handles();

/** Keeps one engine in step with the document: turns each new scene into the commands that are missing. */
export class SceneFeed {
  readonly #handles = new SceneHandles(sourceHandles);
  readonly #out = new CommandWriter();
  readonly #open = new Map<string, number>();
  readonly #opener: SourceOpener;
  #scene: EngineScene | null = null;

  constructor(opener: SourceOpener) {
    this.#opener = opener;
  }

  /** The commands from the scene before to this one; null when there is nothing to do. */
  advance(scene: EngineScene): Float64Array<ArrayBuffer> | null {
    if (scene === this.#scene) return null;
    diffScenes(this.#scene, scene, this.#handles, this.#out);
    this.#scene = scene;
    this.#openSources(scene);
    return this.#out.empty ? null : this.#out.take();
  }

  /** The sound of a source is another than it was (there now, where it was missing): the engine is to ask for it anew. */
  renew(sourceId: string): Float64Array<ArrayBuffer> | null {
    const scene = this.#scene;
    const source = scene?.sources.get(sourceId);
    if (!scene || !source) return null;
    const sources = new Map(scene.sources).set(sourceId, { ...source, frames: -1 });
    const anew = <T extends object>(tracks: readonly T[]): T[] => tracks.map((track) => ({ ...track }));
    const mastering = { ...scene.mastering, references: anew(scene.mastering.references) };
    this.#scene = { ...scene, sources, tracks: anew(scene.tracks), mastering };
    return this.advance(scene);
  }

  trackHandle(trackId: string): number | undefined {
    return this.#handles.tracks.get(trackId);
  }

  insertHandle(insertId: string): number | undefined {
    return this.#handles.inserts.get(insertId);
  }

  /** The engine is gone. */
  end(): void {
    for (const handle of this.#open.values()) this.#opener.close(handle);
    for (const id of this.#open.keys()) this.#handles.sources.release(id);
    this.#open.clear();
  }

  #openSources(scene: EngineScene): void {
    for (const [id, handle] of this.#open) {
      if (this.#handles.sources.get(id) === handle) continue;
      this.#opener.close(handle);
      this.#open.delete(id);
    }
    for (const { id, ext, channels, frames } of scene.sources.values()) {
      if (this.#open.has(id)) continue;
      const handle = this.#handles.sources.of(id);
      this.#open.set(id, handle);
      this.#opener.open(handle, { id, ext, projectRateHz: scene.sampleRateHz, channels, frames });
    }
  }
}
