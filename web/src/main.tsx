import { render } from 'solid-js/web';
import { App } from './app/App';
import { CannotRun } from './app/CannotRun';
import { whyNot } from './app/whyNot';
import { createStudio } from './bridge/studio';
import { startTheme } from './view/state/theme';

async function start(root: HTMLElement): Promise<void> {
  startTheme();
  const reason = whyNot(window);
  if (reason !== null) {
    render(() => <CannotRun reason={reason} />, root);
    return;
  }
  try {
    const studio = await createStudio();
    render(() => <App studio={studio} />, root);
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    render(() => <CannotRun reason={words} canReload />, root);
  }
}

void start(document.getElementById('studio') as HTMLElement);
