import { createChainSound } from './chainSound';
import { FieldCards } from './FieldCards';
import { LoudnessCard } from './LoudnessCard';
import { ReferenceMenu } from './ReferenceMenu';
import { SpectrumCard } from './SpectrumCard';

/** What comes out, as pictures: over frequency, over time, over the stereo field. */
export function AnalysisColumn() {
  const sound = createChainSound();
  return (
    <section class="master-column master-analysis scrolls" aria-label="Analysis">
      <header>
        <h2>Analysis</h2>
        <span class="grow" />
        <ReferenceMenu />
      </header>
      <SpectrumCard sound={sound} />
      <LoudnessCard />
      <FieldCards sound={sound} />
    </section>
  );
}
