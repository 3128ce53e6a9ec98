import { useStudio } from '../state/studio';
import { createMasterControl } from '../tracks/automation/stripControls';

/** What the master's fader takes. */
export const createMasterVolume = () => createMasterControl(useStudio(), 'volumeDb', 'Master volume');
