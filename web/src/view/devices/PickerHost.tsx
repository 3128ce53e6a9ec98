import { lazy, Show } from 'solid-js';
import { pickerPlace } from './openDevice';

const Picker = lazy(() => import('./Picker'));

/** Mounted once by the app. The picker itself comes when it is opened first. */
export function PickerHost() {
  return (
    <Show when={pickerPlace()} keyed>
      {(place) => <Picker place={place} />}
    </Show>
  );
}
