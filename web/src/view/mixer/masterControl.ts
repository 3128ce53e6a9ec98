import { setMasterParam } from '../../commands/strips';
import { useStudio } from '../state/studio';

/** The handlers of the master's fader. */
export function createMasterVolume() {
  const studio = useStudio();
  const patches = (value: number) => setMasterParam(studio.project(), { param: 'volumeDb', value });
  return {
    onPreview: (value: number) => studio.doc.preview(patches(value)),
    onCommit: (value: number) => studio.doc.commit('Master volume', patches(value)),
    onCancel: () => studio.doc.preview(null),
  };
}
