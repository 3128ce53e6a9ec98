import { fixed, typographic } from '../kit/valueText';

export interface MeasureProps {
  /** What screen readers and tools find it by. */
  name: string;
  /** What the eye reads, where the name is too long. */
  label?: string;
  /** Null and minus infinity are shown as a dash. */
  value: number | null;
  unit: string;
  /** The unit is understood where figures stand close. */
  hideUnit?: boolean;
  /** One where nothing else is said. */
  decimals?: number;
}

const lowest = -70;

/** A measured figure with its name, in a list of them. */
export function Measure(props: MeasureProps) {
  const known = () => props.value !== null && props.value > lowest;
  const figure = () => (known() ? fixed(props.value ?? 0, props.decimals ?? 1) : '–');
  return (
    <div class="measure">
      <dt>{props.label ?? props.name}</dt>
      <dd classList={{ unknown: !known() }}>
        <span
          role="meter"
          aria-label={props.name}
          aria-valuemin={lowest}
          aria-valuemax={30}
          aria-valuenow={known() ? Math.min(30, props.value ?? 0) : lowest}
          aria-valuetext={known() ? `${figure()} ${props.unit}` : 'nothing measured'}
        >
          {typographic(figure())}
          <small classList={{ hidden: props.hideUnit }}> {props.unit}</small>
        </span>
      </dd>
    </div>
  );
}
