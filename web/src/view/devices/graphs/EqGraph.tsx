import { useStudio } from '../../state/studio';
import type { DeviceGraphProps } from '../deviceGraph';
import { EqPicture } from './eqPicture';
import { graphFrom } from './PictureGraph';

/** The equaliser with the curve that is applied. */
export function EqGraph(props: DeviceGraphProps) {
  const { curves } = useStudio();
  const Graph = graphFrom(() => new EqPicture(curves));
  return <Graph {...props} />;
}
