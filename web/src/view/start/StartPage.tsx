import { createResource, createSignal, For, Show } from 'solid-js';
import { renameProject } from '../../commands/timeline';
import { chooseAudioFiles, chooseFilesFor } from '../files/AudioFilesInput';
import { carriesFiles } from '../files/droppedFiles';
import { Button } from '../kit/Button';
import { createSurface, type Surface } from '../kit/canvas';
import { Icon } from '../kit/Icon';
import { type Palette, palette } from '../kit/palette';
import { ProjectRow } from '../projects/ProjectRow';
import { createProjectList } from '../projects/projectList';
import { showDialog } from '../state/dialogs';
import { setRoom } from '../state/room';
import { useStudio } from '../state/studio';
import { paintDemo, paintDesk, paintMaster, paintStems } from './doorPictures';
import './start.css';

interface DoorProps {
  name: string;
  text: string;
  paint: (surface: Surface, colours: Palette) => void;
  main?: boolean;
  busy?: boolean;
  onClick: () => void;
}

function Door(props: DoorProps) {
  const surface = createSurface((area) => props.paint(area, palette()));
  return (
    <button
      type="button"
      class="door"
      classList={{ main: props.main }}
      aria-label={props.name}
      aria-describedby={`door-${props.name}`}
      disabled={props.busy}
      onClick={() => props.onClick()}
    >
      <canvas ref={surface.ref} aria-hidden="true" />
      <b>{props.name}</b>
      <Icon name="arrow-right" />
      <span id={`door-${props.name}`}>{props.text}</span>
    </button>
  );
}

const recentCount = 3;

/** The empty desk: a place to drop files, three doors, and what was open before. */
export function StartPage() {
  const studio = useStudio();
  const list = createProjectList();
  const recent = () =>
    list
      .projects()
      .filter(({ id }) => id !== studio.projects.current())
      .slice(0, recentCount);
  const [over, setOver] = createSignal(false);
  const [opening, setOpening] = createSignal(false);
  let desk: HTMLElement | undefined;
  const headWidth = () => {
    const width = desk ? Number.parseFloat(getComputedStyle(desk).getPropertyValue('--w-head')) : 0;
    return window.innerWidth < 700 ? 0 : width;
  };
  const background = createSurface((area) => paintDesk(area, palette(), headWidth()));
  const [promised] = createResource(async () => (await navigator.storage?.persisted?.()) ?? false);

  const openDemo = async () => {
    setOpening(true);
    try {
      await studio.projects.openDemo();
    } finally {
      setOpening(false);
    }
  };
  /** The project is called as the song, and so are the master and its report. */
  const masterFile = async (files: File[]) => {
    setRoom('master');
    const { id } = studio.project();
    await studio.files.importFiles(files.slice(0, 1));
    const project = studio.project();
    const [song] = project.tracks;
    if (song && project.id === id && /^Untitled( \d+)?$/.test(project.name))
      studio.doc.commit('Name the project', renameProject(project, { name: song.name }));
  };

  return (
    <section class="start" ref={desk} aria-label="Empty desk">
      <canvas class="start-desk" ref={background.ref} aria-hidden="true" />
      <div class="start-place scrolls">
        <div class="start-card">
          <section
            class="drop"
            classList={{ over: over() }}
            aria-label="Drop files"
            onDragOver={(event) => setOver(carriesFiles(event.dataTransfer))}
            onDragLeave={() => setOver(false)}
            onDrop={() => setOver(false)}
          >
            <h1>Drop stems, a mix or a .mixwell file here</h1>
            <p>WAV, AIFF, FLAC, MP3, Ogg. Files stay on this computer.</p>
            <Button large icon="folder-open" onClick={() => chooseAudioFiles()}>
              Add audio
            </Button>
          </section>
          <section class="doors" aria-label="Ways to begin">
            <Door
              main
              name="Open the demo song"
              text={opening() ? 'One moment…' : 'Twelve tracks, ready to mix'}
              paint={paintDemo}
              busy={opening()}
              onClick={() => void openDemo()}
            />
            <Door
              name="Mix stems"
              text="A folder of files becomes tracks"
              paint={paintStems}
              onClick={() => chooseAudioFiles()}
            />
            <Door
              name="Master a file"
              text="One finished mix, on its own track"
              paint={paintMaster}
              onClick={() => chooseFilesFor((files) => void masterFile(files))}
            />
          </section>
          <Show when={recent().length > 0}>
            <section class="recent" aria-label="Recent">
              <h2>
                Recent
                <Button variant="ghost" onClick={() => showDialog('projects')}>
                  Show all
                </Button>
              </h2>
              <For each={recent()}>{(info) => <ProjectRow info={info} list={list} />}</For>
            </section>
          </Show>
          <Show when={promised() === false}>
            <p class="start-note">
              Projects are kept in this browser. Save them as files to be sure of them.
            </p>
          </Show>
        </div>
      </div>
    </section>
  );
}
