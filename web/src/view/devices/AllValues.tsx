import { For } from 'solid-js';
import type { ParamValues, ParamWriter } from './deviceGraph';
import { deviceInfo } from './deviceTable';
import { ParamControl } from './ParamControl';

export interface AllValuesProps {
  deviceId: string;
  values: ParamValues;
  write: ParamWriter;
  automated: (id: string) => boolean;
  onAutomate: (id: string) => void;
}

/** Every value of a device, in the place of its picture. */
export function AllValues(props: AllValuesProps) {
  const info = () => deviceInfo(props.deviceId);
  const params = () => (info()?.params ?? []).filter(({ id }) => id !== 'on');
  return (
    <div class="all-values scrolls" role="group" aria-label="All values">
      <For each={params()}>
        {(param) => (
          <ParamControl
            captioned
            param={param}
            label={param.name}
            values={props.values}
            write={props.write}
            deviceName={info()?.name ?? ''}
            automated={props.automated(param.id)}
            onAutomate={props.onAutomate}
          />
        )}
      </For>
    </div>
  );
}
