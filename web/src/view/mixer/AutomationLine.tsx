import type { Studio } from '../../bridge/studioTypes';
import { type AutomationMode, automationModes, type Id, masterId, type Patch } from '../../model/types';
import type { MenuEntries } from '../kit/Menu';
import { showMenu } from '../kit/Menu';
import { useStudio } from '../state/studio';

export const modeNames: Readonly<Record<AutomationMode, string>> = {
  off: 'Off',
  read: 'Read',
  touch: 'Touch',
  latch: 'Latch',
  write: 'Write',
};

const modeWords: Readonly<Record<AutomationMode, string>> = {
  off: 'Lanes are not heard',
  read: 'Lanes move the controls',
  touch: 'Writes while a control is held',
  latch: 'Writes from the first touch on',
  write: 'Writes over everything while it plays',
};

export function setAutomationMode(
  studio: Studio,
  ownerIds: readonly Id[],
  automationMode: AutomationMode,
): void {
  studio.doc.commit(
    `Automation: ${modeNames[automationMode].toLowerCase()}`,
    ownerIds.map(
      (ownerId): Patch =>
        ownerId === masterId
          ? { op: 'master.set', fields: { automationMode } }
          : { op: 'track.set', trackId: ownerId, fields: { automationMode } },
    ),
  );
}

export const automationEntries = (
  studio: Studio,
  ownerIds: readonly Id[],
  now: AutomationMode,
): MenuEntries =>
  automationModes.map((mode) => ({
    label: modeNames[mode],
    checked: mode === now,
    run: () => setAutomationMode(studio, ownerIds, mode),
  }));

export interface AutomationLineProps {
  mode: AutomationMode;
  /** Nothing is automated: "Read" would say nothing. */
  idle: boolean;
  /** The strip, and those selected with it. */
  ownerIds: () => readonly Id[];
}

/** How the strip's automation works now, with a dot; a click chooses. */
export function AutomationLine(props: AutomationLineProps) {
  const studio = useStudio();
  const shown = (): AutomationMode => (props.idle && props.mode === 'read' ? 'off' : props.mode);
  return (
    <button
      type="button"
      class={`strip-automation ${shown()}`}
      aria-label={`Automation ${modeNames[props.mode]}`}
      aria-haspopup="menu"
      data-tip={
        props.idle && props.mode === 'read'
          ? 'Automation: read, and there is none'
          : `Automation: ${modeWords[props.mode]}`
      }
      onClick={(event) => {
        const rect = event.currentTarget.getBoundingClientRect();
        const at = { clientX: rect.left, clientY: rect.bottom };
        showMenu(at, 'Automation', automationEntries(studio, props.ownerIds(), props.mode));
      }}
    >
      {modeNames[shown()]}
    </button>
  );
}
