import { createMemo, lazy, Show, Suspense } from 'solid-js';
import { deviceAt } from '../devices/chain';
import { insertCount } from '../devices/deviceActions';
import { deviceInfo } from '../devices/deviceTable';
import { type OpenedDevice, setPhoneDevice } from '../devices/openDevice';
import { Dialog } from '../kit/Dialog';
import { useStudio } from '../state/studio';

const DevicePanel = lazy(async () => ({ default: (await import('../devices/DevicePanel')).DevicePanel }));

/** The panel of one device over the phone's page. */
export function PhoneDevice(props: { opened: OpenedDevice }) {
  const studio = useStudio();
  const device = createMemo(() => deviceAt(studio.project(), props.opened.ownerId, props.opened.key));
  const name = () => deviceInfo(device()?.deviceId ?? '')?.name ?? 'Device';
  return (
    <Show when={device()}>
      {(shown) => (
        <Dialog open title={name()} class="phone-device" onClose={() => setPhoneDevice(null)}>
          <Suspense>
            <DevicePanel
              device={shown()}
              label={name()}
              menu={{}}
              pasteIndex={insertCount(studio, props.opened.ownerId)}
            />
          </Suspense>
        </Dialog>
      )}
    </Show>
  );
}
