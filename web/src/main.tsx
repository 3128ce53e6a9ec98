import { render } from 'solid-js/web';
import { App } from './app/App';
import { CannotRun } from './app/CannotRun';
import { keepOffline } from './app/keepOffline';
import { whyNot } from './app/whyNot';
import { createStudio } from './bridge/studio';
import type { Studio } from './bridge/studioTypes';
import { startTheme } from './view/state/theme';

/** The link that is to be opened; its key does not stay in the address. */
function takeLink(): string | null {
  const { hash, pathname, search } = location;
  if (!hash.startsWith('#open=')) return null;
  history.replaceState(null, '', pathname + search);
  return hash;
}

/** The code for it is fetched when there is a link. */
async function openLater(studio: Studio, link: string): Promise<void> {
  try {
    await (await import('./app/openLink')).openLink(studio, link);
  } catch (error) {
    studio.messages.say(error instanceof Error ? error.message : String(error), 'alert');
  }
}

async function start(root: HTMLElement): Promise<void> {
  const link = takeLink();
  startTheme();
  const reason = whyNot(window);
  if (reason !== null) {
    render(() => <CannotRun reason={reason} />, root);
    return;
  }
  try {
    const studio = await createStudio({ keepsPool: link !== null });
    render(() => <App studio={studio} />, root);
    if (link !== null) void openLater(studio, link);
    keepOffline();
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    render(() => <CannotRun reason={words} canReload />, root);
  }
}

void start(document.getElementById('studio') as HTMLElement);
