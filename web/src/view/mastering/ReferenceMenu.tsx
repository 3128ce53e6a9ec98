import type { ListenChoice } from '../../bridge/masteringTypes';
import { Icon } from '../kit/Icon';
import { Menu, type MenuEntry } from '../kit/Menu';
import { useStudio } from '../state/studio';
import { chooseReferences, referenceEntries } from './references';

/** The songs that this one is compared with. */
export function ReferenceMenu() {
  const studio = useStudio();
  const references = () => studio.project().mastering.references;
  const shown = (choice: ListenChoice) => references().find(({ id }) => id === choice) ?? references()[0];
  const name = () => shown(studio.mastering.listening())?.name;
  const entries = (): MenuEntry[] => [
    ...references().flatMap(({ id }) => [...referenceEntries(studio, id), { kind: 'line' as const }]),
    { label: 'Add a reference…', icon: 'plus', run: () => chooseReferences(studio) },
  ];
  return (
    <Menu label="References" class="button ghost" entries={entries}>
      <Icon name="file-music" small />
      <span class="ellipsis">{name() ? `Reference: ${name()}` : 'No reference'}</span>
      <Icon name="chevron-down" small />
    </Menu>
  );
}
