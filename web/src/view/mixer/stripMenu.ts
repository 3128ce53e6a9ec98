import type { Studio } from '../../bridge/studioTypes';
import { stripParams } from '../../generated/devices';
import type { Id } from '../../model/types';
import type { MenuEntries } from '../kit/Menu';
import { typographic } from '../kit/valueText';
import { toggleSolo, withSelection } from '../tracks/trackActions';
import { trackMenuEntries } from '../tracks/trackMenu';
import { chainEntries, routingEntries } from './outputMenu';
import { turnSwitch } from './stripSwitches';

const panLaws = stripParams.find((param) => param.id === 'panLaw')?.choices ?? [];

/** What a strip has beyond its track, of all tracks meant: solo, polarity, pan law. */
function ownEntries(studio: Studio, trackId: Id): MenuEntries {
  const track = studio.project().tracks.find(({ id }) => id === trackId);
  if (!track) return [];
  const ids = withSelection(trackId);
  const { params } = track;
  const at = document
    .querySelector(`.strip[data-track="${trackId}"] .strip-inserts`)
    ?.getBoundingClientRect();
  return [
    ...chainEntries(
      studio,
      trackId,
      at ?? new DOMRect(window.innerWidth / 2 - 240, window.innerHeight / 4, 0, 0),
    ),
    { kind: 'line' },
    ...routingEntries(studio, ids),
    { kind: 'line' },
    {
      label: 'Solo alone',
      icon: 'headphones',
      note: 'Alt-click S',
      run: () => toggleSolo(studio, ids, true),
    },
    {
      label: 'Solo safe',
      checked: params.soloSafe > 0,
      run: () => turnSwitch(studio, trackId, 'soloSafe'),
    },
    {
      label: 'Turn polarity',
      checked: params.polarity > 0,
      run: () => turnSwitch(studio, trackId, 'polarity'),
    },
    {
      kind: 'submenu',
      label: 'Pan law',
      icon: 'arrow-left-right',
      entries: panLaws.map((name, value) => ({
        label: typographic(name),
        checked: params.panLaw === value,
        run: () =>
          studio.doc.commit(
            'Pan law',
            ids.map((id) => ({ op: 'track.param', trackId: id, param: 'panLaw', value })),
          ),
      })),
    },
    { label: 'Reset peak', icon: 'rotate-ccw', run: () => studio.meters.resetPeaks(trackId) },
    { kind: 'line' },
  ];
}

/** The menu of a channel strip: its track's, with its own before the last group. */
export function stripMenuEntries(studio: Studio, trackId: Id): MenuEntries {
  const entries = trackMenuEntries(studio, trackId);
  const lastGroup = entries.findLastIndex((entry) => entry.kind === 'line') + 1;
  return [...entries.slice(0, lastGroup), ...ownEntries(studio, trackId), ...entries.slice(lastGroup)];
}
