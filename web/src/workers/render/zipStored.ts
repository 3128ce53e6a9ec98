import { BlobReader, configure, ZipWriter } from '@zip.js/zip.js';
import { BufferedSink, type ByteSink } from '../../engine/byteSink';

configure({ useWebWorkers: false });

/** Packs files as they are, without compression, into one zip; ZIP64 where it grows large. */
export async function zipStored(sink: ByteSink, files: readonly File[], signal: AbortSignal): Promise<void> {
  const output = new BufferedSink(sink);
  let position = 0;
  const stream = new WritableStream<Uint8Array>({
    async write(bytes) {
      await output.write(position, bytes);
      position += bytes.length;
    },
  });
  try {
    const zip = new ZipWriter(stream, { level: 0, useCompressionStream: false });
    for (const file of files) await zip.add(file.name, new BlobReader(file), { signal });
    await zip.close();
    signal.throwIfAborted();
    await output.close();
  } catch (error) {
    await output.abort();
    throw error;
  }
}
