import type { Studio } from '../../bridge/studioTypes';
import { toggleLoop as toggleLoopOf } from '../../commands/timeline';

export function toggleLoop(studio: Studio): void {
  const project = studio.project();
  studio.doc.commit(project.loop.on ? 'Loop off' : 'Loop on', toggleLoopOf(project));
}
