import { createMemo, createSignal, For, Show } from 'solid-js';
import { phoneDevice } from '../devices/openDevice';
import { chooseAudioFiles } from '../files/AudioFilesInput';
import { Icon } from '../kit/Icon';
import { Meter } from '../kit/Meter';
import { trackColourVariable } from '../kit/palette';
import { createTrackIndex } from '../mixer/trackIndex';
import { leadTrackId, selectTrack } from '../state/selection';
import { useStudio } from '../state/studio';
import { PhoneDevice } from './PhoneDevice';
import { PhoneMaster } from './PhoneMaster';
import { PhoneStrip } from './PhoneStrip';

const swipePx = 56;

/** One strip at a time. The row of small meters jumps to a strip, swiping goes to the next; the master is the last. */
export default function PhoneMix() {
  const studio = useStudio();
  const tracks = createTrackIndex();
  const [onMaster, setOnMaster] = createSignal(false);
  const shown = createMemo(() => {
    const order = tracks.order();
    const lead = leadTrackId();
    return lead !== null && order.includes(lead) ? lead : order[0];
  });
  const places = () => [...tracks.order(), 'master'];
  const here = () => (onMaster() ? 'master' : (shown() ?? 'master'));
  const goTo = (place: string | undefined) => {
    if (place === undefined) return;
    setOnMaster(place === 'master');
    if (place !== 'master') selectTrack(place, 'only', tracks.order());
  };
  const beside = (step: number) => places()[places().indexOf(here()) + step];
  const nameOf = (place: string | undefined) =>
    place === 'master' ? 'Master' : studio.project().tracks.find((track) => track.id === place)?.name;

  const colourOf = (place: string) => {
    const track = studio.project().tracks.find((each) => each.id === place);
    return track ? trackColourVariable(track.colour) : 'var(--text-2)';
  };

  let start: { x: number; y: number } | null = null;
  const onPointerDown = (event: PointerEvent) => {
    const onControl = (event.target as Element).closest('[role="slider"], input');
    start = onControl ? null : { x: event.clientX, y: event.clientY };
  };
  const onPointerUp = (event: PointerEvent) => {
    if (!start) return;
    const across = event.clientX - start.x;
    const along = Math.abs(event.clientY - start.y);
    start = null;
    if (Math.abs(across) > swipePx && Math.abs(across) > 2 * along) goTo(beside(across < 0 ? 1 : -1));
  };

  return (
    <section
      class="phone-mix"
      aria-label="Console"
      onPointerDown={onPointerDown}
      onPointerUp={onPointerUp}
      onPointerCancel={() => {
        start = null;
      }}
    >
      <nav class="phone-overview scrolls" aria-label="Strips">
        <For each={tracks.order()}>
          {(id) => {
            const track = tracks.track(id);
            return (
              <button
                type="button"
                aria-label={track().name}
                aria-current={here() === id}
                style={{ '--track': trackColourVariable(track().colour) }}
                onClick={() => goTo(id)}
              >
                <Meter
                  label={`${track().name}, level`}
                  read={(into) => studio.meters.read(id, into)}
                  barWidth={4}
                  gap={2}
                />
                <i />
              </button>
            );
          }}
        </For>
        <button
          type="button"
          aria-label="Master"
          aria-current={here() === 'master'}
          onClick={() => goTo('master')}
        >
          <Meter
            label="Master, level"
            read={(into) => studio.meters.read('master', into)}
            barWidth={4}
            gap={2}
          />
          <i />
        </button>
      </nav>
      <div class="phone-title">
        <button
          type="button"
          class="tap"
          aria-label={nameOf(beside(-1)) ?? 'No strip before'}
          disabled={beside(-1) === undefined}
          onClick={() => goTo(beside(-1))}
        >
          <Icon name="chevron-left" />
        </button>
        <i style={{ '--track': colourOf(here()) }} />
        <h2 class="ellipsis">{nameOf(here())}</h2>
        <button
          type="button"
          class="tap"
          aria-label={nameOf(beside(1)) ?? 'No strip after'}
          disabled={beside(1) === undefined}
          onClick={() => goTo(beside(1))}
        >
          <Icon name="chevron-right" />
        </button>
      </div>
      <Show
        when={here() !== 'master' && shown()}
        keyed
        fallback={
          <PhoneMaster>
            <button type="button" class="phone-switch last" onClick={() => chooseAudioFiles()}>
              Add audio
            </button>
          </PhoneMaster>
        }
      >
        {(id) => {
          const track = tracks.track(id);
          return <PhoneStrip track={track()} silenced={tracks.silenced().has(id)} />;
        }}
      </Show>
      <Show when={phoneDevice()} keyed>
        {(opened) => <PhoneDevice opened={opened} />}
      </Show>
    </section>
  );
}
