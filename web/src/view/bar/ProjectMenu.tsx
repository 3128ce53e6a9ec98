import { Show } from 'solid-js';
import type { Studio } from '../../bridge/studioTypes';
import { chooseAudioFiles } from '../files/AudioFilesInput';
import { Icon } from '../kit/Icon';
import { Menu, type MenuEntries } from '../kit/Menu';
import { showDialog } from '../state/dialogs';
import { useStudio } from '../state/studio';
import { theme, toggleTheme } from '../state/theme';

/** What can be done with the open project, and how to leave it for another. */
export function projectEntries(studio: Studio): MenuEntries {
  const { projects } = studio;
  return [
    { label: 'Rename…', icon: 'pencil', run: () => showDialog('rename-project') },
    { label: 'Add audio…', icon: 'file-music', run: () => chooseAudioFiles() },
    { label: 'Duplicate', icon: 'copy', run: () => void projects.duplicate(projects.current()) },
    { label: 'Share…', icon: 'share-2', run: () => showDialog('share') },
    { label: 'Save as a file', icon: 'file-down', note: '.mixwell', run: () => void projects.saveFile() },
    { kind: 'line' },
    { label: 'New project', icon: 'plus', run: () => void projects.create() },
    { label: 'All projects', icon: 'list-music', run: () => showDialog('projects') },
    { kind: 'line' },
    {
      label: theme() === 'dark' ? 'Light theme' : 'Dark theme',
      icon: theme() === 'dark' ? 'sun' : 'moon',
      run: toggleTheme,
    },
    { label: 'Shortcuts', icon: 'keyboard', keys: '?', run: () => showDialog('shortcuts') },
  ];
}

/** The project's name, which opens its menu. */
export function ProjectMenu() {
  const studio = useStudio();
  return (
    <Menu label="Project" class="project-title" tip="Project" entries={() => projectEntries(studio)}>
      <span class="ellipsis">{studio.project().name}</span>
      <Icon name="chevron-down" small />
    </Menu>
  );
}

/** Whether the work is safe. */
export function SaveState() {
  const { projects } = useStudio();
  return (
    <Show
      when={projects.saveState() !== 'failed'}
      fallback={
        <span class="save-state failed" role="alert">
          <Icon name="triangle-alert" small />
          Not saved
        </span>
      }
    >
      <span class="save-state">{projects.saveState() === 'saved' ? 'Saved' : 'Saving…'}</span>
    </Show>
  );
}
