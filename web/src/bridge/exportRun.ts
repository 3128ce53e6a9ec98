import type { ProjectSnapshot } from '../model/types';
import type { RenderTarget } from '../workers/render/protocol';
import { exportRequest } from './exportRequest';
import type { ExportSettings } from './exportTypes';
import { RenderClient } from './renderClient';

export { reportOf } from './exportReport';
export { exportedFile } from './renderClient';

/** Renders an export whose files are measured as they are written; of stems, of which there are many, the levels alone. */
export function measuredExport(
  engine: WebAssembly.Module,
  project: ProjectSnapshot,
  settings: ExportSettings,
  range: { readonly startFrame: number; readonly frames: number },
  target: RenderTarget,
): RenderClient {
  const request = exportRequest(engine, project, settings, range, target);
  return new RenderClient({ ...request, measured: settings.what === 'stems' ? 'levels' : 'all' });
}
