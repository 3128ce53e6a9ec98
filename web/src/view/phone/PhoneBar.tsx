import { UndoButtons } from '../bar/Bar';
import { MonitorButton } from '../bar/MonitorButton';
import { projectEntries, SaveState } from '../bar/ProjectMenu';
import { IconButton } from '../kit/Button';
import { Icon } from '../kit/Icon';
import { Menu } from '../kit/Menu';
import { showDialog } from '../state/dialogs';
import { useStudio } from '../state/studio';

/** The head of the phone's page: what is open, undo, and everything else behind one menu. */
export function PhoneBar() {
  const studio = useStudio();
  return (
    <header class="phone-bar">
      <div class="grow">
        <b class="ellipsis">{studio.project().name}</b>
        <SaveState />
      </div>
      <UndoButtons />
      <MonitorButton class="tap" />
      <IconButton
        icon="upload"
        label="Export"
        disabled={!studio.transport.canPlay()}
        onClick={() => showDialog('export')}
      />
      <Menu
        label="More"
        class="button icon-only ghost tap"
        triggerLabel="More"
        entries={() => projectEntries(studio)}
      >
        <Icon name="ellipsis" />
      </Menu>
    </header>
  );
}
