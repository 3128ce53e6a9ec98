import { BlobReader } from '../../engine/byteReader';
import type { CodecModule } from '../../engine/codecModule';
import { openPcm, type PcmSource } from '../../engine/pcmSource';
import type { Pool } from '../../storage/pool';

/** The sound of a source at a project's rate; null where the pool does not have it. Any worker may read at the same time. */
export async function openPoolSource(
  pool: Pool,
  module: CodecModule,
  id: string,
  ext: string,
  projectRateHz: number,
): Promise<PcmSource | null> {
  const blob = await pool.stream(id, ext, projectRateHz);
  return blob ? openPcm(new BlobReader(blob), module) : null;
}
