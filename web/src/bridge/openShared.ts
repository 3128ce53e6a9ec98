import { patiently } from '../share/fetchFile';
import type { ShareLink } from '../share/link';
import { parseStudioFragment } from '../share/link';
import { isBearable, lockOf } from '../share/lock';
import { type Manifest, ManifestRefused, openManifest } from '../share/manifest';
import { type ShareRecord, ShareServer } from '../share/shareServer';
import { fetchProject } from './fetchProject';
import { problemFor, problemOf } from './listen/problems';
import type { ProjectFileOptions } from './projectFiles';
import { isCancelled, type RunningTask } from './tasks';

/** Asks the person; null where they gave it up. */
export type AskPassword = (wrong: boolean) => Promise<string | null>;

/**
 * Makes a project of one's own from a link that the studio's address names (`#open=ID.KEY`): all of it, or nothing. What goes wrong
 * becomes a message.
 */
export async function openShared(
  options: ProjectFileOptions,
  fragment: string,
  askPassword: AskPassword,
): Promise<void> {
  const { messages, tasks, projects, importer } = options;
  const link = parseStudioFragment(location.origin, fragment);
  if (!link) {
    messages.say(problemOf('no-link').sentence, 'alert');
    return;
  }
  const server = new ShareServer(link.origin);
  try {
    const record = await tasks.run('Opening the link', (task) => recordOf(server, link, task));
    const manifest = await unlocked(link, record, askPassword);
    if (!manifest) return;
    await tasks.run(`Opening “${manifest.title}”`, async (task) => {
      const records = await fetchProject(
        { link, server, manifest },
        { importer, signal: task.signal, onProgress: task.progress },
      );
      await projects.createFrom(records, manifest.title);
    });
    messages.say(`“${manifest.title}” is a project of your own now: what you change stays here.`, 'status');
  } catch (error) {
    if (isCancelled(error)) return;
    messages.say(sentenceFor(error), 'alert', {
      label: 'Try again',
      run: () => void openShared(options, fragment, askPassword),
    });
  }
}

function recordOf(server: ShareServer, { id }: ShareLink, { signal }: RunningTask): Promise<ShareRecord> {
  return patiently(() => server.record(id, signal), { signal });
}

async function unlocked(
  link: ShareLink,
  record: ShareRecord,
  askPassword: AskPassword,
): Promise<Manifest | null> {
  if (!record.password) return openManifest(record.manifest, lockOf(link, record.password, null));
  if (!isBearable(record.password)) throw new Error(problemOf('odd').sentence);
  for (let wrong = false; ; wrong = true) {
    const text = await askPassword(wrong);
    if (text === null) return null;
    try {
      return await openManifest(record.manifest, lockOf(link, record.password, text));
    } catch (error) {
      if (!(error instanceof ManifestRefused && error.reason === 'password')) throw error;
    }
  }
}

/** What is wrong with the link is said as the listen page says it; everything else has a sentence of its own. */
function sentenceFor(error: unknown): string {
  const { kind, title, sentence } = problemFor(error);
  if (kind !== 'odd') return `${title}. ${sentence}`;
  return error instanceof Error ? error.message : String(error);
}
