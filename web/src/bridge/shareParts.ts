import { engineVersion } from '../generated/engineLayout';
import { listOfNames, projectJsonText, recordsToSave } from '../interchange/projectFileFormat';
import type { ProjectRecords } from '../model/records';
import type { AudioSource, ProjectSnapshot } from '../model/types';
import { chunksPerPiece } from '../share/chunks';
import { patiently } from '../share/fetchFile';
import type { ManifestContent, MixFacts, PackedSource } from '../share/manifestOf';
import type { ShareServer } from '../share/shareServer';
import type { Packed } from '../share/upload';
import { type DownloadFolder, holdDownloads } from '../storage/downloads';
import { openPool } from '../storage/pool';
import type { KnownMix, ProjectMemory, ShareStore, StemFacts } from '../storage/shares';
import type { Parcel } from '../workers/share/protocol';
import type { ShareClient } from './shareClient';
import { mixKey, mixRequest, renderMix } from './shareMix';
import { renderStems, stemsRecords, stemsRequest } from './shareStems';
import type { ShareSettings } from './sharingTypes';

export interface PartsOptions {
  readonly engine: WebAssembly.Module;
  readonly snapshot: ProjectSnapshot;
  readonly records: ProjectRecords;
  readonly settings: ShareSettings;
  readonly server: Pick<ShareServer, 'missing'>;
  readonly store: ShareStore;
  readonly memory: ProjectMemory;
  readonly signal: AbortSignal;
  onDoing(doing: string, fraction: number): void;
  onWaiting(away: boolean): void;
}

type SharedDocument = ManifestContent['document'];

/** A source of the document that is shared, before it has travelled. */
interface Source {
  readonly id: string;
  readonly name: string;
  readonly parcel: Parcel;
}

/** Makes what a link holds, and brings it to the server. What has been made once is remembered. */
export class ShareParts {
  readonly #options: PartsOptions;
  readonly #packed = new Map<string, Packed>();
  readonly #folders: DownloadFolder[] = [];
  #mixes: ProjectMemory['mixes'];
  #stemsOf: ProjectMemory['stems'];

  constructor(options: PartsOptions) {
    this.#options = options;
    this.#mixes = options.memory.mixes;
    this.#stemsOf = options.memory.stems;
    for (const [key, packed] of Object.entries(options.memory.files)) this.#packed.set(key, packed);
  }

  /** A parcel was encoded and encrypted. */
  packed(key: string, packed: Packed): void {
    this.#packed.set(key, packed);
    if (isTransient(key)) return;
    void this.#options.store.rememberFile(this.#options.memory.projectId, key, packed);
  }

  /** The server lacks these, whatever was remembered. */
  distrust(pieces: readonly string[]): void {
    const lost = new Set(pieces);
    const whole = ({ preview }: KnownMix) => !preview.file.pieces.some(({ id }) => lost.has(id));
    this.#stemsOf = {};
    this.#mixes = Object.fromEntries(Object.entries(this.#mixes).filter(([, mix]) => whole(mix)));
  }

