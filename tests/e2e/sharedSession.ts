import { fetchWhole } from '../../web/src/share/fetchFile';
import { parseLink } from '../../web/src/share/link';
import { type Manifest, openManifest, type SharedFile } from '../../web/src/share/manifest';
import { ShareServer } from '../../web/src/share/shareServer';

/** A link as a recipient's browser reads it. */
export interface SharedSession {
  readonly manifest: Manifest;
  read(file: SharedFile): Promise<Uint8Array<ArrayBuffer>>;
}

export async function readLink(address: string, password: string | null = null): Promise<SharedSession> {
  const link = parseLink(address);
  if (!link) throw new Error(`${address} is no link`);
  const server = new ShareServer(link.origin);
  const record = await server.record(link.id);
  const cost = record.password;
  const manifest = await openManifest(record.manifest, {
    linkKey: link.key,
    shareId: link.id,
    password:
      cost && password
        ? {
            text: password,
            salt: Uint8Array.from(Buffer.from(cost.salt, 'base64url')),
            iterations: cost.iterations,
          }
        : null,
  });
  return {
    manifest,
    read: (file) => fetchWhole(server, link.id, file, 1 << 30),
  };
}
