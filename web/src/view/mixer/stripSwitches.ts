import type { Studio } from '../../bridge/studioTypes';
import { toggleSwitch } from '../../commands/strips';
import type { Id } from '../../model/types';
import { withSelection } from '../tracks/trackActions';

const labels = { polarity: 'Polarity', soloSafe: 'Solo safe' } as const;

/** Turns a switch of a strip over, and with it those of the tracks selected along. */
export function turnSwitch(studio: Studio, trackId: Id, param: keyof typeof labels): void {
  const trackIds = withSelection(trackId);
  studio.doc.commit(labels[param], toggleSwitch(studio.project(), { trackIds, param }));
}