  /** The rendered mix with its preview on the server. */
  async mix(client: ShareClient): Promise<MixFacts> {
    const { engine, snapshot, settings, signal, onDoing, store, memory } = this.#options;
    const { what } = settings;
    const request = mixRequest(engine, snapshot, what);
    if (request.frames === 0) throw new Error('There is nothing to share yet: the project has no sound.');
    const key = await mixKey(request);
    const known = this.#mixes[key];
    if (known && (await this.#areThere([known.preview]))) return { what, ...known };
    await holdDownloads();
    const doing = what === 'master' ? 'Rendering the master' : 'Rendering the mix';
    const { file, frames, pcmSha256 } = await renderMix(request, signal, (done) => onDoing(doing, done));
    const { file: blob, ...facts } = await client.preview(file);
    const parcel = {
      ...parcelOf('preview', blob, 'webm'),
      chunksPerPiece: chunksPerPiece.early,
      known: null,
    };
    await client.deliver([parcel]);
    const mix = { ...facts, frames, pcmSha256, preview: this.#packedOf('preview') };
    await store.rememberMix(memory.projectId, key, mix);
    this.#mixes = { ...this.#mixes, [key]: mix };
    return { what, ...mix };
  }

  /** The document with all its sound on the server; null where the right is to listen only. */
  async document(client: ShareClient): Promise<SharedDocument> {
    const { right } = this.#options.settings;
    if (right === 'listen') return null;
    const { records, sources } = right === 'edit' ? await this.#project() : await this.#stems();
    const text = projectJsonText(records, engineVersion);
    const json = {
      ...parcelOf('project', new Blob([text]), 'json'),
      chunksPerPiece: chunksPerPiece.early,
      known: null,
    };
    const parcels = new Map([json, ...sources.map(({ parcel }) => parcel)].map((one) => [one.key, one]));
    await client.deliver([...parcels.values()].filter(({ blob }) => blob.size > 0));
    return {
      packed: this.#packedOf('project'),
      sources: sources.map(
        ({ id, name, parcel }): PackedSource => ({ id, name, packed: this.#packedOf(parcel.key) }),
      ),
    };
  }

  /** Takes away what was rendered on the way. */
  async tidy(): Promise<void> {
    await Promise.allSettled(this.#folders.splice(0).map((folder) => folder.remove()));
  }

  async #project(): Promise<{ records: ProjectRecords; sources: Source[] }> {
    const { records, sources } = recordsToSave(this.#options.records);
    return { records, sources: await this.#originals(sources) };
  }

  async #stems(): Promise<{ records: ProjectRecords; sources: Source[] }> {
    const { snapshot, records: all } = this.#options;
    const stems = await this.#rendered();
    const records = stemsRecords(all, snapshot, stems);
    // What the master's own devices play.
    const impulses = Object.keys(records.sources)
      .map((id) => snapshot.sources[id])
      .filter((source) => source !== undefined);
    const names = new Map(snapshot.tracks.map(({ id, name }) => [id, name]));
    const sources = stems.map(({ sourceId, trackId, file }): Source => {
      const blob = file ?? new Blob([]);
      const parcel = this.#remembered({ ...parcelOf(`sound:${sourceId}`, blob, 'wav'), asFlac: true });
      return { id: sourceId, name: names.get(trackId) ?? '', parcel };
    });
    return { records, sources: [...sources, ...(await this.#originals(impulses))] };
  }

  /** The stems, without files where the server has all of them. */
  async #rendered(): Promise<readonly (StemFacts & { readonly file?: File })[]> {
    const { engine, snapshot, signal, onDoing, store, memory } = this.#options;
    const request = stemsRequest(engine, snapshot);
    const key = await mixKey(request);
    const known = this.#stemsOf[key];
    const packed = known?.map(({ sourceId }) => this.#packed.get(`sound:${sourceId}`));
    if (known && packed?.every((one) => one !== undefined) && (await this.#areThere(packed))) return known;
    await holdDownloads();
    const { stems, folder } = await renderStems(snapshot, request, {
      signal,
      onFraction: (fraction) => onDoing('Rendering the stems', fraction),
    });
    this.#folders.push(folder);
    const facts = stems.map(({ file: _, ...rest }) => rest);
    await store.rememberStems(memory.projectId, key, facts);
    return stems;
  }

  async #originals(sources: readonly AudioSource[]): Promise<Source[]> {
    const pool = await openPool();
    const found: Source[] = [];
    const missing: AudioSource[] = [];
    for (const source of sources) {
      const { id, ext, name } = source;
      const blob = await pool.original(id, ext);
      if (!blob) missing.push(source);
      else {
        const asFlac = ext === 'wav' || ext === 'aif';
        found.push({ id, name, parcel: this.#remembered({ ...parcelOf(`sound:${id}`, blob, ext), asFlac }) });
      }
    }
    if (missing.length === 0) return found;
    throw new Error(
      `The project can’t be shared to be edited: the audio of ${listOfNames(missing)} is missing on this machine.`,
    );
  }

  #remembered(parcel: Parcel): Parcel {
    return { ...parcel, known: this.#packed.get(parcel.key) ?? null };
  }

  #packedOf(key: string): Packed {
    const packed = this.#packed.get(key);
    if (!packed) throw new Error('A part of the project was not packed.');
    return packed;
  }

  async #areThere(packed: readonly Packed[]): Promise<boolean> {
    const { server, signal, onWaiting } = this.#options;
    const pieces = packed.flatMap(({ file }) => file.pieces);
    for (let at = 0; at < pieces.length; at += mostAskedFor) {
      const places = await patiently(() => server.missing(pieces.slice(at, at + mostAskedFor), signal), {
        signal,
        onWaiting: (ms) => onWaiting(ms !== null),
      });
      if (places.length > 0) return false;
    }
    return true;
  }
}

const mostAskedFor = 1024;
const isTransient = (key: string): boolean => key === 'preview' || key === 'project';

function parcelOf(key: string, blob: Blob, ext: string): Parcel {
  return { key, blob, ext, asFlac: false, chunksPerPiece: chunksPerPiece.whole, known: null };
}
