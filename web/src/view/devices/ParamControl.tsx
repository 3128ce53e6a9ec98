import { Match, Switch as SolidSwitch } from 'solid-js';
import type { ParamInfo } from '../../generated/devices';
import { Switch } from '../kit/Button';
import { Select } from '../kit/Choice';
import { showMenu } from '../kit/Menu';
import { ValueField } from '../kit/ValueField';
import type { ParamValues, ParamWriter } from './deviceGraph';
import { choiceName, shownValue, specOf } from './paramSpec';

export interface ParamControlProps {
  param: ParamInfo;
  label: string;
  values: ParamValues;
  write: ParamWriter;
  /** Before the label in the name of the undo step: "Compressor". */
  deviceName: string;
  /** A lane automates it. */
  automated?: boolean;
  /** Shows the lane of the value with this id. */
  onAutomate?: (id: string) => void;
  /** Shows the label of a choice too. */
  captioned?: boolean;
  hint?: string;
}

/** One value of a device as its kind wants it: a number to drag and type, a list of choices, a switch. */
export function ParamControl(props: ParamControlProps) {
  const value = () => props.values[props.param.id] ?? props.param.default;
  const step = () => `${props.deviceName} ${props.label.toLowerCase()}`;
  const commit = (number: number) => props.write.commit(step(), { [props.param.id]: number });
  const openMenu = (event: MouseEvent) => {
    if (props.param.changesLatency !== 0) return;
    event.preventDefault();
    event.stopPropagation();
    showMenu(event, props.label, [
      { label: 'Show automation', icon: 'activity', run: () => props.onAutomate?.(props.param.id) },
    ]);
  };
  return (
    <SolidSwitch>
      <Match when={props.param.kind === 'continuous'}>
        <ValueField
          caption
          class={props.automated ? 'automated' : ''}
          label={props.label}
          value={value()}
          spec={specOf(props.param)}
          text={shownValue(props.param, value())}
          hint={props.hint}
          onMenu={openMenu}
          onPreview={(number) => props.write.preview({ [props.param.id]: number })}
          onCommit={commit}
          onCancel={() => props.write.cancel()}
        />
      </Match>
      <Match when={props.param.kind === 'choice'}>
        <span
          class="param-choice"
          classList={{ captioned: props.captioned, automated: props.automated }}
          onContextMenu={openMenu}
        >
          {props.captioned ? <span aria-hidden="true">{props.label}</span> : null}
          <Select
            class="small"
            label={props.label}
            options={props.param.choices.map((choice, index) => ({
              value: String(index),
              label: choiceName(choice),
            }))}
            value={String(value())}
            onChange={(chosen) => commit(Number(chosen))}
          />
        </span>
      </Match>
      <Match when={props.param.kind === 'switch'}>
        <span class="param-switch" classList={{ automated: props.automated }} onContextMenu={openMenu}>
          <Switch label={props.label} on={value() !== 0} onChange={(on) => commit(on ? 1 : 0)} />
        </span>
      </Match>
    </SolidSwitch>
  );
}
