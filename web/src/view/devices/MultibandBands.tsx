import { createSignal, For, Show } from 'solid-js';
import { onFrame } from '../kit/frameLoop';
import type { DeviceProbe, ParamValues, ParamWriter } from './deviceGraph';
import { deviceInfo, paramOf } from './deviceTable';
import type { EqPart } from './eqParts';
import { ParamControl } from './ParamControl';

interface MultibandBandsProps {
  values: ParamValues;
  write: ParamWriter;
  probe: DeviceProbe;
  part: EqPart | null;
  onChoose: (part: EqPart | null) => void;
  automated: (id: string) => boolean;
  onAutomate: (id: string) => void;
}

const bands = [
  { number: 1, name: 'Low' },
  { number: 2, name: 'Low mid' },
  { number: 3, name: 'High mid' },
  { number: 4, name: 'High' },
];
const rows = [
  ['thresholdDb', 'Threshold'],
  ['ratio', 'Ratio'],
  ['attackMs', 'Attack'],
  ['releaseMs', 'Release'],
  ['gainDb', 'Gain'],
] as const;
const lamps = [
  { id: 'solo', letter: 'S', label: 'Solo', kind: 'solo' },
  { id: 'bypass', letter: 'B', label: 'Bypass', kind: 'mute' },
] as const;
/** The bar is full here. */
const mostReductionDb = 12;

/** Every band's numbers and switches side by side, with what it takes away now. */
export function MultibandBands(props: MultibandBandsProps) {
  const places = bands.map(
    ({ number }) =>
      deviceInfo('multiband')?.readouts.findIndex(({ id }) => id === `band${number}.reductionDb`) ?? -1,
  );
  const [shares, setShares] = createSignal<readonly number[]>([0, 0, 0, 0]);
  onFrame(() => {
    const readouts = props.probe.read()?.readouts;
    const next = places.map((place) =>
      Math.round(100 * Math.min(1, Math.max(0, -(readouts?.[place] ?? 0) / mostReductionDb))),
    );
    if (next.some((share, at) => share !== shares()[at])) setShares(next);
  });
  return (
    <div class="multiband-bands">
      <For each={bands}>
        {({ number, name }, index) => {
          const id = (end: string) => `band${number}.${end}`;
          const isOn = (end: string) => (props.values[id(end)] ?? 0) !== 0;
          return (
            <div
              class="multiband-band"
              role="group"
              aria-label={`${name} band`}
              classList={{ on: props.part === number, bypassed: isOn('bypass') }}
              onFocusIn={() => props.onChoose(number)}
              onPointerDown={() => props.onChoose(number)}
            >
              <div class="band-head">
                <b class="ellipsis">{name}</b>
                <For each={lamps}>
                  {(lamp) => (
                    <button
                      type="button"
                      class={`lamp ${lamp.kind}`}
                      classList={{ on: isOn(lamp.id) }}
                      aria-label={`${lamp.label} ${name}`}
                      aria-pressed={isOn(lamp.id)}
                      data-tip={`${lamp.label} this band`}
                      onClick={() =>
                        props.write.commit(`Multiband ${name.toLowerCase()} ${lamp.label.toLowerCase()}`, {
                          [id(lamp.id)]: isOn(lamp.id) ? 0 : 1,
                        })
                      }
                    >
                      {lamp.letter}
                    </button>
                  )}
                </For>
              </div>
              <div class="band-reduction" aria-hidden="true">
                <i style={{ width: `${shares()[index()]}%` }} />
              </div>
              <For each={rows}>
                {([end, label]) => (
                  <Show when={paramOf('multiband', id(end))} keyed>
                    {(param) => (
                      <ParamControl
                        param={param}
                        label={label}
                        values={props.values}
                        write={props.write}
                        deviceName={`Multiband ${name.toLowerCase()}`}
                        automated={props.automated(param.id)}
                        onAutomate={props.onAutomate}
                      />
                    )}
                  </Show>
                )}
              </For>
            </div>
          );
        }}
      </For>
    </div>
  );
}
