import { Show } from 'solid-js';
import { Icon } from '../kit/Icon';
import { NameField } from '../projects/NameField';
import { renamingTrackId, setRenamingTrackId } from '../state/layout';

export interface StripNameProps {
  trackId: string;
  name: string;
  /** Its fader moves with others. */
  linked?: boolean;
  onRename: (name: string) => void;
}

/** The name at the foot of a strip. Double-click or F2 renames. */
export function StripName(props: StripNameProps) {
  return (
    <Show
      when={renamingTrackId() !== props.trackId}
      fallback={
        <div class="strip-name">
          <NameField
            label="Track name"
            name={props.name}
            onDone={(name) => {
              setRenamingTrackId(null);
              if (name !== null) props.onRename(name);
            }}
          />
        </div>
      }
    >
      <button
        type="button"
        class="strip-name"
        data-strip-part="name"
        data-tip={`${props.name}.${props.linked ? ' Its fader is linked.' : ''} Double-click renames`}
        onDblClick={() => setRenamingTrackId(props.trackId)}
      >
        <Show when={props.linked}>
          <Icon name="link" small class="strip-link" />
        </Show>
        <span>{props.name}</span>
      </button>
    </Show>
  );
}
