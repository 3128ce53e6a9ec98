import { Show } from 'solid-js';
import { masteringTargets } from '../../mastering/targets';
import { Button } from '../kit/Button';
import { Select } from '../kit/Choice';
import { Icon } from '../kit/Icon';
import { typographic } from '../kit/valueText';
import { createLoudnessReadouts } from '../mixer/loudnessReadouts';
import { Measure } from '../mixer/Measure';
import { showDialog } from '../state/dialogs';
import { useStudio } from '../state/studio';
import { Checks, ChecksSum } from './Checks';
import { heardNow } from './heard';
import { ListenTo } from './ListenTo';
import { Proposal } from './Proposal';
import { Services } from './Services';
import { targetNow } from './targetNow';

const targetOptions = masteringTargets.map(({ id, name, loudnessLufs }) => ({
  value: id,
  label: loudnessLufs === null ? name : `${name} ${typographic(`${loudnessLufs} LUFS`)}`,
}));

export function TargetSelect() {
  const studio = useStudio();
  const target = targetNow(studio);
  return (
    <Select
      label="Target"
      options={targetOptions}
      value={target().id}
      onChange={(targetId) =>
        studio.doc.commit('Choose a target', [{ op: 'mastering.set', fields: { targetId } }])
      }
    />
  );
}

/** What is heard measures: as it plays, else the whole song as it was measured last. */
export function Figures() {
  const studio = useStudio();
  const { transport, mastering } = studio;
  const { song } = mastering;
  const target = targetNow(studio);
  const source = heardNow(studio);
  const now = createLoudnessReadouts(() => source().bus);
  const mastered = () => source().kind === 'master';
  const live = () => transport.playing() || measured() === null;
  const measured = () => source().measures;
  const figure = (heard: number, whole: number | null | undefined) => (live() ? heard : (whole ?? null));
  const integrated = () => figure(now.integratedLufs(), measured()?.integratedLufs);
  const truePeak = () => figure(now.truePeakDbtp(), measured()?.truePeakDbtp);
  const plr = () => {
    const [peak, loudness] = [truePeak(), integrated()];
    return peak === null || loudness === null || loudness < -70 ? null : peak - loudness;
  };
  const words = () => {
    if (live()) return 'Integrated, as played';
    return song.stale() && mastered() ? 'Integrated, before the last changes' : 'Integrated, whole song';
  };
  const verdict = () => {
    const wanted = target().loudnessLufs;
    const found = measured()?.integratedLufs;
    if (!mastered() || live() || song.stale() || wanted === null || found === null || found === undefined)
      return null;
    const miss = found - wanted;
    if (Math.abs(miss) <= target().toleranceLu) return { good: true, text: 'On target' };
    return { good: false, text: `${Math.abs(miss).toFixed(1)} LU too ${miss > 0 ? 'loud' : 'soft'}` };
  };
  return (
    <div class="figures">
      <Show when={!mastered()}>
        <p class="figures-source" classList={{ reference: source().kind === 'reference' }}>
          <Icon name="headphones" small />
          <span class="ellipsis">{source().name}</span>
        </p>
      </Show>
      <dl data-tip={live() ? undefined : 'Of the whole song; short-term and momentary at their highest'}>
        <Measure name="Integrated" label={words()} value={integrated()} unit="LUFS" />
        <Measure
          name="Short-term"
          value={figure(now.shortTermLufs(), measured()?.maxShortTermLufs)}
          unit="LUFS"
          hideUnit
        />
        <Measure
          name="Momentary"
          value={figure(now.momentaryLufs(), measured()?.maxMomentaryLufs)}
          unit="LUFS"
          hideUnit
        />
        <Measure name="Range" value={figure(now.rangeLu(), measured()?.loudnessRangeLu)} unit="LU" />
        <Measure name="True peak" value={truePeak()} unit="dBTP" />
        <Measure name="PLR" value={plr()} unit="LU" />
      </dl>
      <Show when={verdict()}>
        {(said) => (
          <span class={`verdict ${said().good ? 'ok-text' : 'warn-text'}`}>
            <Icon name={said().good ? 'circle-check' : 'triangle-alert'} small />
            {said().text}
          </span>
        )}
      </Show>
    </div>
  );
}

/** Measuring and setting of the chain by what was measured, with progress and a way out. */
export function Reach() {
  const { mastering, transport } = useStudio();
  const { song } = mastering;
  const limits = () => song.analysis()?.reached?.warnings ?? [];
  return (
    <>
      <Show
        when={song.work()}
        fallback={
          <div class="reach">
            <Button icon="target" disabled={!transport.canPlay()} onClick={() => void song.reach()}>
              Reach the target
            </Button>
            <Show when={song.analysis() === null || song.stale()}>
              <Button
                variant="ghost"
                icon="refresh-cw"
                disabled={!transport.canPlay()}
                onClick={() => void song.analyse()}
              >
                {song.analysis() ? 'Measure again' : 'Measure'}
              </Button>
            </Show>
          </div>
        }
      >
        {(work) => (
          <div class="reach working">
            <p>{work().doing}…</p>
            <Button class="slim" onClick={() => song.cancel()}>
              Cancel
            </Button>
            <div
              class="progress"
              role="progressbar"
              aria-label={work().doing}
              aria-valuemin={0}
              aria-valuemax={100}
              aria-valuenow={Math.round(100 * work().fraction)}
              style={{ '--fraction': work().fraction }}
            >
              <i />
            </div>
          </div>
        )}
      </Show>
      <Show when={!song.stale() && limits().length > 0}>
        <p class="warning" role="alert">
          <Icon name="triangle-alert" small />
          {limits().join(' ')}
        </p>
      </Show>
    </>
  );
}

/** What the master is held to, and how it stands against it. */
export function TargetColumn() {
  const studio = useStudio();
  const target = targetNow(studio);
  return (
    <section class="master-column master-target" aria-label="Target and checks">
      <header>
        <h2>Target</h2>
        <span class="grow" />
        <TargetSelect />
      </header>
      <div class="master-blocks scrolls">
        <section>
          <Figures />
          <Reach />
          <p class="note text-3">{target().note}</p>
        </section>
        <ListenTo />
        <Proposal />
        <Checks />
        <Services />
      </div>
      <footer>
        <ChecksSum />
        <Button
          variant="primary"
          large
          icon="upload"
          disabled={!studio.transport.canPlay()}
          onClick={() => showDialog('export')}
        >
          Write the master to a file…
        </Button>
      </footer>
    </section>
  );
}
