import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AudioInput, openAudioInput } from '../src/engine/audioInput';
import type { ByteReader } from '../src/engine/byteReader';
import { convertAudio } from '../src/engine/convertAudio';
import type { MixwellModule } from '../src/engine/mixwellModule';
import { openPcm, type PcmSource } from '../src/engine/pcmSource';
import { FileReader, openOutput } from './files';

/** A sound at the project's rate; what had to be converted lies in a temporary file until close(). */
export interface OpenSource {
  readonly pcm: PcmSource;
  close(): Promise<void>;
}

/** The same way that the page's import takes: PCM at the rate is read in place, everything else is converted first. */
export async function openSource(
  module: MixwellModule,
  reader: ByteReader,
  name: string,
  rateHz: number,
): Promise<OpenSource> {
  const input = await openAudioInput(reader, name, module);
  try {
    if (input.pcm && input.facts.sampleRateHz === rateHz) {
      const pcm = await openPcm(reader, module);
      return { pcm, close: async () => pcm.close() };
    }
    return await converted(module, input, name, rateHz);
  } finally {
    input.close();
  }
}

async function converted(
  module: MixwellModule,
  input: AudioInput,
  name: string,
  projectRateHz: number,
): Promise<OpenSource> {
  const folder = await mkdtemp(join(tmpdir(), 'mixwell-'));
  const path = join(folder, 'sound.wav');
  const removeFolder = () => rm(folder, { recursive: true, force: true });
  try {
    const sibling = await openOutput(path);
    await convertAudio(module, input, name, { projectRateHz, sibling, peaks: false });
    await sibling.close();
    const reader = await FileReader.open(path);
    const pcm = await openPcm(reader, module);
    return {
      pcm,
      async close() {
        pcm.close();
        await reader.close();
        await removeFolder();
      },
    };
  } catch (error) {
    await removeFolder();
    throw error;
  }
}
