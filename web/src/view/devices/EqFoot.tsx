import { createMemo, For, Show } from 'solid-js';
import type { ParamInfo } from '../../generated/devices';
import { IconButton } from '../kit/Button';
import type { ParamValues, ParamWriter } from './deviceGraph';
import { cutParams, paramOf } from './deviceTable';
import { bandsOn, type EqPart, freeBand, numbersOfType, partIds } from './eqParts';
import { ParamControl } from './ParamControl';

export interface EqFootProps {
  values: ParamValues;
  write: ParamWriter;
  part: EqPart | null;
  onChoose: (part: EqPart | null) => void;
  automated: (id: string) => boolean;
  onAutomate: (id: string) => void;
}

const cutNames = { low: 'Low cut', high: 'High cut' } as const;

/** The bands as buttons, and the numbers of the one that is chosen. */
export function EqFoot(props: EqFootProps) {
  const hasCuts = () => 'cut.lowCutOn' in props.values;
  const bands = () => bandsOn(props.values);
  const part = createMemo<EqPart | null>(() => {
    const chosen = props.part;
    if (chosen === 'low' || chosen === 'high') return hasCuts() ? chosen : null;
    if (chosen !== null && bands().includes(chosen)) return chosen;
    return bands()[0] ?? null;
  });
  const infoOf = (id: string | undefined): ParamInfo | undefined =>
    id === undefined
      ? undefined
      : id.startsWith('cut.')
        ? cutParams.find((param) => param.id === id)
        : paramOf('eq', id);
  const typeName = () => {
    const chosen = part();
    if (chosen === null) return '';
    if (typeof chosen === 'string') return chosen === 'low' ? 'lowcut' : 'highcut';
    const id = `band${chosen}.type`;
    return paramOf('eq', id)?.choices[props.values[id] ?? 0] ?? '';
  };
  const cutIsOn = (cut: 'low' | 'high') => (props.values[`cut.${cut}CutOn`] ?? 0) !== 0;
  const addBand = () => {
    const band = freeBand(props.values);
    if (band === null) return;
    props.write.commit(`EQ band ${band}`, { [`band${band}.on`]: 1 });
    props.onChoose(band);
  };
  const remove = (chosen: EqPart) => {
    const name = typeof chosen === 'string' ? cutNames[chosen] : `band ${chosen}`;
    props.write.commit(`EQ ${name} off`, { [partIds(chosen).on]: 0 });
    props.onChoose(null);
  };
  const pressCut = (cut: 'low' | 'high') => {
    if (!cutIsOn(cut)) props.write.commit(`EQ ${cutNames[cut].toLowerCase()}`, { [partIds(cut).on]: 1 });
    props.onChoose(cut);
  };
  const control = (id: string | undefined, label: string) => (
    <Show when={infoOf(id)} keyed>
      {(param) => (
        <ParamControl
          param={param}
          label={label}
          values={props.values}
          write={props.write}
          deviceName={typeof part() === 'string' ? 'EQ' : `EQ band ${part()}`}
          automated={props.automated(param.id)}
          onAutomate={props.onAutomate}
        />
      )}
    </Show>
  );

  return (
    <>
      <div class="eq-bands" role="group" aria-label="Bands">
        <Show when={hasCuts()}>
          <button
            type="button"
            aria-label="Low cut"
            data-tip="Low cut"
            aria-pressed={part() === 'low'}
            classList={{ on: part() === 'low', idle: !cutIsOn('low') }}
            onClick={() => pressCut('low')}
          >
            LC
          </button>
        </Show>
        <For each={bands()}>
          {(band) => (
            <button
              type="button"
              aria-label={`Band ${band}`}
              aria-pressed={part() === band}
              classList={{ on: part() === band }}
              onClick={() => props.onChoose(band)}
            >
              {band}
            </button>
          )}
        </For>
        <Show when={freeBand(props.values) !== null}>
          <button type="button" class="idle" aria-label="Add a band" data-tip="Add a band" onClick={addBand}>
            +
          </button>
        </Show>
        <Show when={hasCuts()}>
          <button
            type="button"
            aria-label="High cut"
            data-tip="High cut"
            aria-pressed={part() === 'high'}
            classList={{ on: part() === 'high', idle: !cutIsOn('high') }}
            onClick={() => pressCut('high')}
          >
            HC
          </button>
        </Show>
      </div>
      <Show when={!hasCuts() && paramOf('eq', 'phase')} keyed>
        {(param) => (
          <span
            data-tip={
              props.values.phase
                ? 'Linear phase: late by about 0.2 s, and sharp low bands ring before a hit too'
                : 'Minimum phase: no latency, no ringing before a hit'
            }
          >
            <ParamControl
              param={param}
              label="Phase"
              values={props.values}
              write={props.write}
              deviceName="EQ"
            />
          </span>
        )}
      </Show>
      <Show when={part()} keyed fallback={<span class="text-3 foot-hint">Add a band to begin</span>}>
        {(chosen) => {
          const ids = partIds(chosen);
          return (
            <>
              {control(ids.type, 'Type')}
              <Show when={numbersOfType(typeName()).has('slope')}>{control(ids.slope, 'Slope')}</Show>
              <Show when={typeof chosen === 'number' && !hasCuts()}>
                {control(`band${chosen}.channels`, 'Channels')}
              </Show>
              <div class="foot-values">
                {control(ids.freqHz, 'Freq')}
                <Show when={numbersOfType(typeName()).has('gainDb')}>{control(ids.gainDb, 'Gain')}</Show>
                <Show when={typeof chosen === 'number' && numbersOfType(typeName()).has('q')}>
                  {control(ids.q, 'Q')}
                </Show>
                <span class="grow" />
                <IconButton
                  small
                  icon="trash"
                  label={
                    typeof chosen === 'string'
                      ? `Switch the ${cutNames[chosen].toLowerCase()} off`
                      : `Remove band ${chosen}`
                  }
                  onClick={() => remove(chosen)}
                />
              </div>
            </>
          );
        }}
      </Show>
    </>
  );
}
