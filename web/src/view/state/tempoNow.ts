import { type Accessor, createEffect, createSignal } from 'solid-js';
import { segmentAt, type TempoSegment } from '../../model/tempo';
import { onFrame } from '../kit/frameLoop';
import { useStudio } from './studio';

const same = (a: TempoSegment, b: TempoSegment): boolean =>
  a.startFrame === b.startFrame &&
  a.bpm === b.bpm &&
  a.beatsPerBar === b.beatsPerBar &&
  a.beatUnit === b.beatUnit;

/** Reactive: the stretch of the tempo map that the playhead is in. */
export function createTempoNow(): Accessor<TempoSegment> {
  const studio = useStudio();
  const [now, setNow] = createSignal(segmentAt(studio.project(), studio.transport.positionFrames()), {
    equals: same,
  });
  createEffect(() => {
    const project = studio.project();
    const read = () => setNow(segmentAt(project, studio.transport.positionFrames()));
    read();
    if (project.tempoChanges.length > 0) onFrame(read);
  });
  return now;
}
