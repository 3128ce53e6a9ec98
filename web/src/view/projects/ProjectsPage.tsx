import { createResource, createSignal, For, Show } from 'solid-js';
import { Mark } from '../bar/Mark';
import { chooseAudioFiles } from '../files/AudioFilesInput';
import { Button } from '../kit/Button';
import { Icon } from '../kit/Icon';
import { showDialog } from '../state/dialogs';
import { useStudio } from '../state/studio';
import { ProjectRow } from './ProjectRow';
import { createProjectList } from './projectList';
import { bytesText } from './when';
import './projects.css';

type Place = 'all' | 'recent';
const recentMs = 7 * 86_400_000;

/** How much room this browser gives, and whether it has promised to keep what is there. */
function StorageFacts() {
  const [facts] = createResource(async () => {
    const estimate = await navigator.storage?.estimate?.();
    const kept = (await navigator.storage?.persisted?.()) ?? false;
    return { used: estimate?.usage ?? 0, quota: estimate?.quota ?? 0, kept };
  });
  return (
    <Show when={facts()}>
      {(known) => (
        <section class="storage" aria-label="Storage">
          <div>
            <b>{bytesText(known().used)}</b>{' '}
            <span class="text-3">of {bytesText(known().quota)} in this browser</span>
          </div>
          <div class="progress" style={{ '--fraction': known().used / Math.max(1, known().quota) }}>
            <i />
          </div>
          <p>
            <Icon name={known().kept ? 'lock' : 'info'} small class={known().kept ? 'kept' : ''} />
            {known().kept
              ? 'The browser has promised to keep these files.'
              : 'The browser may clear these files when the disk is full. Save projects as files to be sure of them.'}
          </p>
        </section>
      )}
    </Show>
  );
}

/** All projects in this browser: open, rename, duplicate, delete. */
export default function ProjectsPage() {
  const studio = useStudio();
  const list = createProjectList();
  const [place, setPlace] = createSignal<Place>('all');
  const [wanted, setWanted] = createSignal('');
  const inPlace = (which: Place) =>
    which === 'all'
      ? list.projects()
      : list.projects().filter((info) => Date.now() - info.changedAt < recentMs);
  const shown = () =>
    inPlace(place()).filter((info) => info.name.toLowerCase().includes(wanted().trim().toLowerCase()));
  const places: readonly { id: Place; name: string; icon: 'rows-3' | 'clock' }[] = [
    { id: 'all', name: 'All', icon: 'rows-3' },
    { id: 'recent', name: 'Recent', icon: 'clock' },
  ];
  const create = () => {
    showDialog(null);
    void studio.projects.create();
  };
  const chooseFiles = () => {
    showDialog(null);
    chooseAudioFiles();
  };
  return (
    <div class="projects">
      <header class="projects-bar">
        <span class="brand">
          <Mark />
          Mixwell
        </span>
        <span class="bar-rule" aria-hidden="true" />
        <b>Projects</b>
        <span class="grow" />
        <Button variant="ghost" icon="arrow-left" onClick={() => showDialog(null)}>
          Back to the song
        </Button>
        <Button variant="primary" icon="plus" onClick={create}>
          New project
        </Button>
      </header>
      <main class="projects-body">
        <aside class="projects-side">
          <nav class="places" aria-label="Places">
            <For each={places}>
              {({ id, name, icon }) => (
                <button type="button" aria-current={place() === id} onClick={() => setPlace(id)}>
                  <Icon name={icon} />
                  {name}
                  <span>{inPlace(id).length}</span>
                </button>
              )}
            </For>
          </nav>
          <StorageFacts />
        </aside>
        <section class="projects-list scrolls" aria-label="Projects">
          <div class="projects-head">
            <h1>{place() === 'all' ? 'All projects' : 'Recent projects'}</h1>
            <label class="find-field">
              <Icon name="search" small />
              <input
                type="search"
                placeholder="Find a project"
                aria-label="Find a project"
                onInput={(event) => setWanted(event.currentTarget.value)}
                onKeyDown={(event) => event.stopPropagation()}
              />
            </label>
          </div>
          <div class="projects-columns" aria-hidden="true">
            <span />
            <span>Name</span>
            <span>Changed</span>
            <span class="right">Length</span>
            <span class="right">Tracks</span>
            <span class="right rate">Rate</span>
          </div>
          <For each={shown()} fallback={<p class="projects-empty">Nothing here yet.</p>}>
            {(info) => <ProjectRow info={info} list={list} tall />}
          </For>
          <button type="button" class="projects-drop" onClick={chooseFiles}>
            <Icon name="download" />
            Drop a .mixwell file, a folder of stems or a finished mix
          </button>
        </section>
      </main>
    </div>
  );
}
