import { UndoButtons } from '../bar/Bar';
import { MonitorButton } from '../bar/MonitorButton';
import { projectEntries, SaveState } from '../bar/ProjectMenu';
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
      <Menu
        label="More"
        class="button icon-only ghost tap"
        triggerLabel="More"
        entries={() => [
          {
            label: 'Export…',
            icon: 'upload',
            disabled: !studio.transport.canPlay(),
            run: () => showDialog('export'),
          },
          ...projectEntries(studio),
        ]}
      >
        <Icon name="ellipsis" />
      </Menu>
    </header>
  );
}
