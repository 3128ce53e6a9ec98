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
  /** The EQ of a strip, which has the cuts, has not all that the insert has. */
  const has = (id: string) => !('cut.lowCutOn' in props.values) || id in props.values;
  const params = () => (info()?.params ?? []).filter(({ id }) => id !== 'on' && has(id));
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
