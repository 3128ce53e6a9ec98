import { lazy, onCleanup, onMount, Show } from 'solid-js';
import { pickerPlace } from './openDevice';

const Picker = lazy(() => import('./Picker'));

const preloadAfterMs = 1500;

/** Mounted once by the app. The picker itself comes once the page has settled, at the latest when it is opened. */
export function PickerHost() {
  onMount(() => {
    const timer = setTimeout(() => void Picker.preload(), preloadAfterMs);
    onCleanup(() => clearTimeout(timer));
  });
  return (
    <Show when={pickerPlace()} keyed>
      {(place) => <Picker place={place} />}
    </Show>
  );
}
