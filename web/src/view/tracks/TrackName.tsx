import { onMount, Show } from 'solid-js';
import type { Track } from '../../model/types';
import { renamingTrackId, setRenamingTrackId } from '../state/layout';

export interface TrackNameProps {
  track: Track;
  selected: boolean;
  /** Only one name of the list is in the tab order. */
  inTabOrder: boolean;
  onRename: (name: string) => void;
}

function NameInput(props: { name: string; onRename: (name: string) => void }) {
  let input!: HTMLInputElement;
  let done = false;
  const close = (commit: boolean) => {
    if (done) return;
    done = true;
    const typed = input.value.trim();
    if (commit && typed !== '' && typed !== props.name) props.onRename(typed);
    setRenamingTrackId(null);
  };
  onMount(() => {
    input.focus();
    input.select();
  });
  return (
    <input
      ref={input}
      class="track-name-input"
      type="text"
      value={props.name}
      maxLength={200}
      spellcheck={false}
      autocomplete="off"
      aria-label="Track name"
      onPointerDown={(event) => event.stopPropagation()}
      onDblClick={(event) => event.stopPropagation()}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key !== 'Enter' && event.key !== 'Escape') return;
        event.preventDefault();
        const head = input.closest<HTMLElement>('.track-head');
        close(event.key === 'Enter');
        head?.querySelector<HTMLElement>('.track-name')?.focus();
      }}
      onBlur={() => close(true)}
    />
  );
}

/** The name of a track; a double click, or F2, types it in place. */
export function TrackName(props: TrackNameProps) {
  return (
    <Show
      when={renamingTrackId() === props.track.id}
      fallback={
        <button
          type="button"
          class="track-name ellipsis"
          tabIndex={props.inTabOrder ? 0 : -1}
          aria-pressed={props.selected}
          onDblClick={() => setRenamingTrackId(props.track.id)}
        >
          {props.track.name}
        </button>
      }
    >
      <NameInput name={props.track.name} onRename={props.onRename} />
    </Show>
  );
}
