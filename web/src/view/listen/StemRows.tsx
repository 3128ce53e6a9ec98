import { createMemo, For } from 'solid-js';
import type { Listening } from '../../bridge/listen/listening';
import type { Studio } from '../../bridge/studioTypes';
import { silencedBySolo } from '../../commands/solo';
import { TooltipLayer } from '../kit/Tooltip';
import { StemRow } from './StemRow';
import './stems.css';

/** A row for each track, played by the engine. */
export default function StemRows(props: { studio: Studio; listening: Listening }) {
  const ids = createMemo(() => props.studio.project().tracks.map(({ id }) => id), undefined, {
    equals: (a, b) => a.join() === b.join(),
  });
  const silenced = createMemo(() => silencedBySolo(props.studio.project().tracks));
  const alerts = () => props.studio.messages.list().filter(({ kind }) => kind === 'alert');
  return (
    <>
      <div class="stem-rows">
        <For each={ids()}>
          {(id) => (
            <StemRow
              trackId={id}
              studio={props.studio}
              listening={props.listening}
              silenced={silenced().has(id)}
            />
          )}
        </For>
      </div>
      <For each={alerts()}>
        {(message) => (
          <p class="stems-alert" role="alert">
            {message.text}
          </p>
        )}
      </For>
      <TooltipLayer />
    </>
  );
}
