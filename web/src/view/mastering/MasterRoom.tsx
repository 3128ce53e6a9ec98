import { Show } from 'solid-js';
import { Button } from '../kit/Button';
import { Icon } from '../kit/Icon';
import { fixed, levelText, typographic } from '../kit/valueText';
import { createLevelReadouts } from '../mixer/levelReadouts';
import { MasterStrip } from '../mixer/MasterStrip';
import { OutlineView } from '../mixer/OutlineView';
import { showDialog } from '../state/dialogs';
import { useStudio } from '../state/studio';
import './masterRoom.css';

/** The levels of the master bus in large figures, with what they mean. */
function LevelsCard() {
  const studio = useStudio();
  const levels = createLevelReadouts((into) => studio.meters.read('master', into));
  const heard = () => levels.maxPeakDb() >= -60;
  const over = () => levels.maxPeakDb() >= 0;
  const words = () => {
    if (!heard()) return 'Play the song: the highest peak is kept here.';
    if (over()) {
      const lower = fixed(levels.maxPeakDb() + 0.1, 1);
      return `Over full scale: lower the master by ${lower} dB or more, or export 32 bit float.`;
    }
    return `${fixed(-levels.maxPeakDb(), 1)} dB left to full scale so far.`;
  };
  return (
    <section class="master-figures" aria-label="Levels">
      <h2>Levels</h2>
      <span class="caption">Highest peak</span>
      <div class="huge" classList={{ over: over() }}>
        {levelText(levels.maxPeakDb())} <small>dBFS</small>
      </div>
      <dl>
        <dt>Peak now</dt>
        <dd>{typographic(levelText(levels.peakDb()))}</dd>
        <dt>RMS, 300 ms</dt>
        <dd>{typographic(levelText(levels.rmsDb()))}</dd>
      </dl>
      <p class="verdict">
        <Show when={heard()}>
          <Icon
            name={over() ? 'triangle-alert' : 'circle-check'}
            small
            class={over() ? 'attention' : 'passed'}
          />
        </Show>
        {words()}
      </p>
      <Button onClick={() => studio.meters.resetPeaks('master')}>Measure anew</Button>
    </section>
  );
}

/** What there is of the master today: its bus, measured and set, and the way to the file. */
export default function MasterRoom() {
  const studio = useStudio();
  return (
    <section class="master-room" aria-label="Master room">
      <MasterStrip />
      <div class="master-middle scrolls">
        <section class="master-card tall" aria-label="The whole song">
          <h2>The whole song</h2>
          <OutlineView />
        </section>
        <section class="master-card master-words" aria-label="What is here">
          <h2>The master bus</h2>
          <p>
            Everything on the strips comes together here, and this is what the export writes: the sum of all
            tracks through this fader, with nothing after it. 3 to 6 dB of headroom is a good mix to hand on.
          </p>
          <p>
            This version has no equaliser, dynamics, limiter or loudness target on the master. Export 32 bit
            float to carry the mix into another tool without loss.
          </p>
        </section>
      </div>
      <section class="master-side" aria-label="Levels and export">
        <LevelsCard />
        <span class="grow" />
        <Button large disabled={!studio.transport.canPlay()} onClick={() => showDialog('export')}>
          Write the mix to a file…
        </Button>
      </section>
    </section>
  );
}
