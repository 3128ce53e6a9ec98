import { type Accessor, createSignal } from 'solid-js';
import { patiently } from '../../share/fetchFile';
import { parseLink, type ShareLink } from '../../share/link';
import { isBearable, lockOf } from '../../share/lock';
import { type Manifest, ManifestRefused, openManifest } from '../../share/manifest';
import { type ShareRecord, ShareServer } from '../../share/shareServer';
import { type Problem, problemFor, problemOf } from './problems';
import { seenBefore } from './revisions';

/** A session that a link opens. */
export interface OpenedLink {
  readonly link: ShareLink;
  readonly server: ShareServer;
  readonly manifest: Manifest;
  /** The server gives out an older revision than this one, which was seen here before; else null. */
  readonly newerSeen: number | null;
  readonly expiresAt: number | null;
}

export type LinkState =
  | { readonly kind: 'opening' }
  | { readonly kind: 'locked'; readonly wrong: boolean; readonly working: boolean }
  | { readonly kind: 'problem'; readonly problem: Problem }
  | { readonly kind: 'open'; readonly session: OpenedLink };

export interface LinkOpening {
  readonly state: Accessor<LinkState>;
  unlock(password: string): void;
  /** Asks the server again, at once. */
  retry(): void;
}

/** Asks the server for the session of an address, and opens it with the key in the fragment. */
export function createLinkOpening(address: string): LinkOpening {
  const [state, setState] = createSignal<LinkState>({ kind: 'opening' });
  const link = parseLink(address);
  const server = link && new ShareServer(link.origin);
  let control = new AbortController();
  let record: ShareRecord | null = null;

  const fail = (problem: Problem) => setState({ kind: 'problem', problem });
  const open = async (found: ShareRecord, password: string | null) => {
    if (!link || !server) return;
    const manifest = await openManifest(found.manifest, lockOf(link, found.password, password));
    const before = seenBefore(link.id, manifest.revision);
    const newerSeen = manifest.revision < before ? before : null;
    setState({
      kind: 'open',
      session: { link, server, manifest, newerSeen, expiresAt: found.expiresAt },
    });
  };
  const ask = async () => {
    if (!link || !server) return fail(problemOf('no-link'));
    control.abort();
    control = new AbortController();
    const { signal } = control;
    try {
      let refusal: unknown;
      record = await patiently(
        () =>
          server.record(link.id, signal).catch((error: unknown) => {
            refusal = error;
            throw error;
          }),
        { signal, onWaiting: (ms) => ms !== null && fail(problemFor(refusal)) },
      );
      const { password } = record;
      if (!password) await open(record, null);
      else if (isBearable(password)) setState({ kind: 'locked', wrong: false, working: false });
      else fail(problemOf('odd'));
    } catch (error) {
      if (!signal.aborted) fail(problemFor(error));
    }
  };

  void ask();
  return {
    state,
    retry() {
      setState({ kind: 'opening' });
      void ask();
    },
    unlock(password) {
      const locked = record;
      if (!locked) return;
      setState({ kind: 'locked', wrong: false, working: true });
      open(locked, password).catch((error: unknown) => {
        const wrong = error instanceof ManifestRefused && error.reason === 'password';
        if (wrong) setState({ kind: 'locked', wrong, working: false });
        else fail(problemFor(error));
      });
    },
  };
}
