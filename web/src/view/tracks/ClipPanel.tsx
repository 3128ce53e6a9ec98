import { createEffect, createSignal, on, onCleanup, Show, untrack } from 'solid-js';
import { moveClips, renameClips, setClipFades, setClipGain, trimClips } from '../../commands/clips';
import {
  type Clip,
  type FadeCurve,
  fadeCurves,
  type Patch,
  type ProjectSnapshot,
  type Track,
} from '../../model/types';
import { IconButton } from '../kit/Button';
import { Select } from '../kit/Choice';
import { showMenu } from '../kit/Menu';
import { ValueField } from '../kit/ValueField';
import { clipGainSpec } from '../kit/valueSpec';
import { gainText } from '../kit/valueText';
import { useStudio } from '../state/studio';
import { framesPerPx } from '../state/timeline';
import { ClipGraph } from './ClipGraph';
import { durationSpec, placeSpec } from './clipSpecs';
import { clipMenuEntries, fadeCurveNames } from './laneMenus';

const curveOptions = fadeCurves.map((curve) => ({ value: curve, label: fadeCurveNames[curve] }));

/** What is typed is written when the field is left, and also when another clip takes the place of this one. */
function ClipName(props: { clip: Clip }) {
  const studio = useStudio();
  const [text, setText] = createSignal('');
  let typedFor: string | null = null;
  const write = () => {
    const clipId = typedFor;
    typedFor = null;
    if (clipId === null) return;
    const patches = renameClips(studio.project(), { clipIds: [clipId], name: untrack(text) });
    if (patches.length > 0) studio.doc.commit('Rename clip', patches);
  };
  createEffect(
    on(
      () => [props.clip.id, props.clip.name] as const,
      ([id, name]) => {
        if (typedFor !== null && typedFor !== id) untrack(write);
        if (typedFor === null) setText(name);
      },
    ),
  );
  onCleanup(write);
  return (
    <input
      class="clip-name"
      type="text"
      aria-label="Clip name"
      maxLength={200}
      spellcheck={false}
      autocomplete="off"
      value={text()}
      onInput={(event) => {
        typedFor = props.clip.id;
        setText(event.currentTarget.value);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          typedFor = null;
          setText(props.clip.name);
        }
        if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur();
      }}
      onBlur={write}
    />
  );
}

/** The selected clip, with its wave and its numbers. */
export function ClipPanel(props: { track: Track; clip: Clip }) {
  const studio = useStudio();
  const source = () => studio.project().sources[props.clip.sourceId];
  const rate = () => studio.project().sampleRateHz;
  const clipIds = () => [props.clip.id];

  /** Handlers of one number; a drag is reckoned from the project at its beginning. */
  const edit = (label: string, change: (project: ProjectSnapshot, value: number) => Patch[]) => {
    let base: ProjectSnapshot | null = null;
    const patches = (value: number) => {
      base ??= studio.project();
      return change(base, value);
    };
    return {
      label,
      onPreview: (value: number) => studio.doc.preview(patches(value)),
      onCommit: (value: number) => {
        const last = patches(value);
        base = null;
        studio.doc.commit(label, last);
      },
      onCancel: () => {
        base = null;
        studio.doc.preview(null);
      },
    };
  };
  const ownStart = (project: ProjectSnapshot) =>
    project.tracks.flatMap((track) => track.clips).find((clip) => clip.id === props.clip.id) ?? props.clip;

  const setCurve = (side: 'fadeInCurve' | 'fadeOutCurve') => (curve: FadeCurve) =>
    studio.doc.commit('Fade curve', setClipFades(studio.project(), { clipIds: clipIds(), [side]: curve }));

  return (
    <article class="panel clip-panel" aria-label="Clip">
      <header>
        <h3>Clip</h3>
        <ClipName clip={props.clip} />
        <span class="grow" />
        <Show when={source()}>
          {(file) => (
            <span class="text-3 ellipsis" data-tip={file().name}>
              {file().format}
              {file().truncated ? ', cut short' : ''}
            </span>
          )}
        </Show>
        <IconButton
          small
          icon="ellipsis"
          label="More for this clip"
          onClick={(event) => {
            const rect = event.currentTarget.getBoundingClientRect();
            showMenu({ clientX: rect.left, clientY: rect.bottom }, props.clip.name, clipMenuEntries(studio));
          }}
        />
      </header>
      <ClipGraph track={props.track} clip={props.clip} />
      <footer>
        <ValueField
          caption
          value={props.clip.startFrame}
          spec={placeSpec(studio.project())}
          travelPx={placeSpec(studio.project()).max / framesPerPx()}
          {...edit('Start', (project, frame) =>
            moveClips(project, { clipIds: clipIds(), deltaFrames: frame - ownStart(project).startFrame }),
          )}
        />
        <ValueField
          caption
          value={props.clip.lengthFrames}
          spec={durationSpec(rate(), 64, Math.max(65, (source()?.frames ?? 0) - props.clip.offsetFrames))}
          {...edit('Length', (project, frames) =>
            trimClips(project, {
              clipIds: clipIds(),
              edge: 'end',
              deltaFrames: frames - ownStart(project).lengthFrames,
            }),
          )}
        />
        <ValueField
          caption
          value={props.clip.gainDb}
          text={gainText(props.clip.gainDb)}
          spec={clipGainSpec}
          {...edit('Gain', (project, gainDb) => setClipGain(project, { clipIds: clipIds(), gainDb }))}
        />
        <span class="panel-rule" />
        <ValueField
          caption
          value={props.clip.fadeInFrames}
          spec={durationSpec(rate(), 0, props.clip.lengthFrames - props.clip.fadeOutFrames)}
          {...edit('Fade in', (project, fadeInFrames) =>
            setClipFades(project, { clipIds: clipIds(), fadeInFrames }),
          )}
        />
        <Select
          class="small"
          label="Fade-in curve"
          options={curveOptions}
          value={props.clip.fadeInCurve}
          onChange={setCurve('fadeInCurve')}
        />
        <ValueField
          caption
          value={props.clip.fadeOutFrames}
          spec={durationSpec(rate(), 0, props.clip.lengthFrames - props.clip.fadeInFrames)}
          {...edit('Fade out', (project, fadeOutFrames) =>
            setClipFades(project, { clipIds: clipIds(), fadeOutFrames }),
          )}
        />
        <Select
          class="small"
          label="Fade-out curve"
          options={curveOptions}
          value={props.clip.fadeOutCurve}
          onChange={setCurve('fadeOutCurve')}
        />
      </footer>
    </article>
  );
}
