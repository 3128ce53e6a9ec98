import { createMemo, createSignal, For, onCleanup, Show } from 'solid-js';
import { chooseAudioFiles } from '../files/AudioFilesInput';
import { IconButton } from '../kit/Button';
import { Icon } from '../kit/Icon';
import { selectTrack } from '../state/selection';
import { useStudio } from '../state/studio';
import { Dock } from '../tracks/Dock';
import { MasterStrip } from './MasterStrip';
import { returnsOf } from './routing';
import { Strip } from './Strip';
import { slotGhost } from './slotDrag';
import { createTrackIndex } from './trackIndex';
import './console.css';

const narrowStripPx = 66;

/** From a control of one strip to the same control of the strip beside it. */
function focusBeside(event: KeyboardEvent, order: readonly string[]): void {
  const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
  const target = event.target as HTMLElement;
  if (step === 0 || event.ctrlKey || event.metaKey || event.altKey) return;
  if (target.closest('[role="slider"], input')) return;
  const strip = target.closest<HTMLElement>('.strip[data-track]');
  const id = strip?.dataset.track;
  if (!strip || id === undefined) return;
  const nextId = order[order.indexOf(id) + step];
  const next = nextId === undefined ? null : document.querySelector(`.strip[data-track="${nextId}"]`);
  if (!next || nextId === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  const controls = (of: Element) => [...of.querySelectorAll<HTMLElement>('button')];
  controls(next)[controls(strip).indexOf(target as HTMLButtonElement)]?.focus();
  next.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  if (target.classList.contains('strip-name')) selectTrack(nextId, event.shiftKey ? 'range' : 'only', order);
}

/** The console: one strip a track in families, the master at the right. */
export default function MixRoom() {
  const tracks = createTrackIndex();
  const [narrow, setNarrow] = createSignal(false);
  const watchWidth = (strips: HTMLElement) => {
    const measure = () => {
      const strip = strips.querySelector('.strip');
      if (strip) setNarrow(strip.clientWidth < narrowStripPx);
    };
    const observer = new ResizeObserver(measure);
    observer.observe(strips);
    const changes = new MutationObserver(measure);
    changes.observe(strips, { childList: true, subtree: true });
    onCleanup(() => {
      observer.disconnect();
      changes.disconnect();
    });
  };
  const studio = useStudio();
  const returnNames = createMemo(() => returnsOf(studio.project()).map(({ name }) => name), undefined, {
    equals: (a, b) => a.length === b.length && a.every((name, index) => name === b[index]),
  });
  const showsOutput = createMemo(() => studio.project().tracks.some(({ outputId }) => outputId !== null));
  return (
    <div class="mix-room">
      <section
        class="console"
        aria-label="Console"
        style={{ '--sends': returnNames().length }}
        classList={{ 'with-outputs': showsOutput() }}
      >
        <div class="console-gutter" aria-hidden="true">
          <span class="inserts-label">Inserts</span>
          <div class="sends-label">
            <For each={returnNames()}>{(name) => <span class="ellipsis">{name}</span>}</For>
          </div>
          <span class="pan-label">Pan</span>
          <span class="automation-label">Auto</span>
          <Show when={showsOutput()}>
            <span class="output-label">Out</span>
          </Show>
          <span class="peak-label">Peak</span>
        </div>
        <div
          class="console-strips scrolls"
          ref={watchWidth}
          onKeyDown={(event) => focusBeside(event, tracks.order())}
          onWheel={(event) => {
            if (!event.ctrlKey && event.deltaX === 0) event.currentTarget.scrollLeft += event.deltaY;
          }}
        >
          <For each={tracks.families()}>
            {(family) => (
              <section
                class="family"
                style={{ '--count': family.trackIds.length }}
                aria-label={family.name}
                data-single={family.trackIds.length === 1 ? '' : undefined}
              >
                <h2>
                  <Icon name={family.icon} small />
                  <span class="ellipsis">{family.name}</span>
                </h2>
                <div>
                  <For each={family.trackIds}>
                    {(id) => {
                      const track = tracks.track(id);
                      return (
                        <Strip
                          track={track()}
                          order={tracks.order}
                          silenced={tracks.silenced().has(id)}
                          narrow={narrow()}
                          showsOutput={showsOutput()}
                        />
                      );
                    }}
                  </For>
                </div>
              </section>
            )}
          </For>
          <div class="console-add">
            <div>
              <IconButton icon="plus" label="Add audio" onClick={() => chooseAudioFiles()} />
              <span>Drop files here to add tracks</span>
            </div>
          </div>
        </div>
        <MasterStrip />
      </section>
      <Dock />
      <Show when={slotGhost()}>
        {(ghost) => (
          <div class="slot-ghost" style={{ left: `${ghost().x}px`, top: `${ghost().y}px` }}>
            {ghost().name}
            {ghost().copy ? ' +' : ''}
          </div>
        )}
      </Show>
    </div>
  );
}
