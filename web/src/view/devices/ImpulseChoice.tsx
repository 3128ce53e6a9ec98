import { setImpulse } from '../../commands/inserts';
import { Select } from '../kit/Choice';
import { useStudio } from '../state/studio';
import type { PlacedDevice } from './chain';

/** The impulse responses that a convolution can play: those of Mixwell, and those of the project. */
export function ImpulseChoice(props: { device: PlacedDevice }) {
  const studio = useStudio();
  const known = () => [...studio.impulses.builtin, ...studio.impulses.own()];
  const value = () => props.device.impulseId ?? studio.impulses.standardId;
  const options = () => {
    const named = known().map(({ id, name }) => ({ value: id, label: name }));
    return named.some((option) => option.value === value())
      ? named
      : [{ value: value(), label: 'Missing' }, ...named];
  };
  const choose = (chosen: string) => {
    const { ownerId, place } = props.device;
    if (place.kind !== 'insert') return;
    studio.doc.commit(
      'Choose impulse response',
      setImpulse(studio.project(), { ownerId, insertId: place.insertId, impulseId: chosen }),
    );
  };
  return (
    <span class="param-choice impulse-choice">
      <Select class="small" label="Impulse" options={options()} value={value()} onChange={choose} />
    </span>
  );
}
