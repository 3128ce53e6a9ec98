import { createSignal, Show } from 'solid-js';
import type { ProjectInfo } from '../../bridge/projectTypes';
import { lengthText } from '../bar/positionText';
import { Icon } from '../kit/Icon';
import { Menu, type MenuEntries } from '../kit/Menu';
import { showDialog } from '../state/dialogs';
import { useStudio } from '../state/studio';
import { NameField } from './NameField';
import { ProjectPicture } from './ProjectPicture';
import type { ProjectList } from './projectList';
import { countText, whenText } from './when';
import './projects.css';

export interface ProjectRowProps {
  info: ProjectInfo;
  list: ProjectList;
  /** The tall row of the page of projects, with a note under the name. */
  tall?: boolean;
}

/** A project: open it by its name, everything else by its menu. */
export function ProjectRow(props: ProjectRowProps) {
  const studio = useStudio();
  const [renaming, setRenaming] = createSignal(false);
  const isOpen = () => studio.projects.current() === props.info.id;
  const open = async () => {
    showDialog(null);
    if (!isOpen()) await props.list.open(props.info.id);
  };
  const entries = (): MenuEntries => [
    { label: 'Open', icon: 'folder-open', run: () => void open() },
    { label: 'Rename', icon: 'pencil', run: () => setRenaming(true) },
    { label: 'Duplicate', icon: 'copy', run: () => void props.list.duplicate(props.info.id) },
    { kind: 'line' },
    { label: 'Delete', icon: 'trash', danger: true, run: () => void props.list.remove(props.info.id) },
  ];
  return (
    <div class="project-row" classList={{ tall: props.tall }} role="group" aria-label={props.info.name}>
      <ProjectPicture id={props.info.id} lanes={props.tall} />
      <div class="project-name">
        <Show
          when={!renaming()}
          fallback={
            <NameField
              label="Project name"
              name={props.info.name}
              onDone={(name) => {
                setRenaming(false);
                if (name !== null) void props.list.rename(props.info.id, name);
              }}
            />
          }
        >
          <button type="button" class="project-open ellipsis" onClick={() => void open()}>
            {props.info.name}
          </button>
          <Show when={props.tall && isOpen()}>
            <span>Open now</span>
          </Show>
        </Show>
      </div>
      <span>{whenText(props.info.changedAt, Date.now())}</span>
      <span class="right">{lengthText(props.info.lengthSeconds)}</span>
      <span class="right">
        {props.tall ? props.info.trackCount : countText(props.info.trackCount, 'track')}
      </span>
      <Show when={props.tall}>
        <span class="right rate">{props.info.sampleRateHz / 1000} kHz</span>
      </Show>
      <Menu
        label={props.info.name}
        heading={props.info.name}
        class="button icon-only ghost small"
        triggerLabel={`More about ${props.info.name}`}
        tip="More"
        entries={entries}
      >
        <Icon name="ellipsis" small />
      </Menu>
    </div>
  );
}
