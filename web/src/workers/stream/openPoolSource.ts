import { BlockReader } from '../../engine/blockReader';
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
  if (!blob) return null;
  const source = await openPcm(new BlockReader(new BlobReader(blob)), module);
  if (source.sampleRateHz === projectRateHz) return source;
  // An original at another rate: what was converted from it is missing.
  source.close();
  return null;
}
