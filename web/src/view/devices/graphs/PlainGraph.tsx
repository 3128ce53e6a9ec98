import type { DeviceGraphProps } from '../deviceGraph';

/** For a device without a picture of its own. */
export function PlainGraph(props: DeviceGraphProps) {
  return <div class="plain-graph" data-device={props.deviceId} aria-hidden="true" />;
}
