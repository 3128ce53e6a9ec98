import type { MixwellModule } from '../src/engine/mixwellModule';
import { openWriter, type WrittenFormat } from '../src/engine/openWriter';
import { SoundOutput, type SoundOutputFormat } from '../src/engine/soundOutput';
import { failureOf } from './errors';
import { openOutput } from './files';
import { loadFlac } from './flac';

/** Begins a file of sound. */
export async function openSoundFile(
  module: MixwellModule,
  path: string,
  format: SoundOutputFormat & WrittenFormat,
): Promise<SoundOutput> {
  try {
    const writer = await openWriter(module, format, await openOutput(path), loadFlac);
    return await SoundOutput.open(module, format, writer);
  } catch (error) {
    throw failureOf(path, error);
  }
}
