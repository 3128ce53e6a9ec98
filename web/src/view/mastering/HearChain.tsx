import { Switch } from '../kit/Button';
import { useStudio } from '../state/studio';

/** Whether the chain is heard in the other rooms too. */
export function HearChain() {
  const studio = useStudio();
  return (
    <Switch
      label="Heard in all rooms"
      on={studio.project().mastering.on}
      onChange={(on) =>
        studio.doc.commit(on ? 'Hear the chain in all rooms' : 'Hear the chain in the Master room alone', [
          { op: 'mastering.set', fields: { on } },
        ])
      }
    />
  );
}
