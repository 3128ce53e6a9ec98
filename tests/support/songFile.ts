import { createHash } from 'node:crypto';
import { MemoryReader } from '../../web/src/engine/byteReader';
import { writeProjectFile } from '../../web/src/interchange/writeProjectFile';
import type { Project } from '../../web/src/model/project';

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** A .mixwell file of a project whose sources are in memory, by their SHA-256. */
export async function projectFileOf(
  project: Project,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  const sink = new WritableStream<Uint8Array>({
    write(bytes) {
      parts.push(bytes.slice());
    },
  });
  const audio = async ({ id }: { id: string }) => {
    const bytes = files.get(id);
    return bytes ? new MemoryReader(bytes) : null;
  };
  await writeProjectFile({ records: project.records(), engineVersion: '0.1.0', audio }, sink);
  return new Uint8Array(Buffer.concat(parts));
}
