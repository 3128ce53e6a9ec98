import { engineVersion } from '../generated/engineLayout';
import { runningSha256 } from '../interchange/sha256';
import type { ProjectSnapshot } from '../model/types';
import { utf8 } from '../share/encoding';
import type { MixKind } from '../storage/shares';
import type { RenderRequest, RenderTarget } from '../workers/render/protocol';
import { renderInBackground } from './backgroundRender';
import { songRequest } from './exportRequest';

/** The whole song as an export at the project's rate would be, 24 bits without dither. */
export function mixRequest(
  engine: WebAssembly.Module,
  project: ProjectSnapshot,
  what: MixKind,
  target: RenderTarget = { kind: 'download', zipName: '' },
): RenderRequest {
  const { sampleRateHz } = project;
  const settings = { what, range: 'song', format: 'wav', bits: 24, dither: 'none', sampleRateHz } as const;
  return songRequest(engine, project, settings, target);
}

/** The same for all that sounds the same: names and colours are not in it. */
export async function mixKey({ engine: _, target: _target, files, ...rest }: RenderRequest): Promise<string> {
  const hash = await runningSha256();
  const { commands } = rest;
  hash.update(new Uint8Array(commands.buffer, commands.byteOffset, commands.byteLength));
  const sources = rest.sources.map(({ handle, id }) => [handle, id]);
  const tracks = files.map(({ track }) => track);
  hash.update(utf8(JSON.stringify({ ...rest, engineVersion, commands: null, sources, tracks })));
  return hash.digest();
}

export interface RenderedMix {
  readonly file: File;
  readonly frames: number;
  readonly pcmSha256: string;
}

export async function renderMix(
  request: RenderRequest,
  signal: AbortSignal,
  onFraction: (fraction: number) => void,
): Promise<RenderedMix> {
  const { files, download } = await renderInBackground(request, signal, onFraction);
  const [written] = files;
  if (!download || !written) throw new Error('The mix was not rendered.');
  return { file: download, frames: written.frames, pcmSha256: written.sha256 };
}
