import { For } from 'solid-js';
import { type Room, room, rooms, setRoom } from '../state/room';

export const tabId = (id: Room) => `tab-${id}`;
export const panelId = 'room';

/** Arrange, Mix, Master. */
export function Rooms(props: { class?: string }) {
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    event.stopPropagation();
    const index = rooms.findIndex(({ id }) => id === room());
    const next = rooms[(index + step + rooms.length) % rooms.length];
    if (!next) return;
    setRoom(next.id);
    document.getElementById(tabId(next.id))?.focus();
  };
  return (
    <div class={`rooms ${props.class ?? ''}`} role="tablist" aria-label="Rooms" onKeyDown={onKeyDown}>
      <For each={rooms}>
        {({ id, name }, index) => (
          <button
            type="button"
            role="tab"
            id={tabId(id)}
            aria-selected={room() === id}
            aria-controls={panelId}
            tabIndex={room() === id ? 0 : -1}
            data-keys={String(index() + 1)}
            data-tip={`${name} room`}
            onClick={() => setRoom(id)}
          >
            {name}
          </button>
        )}
      </For>
    </div>
  );
}
