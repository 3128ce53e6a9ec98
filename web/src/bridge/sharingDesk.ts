import { createSignal } from 'solid-js';
import { fromBase64url, toBase64url } from '../share/encoding';
import { keyBytes, randomBytes, shareIdBytes } from '../share/keys';
import { linkText } from '../share/link';
import { ServerAway, ServerRefusal, ShareServer } from '../share/shareServer';
import { type ShareRow, ShareStore } from '../storage/shares';
import { estimateShare } from './shareEstimate';
import { runShareJob, sentenceFor } from './shareJob';
import type { SharingOptions } from './sharing';
import type { OwnShare, ShareJob, ShareSettings, StudioSharing } from './sharingTypes';

const dayMs = 86_400_000;
const endOf = (days: number | null): number | null => (days === null ? null : Date.now() + days * dayMs);

const allDays: readonly (number | null)[] = [1, 7, 30, 90, null];

/** The links of this browser, and the making of them. Throws a sentence where the browser keeps nothing. */
export async function openSharingDesk(
  options: SharingOptions,
  setBusy: (busy: boolean) => void,
): Promise<StudioSharing> {
  const { origin } = location;
  const server = new ShareServer(origin);
  const store = await ShareStore.open();
  const [rows, setRows] = createSignal<readonly ShareRow[]>(await livingRows(store));
  const [job, setJob] = createSignal<ShareJob | null>(null);
  const { whyNot, expiryDays } = await askServer(server);
  const kept = (row: ShareRow) =>
    setRows((before) =>
      before.some(({ id }) => id === row.id)
        ? before.map((other) => (other.id === row.id ? row : other))
        : [row, ...before],
    );
  const shown = () =>
    rows()
      .filter(({ ended }) => ended === null)
      .map((row) => ownShare(row, origin));

  const forget = async (id: string) => {
    await store.forget(id);
    setRows((before) => before.filter((row) => row.id !== id));
  };

  return {
    whyNot,
    expiryDays,
    shares: shown,
    job,
    defaults: () => ({
      right: 'listen',
      what: options.current().committed().mastering.on ? 'master' : 'mix',
      password: null,
      expiresAt: endOf(expiryDays.at(-1) ?? null),
    }),
    estimate: async (settings) =>
      estimateShare(options.current().committed(), settings, await store.memory(options.projectId())),
    share(settings, id) {
      const project = options.current();
      const snapshot = project.committed();
      const known = rows().find((row) => row.id === id);
      const row = known ?? newRow(options.projectId(), snapshot.name, settings);
      setBusy(true);
      const begun = runShareJob({
        engineModule: options.engineModule,
        origin,
        server,
        store,
        snapshot,
        records: project.records(),
        row,
        settings,
        onRow: kept,
        onEnd(state, last) {
          setBusy(false);
          if (state === 'done') {
            options.messages.say(
              `The link to “${last.title}” is ready: all of it is on the server.`,
              'status',
            );
          }
          // Nobody has seen a link that never was.
          if (last.revision === 0 && (state === 'cancelled' || state === 'failed')) void forget(last.id);
        },
      });
      kept(row);
      void store.put(row);
      setJob(begun);
      return begun;
    },
    async revoke(id) {
      const row = rows().find((other) => other.id === id);
      if (!row) return null;
      try {
        if (row.revision > 0) await server.revoke(id, row.token);
      } catch (error) {
        const gone = error instanceof ServerRefusal && ['revoked', 'expired', 'unknown'].includes(error.code);
        if (!gone) return sentenceFor(error);
      }
      await forget(id);
      return null;
    },
  };
}

/** Forgets links whose time is up, and those that never came to be. */
async function livingRows(store: ShareStore): Promise<ShareRow[]> {
  const rows = await store.list();
  const living = rows.filter(
    ({ expiresAt, ended, revision }) =>
      ended === null && revision > 0 && (expiresAt ?? Infinity) > Date.now(),
  );
  for (const row of rows) if (!living.includes(row)) await store.forget(row.id);
  return living;
}

async function askServer(server: ShareServer): Promise<Pick<StudioSharing, 'whyNot' | 'expiryDays'>> {
  if (!globalThis.isSecureContext) {
    return {
      whyNot: 'Links can be made by https only: the browser encrypts nothing on this page.',
      expiryDays: [],
    };
  }
  try {
    const { maxExpiryDays } = await server.config();
    const days = allDays.filter((day) => maxExpiryDays === null || (day !== null && day <= maxExpiryDays));
    const all = days.length > 0 ? days : [maxExpiryDays];
    return { whyNot: null, expiryDays: all };
  } catch (error) {
    const away = error instanceof ServerAway || (error instanceof ServerRefusal && error.status >= 500);
    const whyNot = away
      ? 'The server can’t be reached, so no link can be made now.'
      : 'This server serves the studio alone and keeps no sessions, so no link can be made here.';
    return { whyNot, expiryDays: [] };
  }
}

function newRow(projectId: string, title: string, settings: ShareSettings): ShareRow {
  const now = Date.now();
  return {
    id: toBase64url(randomBytes(shareIdBytes)),
    key: toBase64url(randomBytes(keyBytes)),
    token: toBase64url(randomBytes(keyBytes)),
    projectId,
    title,
    ...settings,
    createdAt: now,
    updatedAt: now,
    revision: 0,
    complete: false,
    ended: null,
  };
}

function ownShare(row: ShareRow, origin: string): OwnShare {
  const { id, projectId, title, right, what, password, expiresAt, updatedAt, complete, ended } = row;
  const link = linkText({ origin, id, key: fromBase64url(row.key) ?? new Uint8Array(0) });
  const [address = '', key = ''] = link.split('#');
  return {
    id,
    projectId,
    title,
    right,
    what,
    password,
    expiresAt,
    updatedAt,
    complete,
    ended,
    address,
    key: `#${key}`,
    opened: row.revision > 0,
  };
}
