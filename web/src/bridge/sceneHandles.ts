import { Handles } from './handles';

/** The numbers by which one engine knows what the document knows by id. Handles are given once and never used again. */
export class SceneHandles {
  readonly tracks = new Handles();
  readonly inserts = new Handles();
  readonly sources: Handles;

  constructor(sources = new Handles()) {
    this.sources = sources;
  }
}
