import { createMemo, For, Show } from 'solid-js';
import type { Id, Track } from '../../model/types';
import { Knob } from '../kit/Knob';
import { type MenuEntries, showMenu } from '../kit/Menu';
import { panSpec, volumeSpec } from '../kit/valueSpec';
import { levelText } from '../kit/valueText';
import { useStudio } from '../state/studio';
import { revealLane } from '../tracks/automation/shownLanes';
import { feeds } from './routing';
import { createSendGain, firstSendDb, removeSend, sendTo, setSend } from './sendActions';

const pans = [-100, -50, 0, 50, 100];

/** One way to a return bus: how much, and by its menu where from and where to. */
function SendRow(props: { track: Track; bus: Track; knobSize?: number; caption?: boolean }) {
  const studio = useStudio();
  const send = () => sendTo(props.track, props.bus.id);
  const refused = () => !send() && feeds(studio.project(), props.bus.id, props.track.id);
  const gain = createSendGain(
    studio,
    () => props.track,
    props.bus.id,
    () => props.bus.name,
  );
  const trackId = (): Id => props.track.id;
  const entries = (): MenuEntries => {
    const now = send();
    if (!now) return [{ label: 'Send at −12 dB', icon: 'plus', run: () => gain.onCommit(firstSendDb) }];
    return [
      {
        label: 'On',
        checked: now.on,
        run: () => setSend(studio, trackId(), now, { on: !now.on }, now.on ? 'Send off' : 'Send on'),
      },
      {
        label: 'Before the fader',
        checked: now.pre,
        run: () =>
          setSend(
            studio,
            trackId(),
            now,
            { pre: !now.pre },
            now.pre ? 'Send after the fader' : 'Send before the fader',
          ),
      },
      {
        kind: 'submenu',
        label: `Pan ${panSpec.format(now.pan)}`,
        icon: 'arrow-left-right',
        entries: pans.map((pan) => ({
          label: panSpec.format(pan),
          checked: now.pan === pan,
          run: () => setSend(studio, trackId(), now, { pan }, 'Pan of the send'),
        })),
      },
      {
        label: 'Show automation',
        icon: 'activity',
        run: () => revealLane(trackId(), { kind: 'send', targetId: now.id, param: 'gainDb' }),
      },
      { kind: 'line' },
      {
        label: 'Remove the send',
        icon: 'trash',
        danger: true,
        run: () => removeSend(studio, trackId(), now, props.bus.name),
      },
    ];
  };
  const menu = (event: MouseEvent) => {
    event.preventDefault();
    event.stopPropagation();
    showMenu(event, `Send to ${props.bus.name}`, entries());
  };
  return (
    <Show when={!refused()} fallback={<div class="send" />}>
      <div
        class="send"
        classList={{ absent: !send(), off: send()?.on === false, pre: send()?.pre === true }}
        onContextMenu={menu}
        onPointerUp={(event) => {
          if (event.button === 0 && !send() && (event.target as Element).closest('.knob'))
            gain.onCommit(firstSendDb);
        }}
      >
        <Show when={props.caption}>
          <span class="send-name ellipsis" aria-hidden="true">
            {props.bus.name}
          </span>
        </Show>
        <Knob
          label={`Send to ${props.bus.name}`}
          hint={gain.overruled ?? (send()?.pre ? 'Before the fader' : undefined)}
          size={props.knobSize ?? 22}
          number
          text={levelText(gain.value)}
          value={gain.value}
          spec={volumeSpec}
          onPreview={gain.onPreview}
          onCommit={gain.onCommit}
          onCancel={gain.onCancel}
        />
      </div>
    </Show>
  );
}

/** A row for every return bus of the project, so that those of all strips stand in line. */
export function SendRows(props: { track: Track; knobSize?: number; captions?: boolean }) {
  const studio = useStudio();
  const returnIds = createMemo(
    () =>
      studio
        .project()
        .tracks.filter(({ role }) => role === 'return')
        .map(({ id }) => id),
    undefined,
    { equals: (a, b) => a.length === b.length && a.every((id, index) => id === b[index]) },
  );
  const busOf = (id: Id) => studio.project().tracks.find((track) => track.id === id);
  return (
    <div class="strip-sends" role="group" aria-label="Sends">
      <For each={returnIds()}>
        {(id) => (
          <Show when={busOf(id)}>
            {(bus) => (
              <SendRow track={props.track} bus={bus()} knobSize={props.knobSize} caption={props.captions} />
            )}
          </Show>
        )}
      </For>
    </div>
  );
}
