import { Popover } from '@kobalte/core/popover';
import { createResource, createSignal, Show } from 'solid-js';
import { Switch } from '../kit/Button';
import { Select } from '../kit/Choice';
import { Fader } from '../kit/Fader';
import { Icon } from '../kit/Icon';
import { lowestDb } from '../kit/taper';
import { listeningSpec } from '../kit/valueSpec';
import { typographic } from '../kit/valueText';
import { useStudio } from '../state/studio';

/** The listener's own: volume, output, mono and dim. None of it is in the mix or in an export. */
export function MonitorButton(props: { class?: string }) {
  const { monitor, audio } = useStudio();
  const [open, setOpen] = createSignal(false);
  const [devices] = createResource(open, async (isOpen) => (isOpen ? monitor.devices() : []));
  const silent = () => monitor.volumeDb() < lowestDb;
  const altered = () => monitor.dim() || monitor.mono() || monitor.volumeDb() !== 0;
  const trouble = () =>
    audio() === 'failed'
      ? 'The sound device does not work. Choose another output, or reload the page.'
      : audio() === 'suspended'
        ? 'The browser holds the sound until you press Play.'
        : null;
  const volumeText = () => typographic(listeningSpec.format(monitor.volumeDb()));
  return (
    <Popover gutter={6} placement="bottom-end" open={open()} onOpenChange={setOpen}>
      <Popover.Trigger
        class={`button icon-only ghost ${props.class ?? ''}`}
        classList={{ altered: altered() }}
        aria-label="Listening"
        data-tip={`Listening volume ${volumeText()}${monitor.dim() ? ', dimmed' : ''}${monitor.mono() ? ', mono' : ''}`}
      >
        <Icon name={silent() ? 'volume-x' : 'volume-2'} />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content class="popover panel-popover monitor" aria-label="Listening">
          <div class="form-row">
            <span>Volume</span>
            <Fader
              label="Monitor volume"
              orientation="horizontal"
              number
              value={monitor.volumeDb()}
              spec={listeningSpec}
              onPreview={monitor.setVolumeDb}
              onCommit={monitor.setVolumeDb}
            />
          </div>
          <div class="form-row">
            <span>Output</span>
            <Show
              when={(devices() ?? []).length > 0}
              fallback={<span class="quiet">The system's default. This browser lets no page choose.</span>}
            >
              <Select
                label="Output device"
                options={(devices() ?? []).map(({ id, label }) => ({ value: id, label }))}
                value={monitor.deviceId()}
                onChange={(id) => void monitor.setDevice(id)}
              />
            </Show>
          </div>
          <Switch label="Mono" on={monitor.mono()} onChange={monitor.setMono} />
          <Switch label="Dim by 20 dB" on={monitor.dim()} onChange={monitor.setDim} />
          <p class="form-hint">For your ears only: the mix and every export stay as they are.</p>
          <Show when={trouble()}>{(words) => <p class="form-hint attention">{words()}</p>}</Show>
        </Popover.Content>
      </Popover.Portal>
    </Popover>
  );
}
