import { createMemo, Show } from 'solid-js';
import type { Listening } from '../../bridge/listen/listening';
import type { Studio } from '../../bridge/studioTypes';
import { setTrackParam, toggleMute, toggleSolo } from '../../commands/strips';
import type { Id, Patch, Track } from '../../model/types';
import { Lamp } from '../kit/Button';
import { createSurface } from '../kit/canvas';
import { Fader } from '../kit/Fader';
import { onFrame } from '../kit/frameLoop';
import { palette, trackColourVariable } from '../kit/palette';
import { volumeSpec } from '../kit/valueSpec';
import { paintStem } from './paintStem';

interface StemRowProps {
  trackId: Id;
  studio: Studio;
  listening: Listening;
  /** A solo elsewhere silences it. */
  silenced: boolean;
}

/** One track: whose it is, its sound at a glance, mute, solo, volume. The first touch lets the engine play in the mix's place. */
export function StemRow(props: StemRowProps) {
  const { studio, listening } = props;
  const track = createMemo(() => studio.project().tracks.find(({ id }) => id === props.trackId));
  const commit = (label: string, patches: readonly Patch[]) => {
    listening.takeStems();
    studio.doc.commit(label, patches);
  };
  const volume = (valueDb: number) =>
    setTrackParam(studio.project(), { trackId: props.trackId, param: 'volumeDb', value: valueDb });

  return (
    <Show when={track()}>
      {(shown) => (
        <div
          class="stem"
          role="group"
          aria-label={shown().name}
          classList={{ muted: shown().params.mute !== 0 }}
          style={{ '--track': trackColourVariable(shown().colour) }}
        >
          <i class="stem-colour" />
          <b class="ellipsis" title={shown().name}>
            {shown().name}
          </b>
          <StemWave
            track={shown()}
            muted={shown().params.mute !== 0 || props.silenced}
            {...{ studio, listening }}
          />
          <Fader
            orientation="horizontal"
            label="Volume"
            spec={volumeSpec}
            number
            value={shown().params.volumeDb}
            onPreview={(value) => {
              listening.takeStems();
              studio.doc.preview(volume(value));
            }}
            onCommit={(value) => commit('Volume', volume(value))}
            onCancel={() => studio.doc.preview(null)}
          />
          <Lamp
            kind="mute"
            on={shown().params.mute !== 0}
            silenced={props.silenced}
            onClick={() => commit('Mute', toggleMute(studio.project(), { trackIds: [props.trackId] }))}
          />
          <Lamp
            kind="solo"
            on={shown().params.solo !== 0}
            onClick={(event) => {
              const exclusive = event.ctrlKey || event.metaKey || event.altKey;
              commit('Solo', toggleSolo(studio.project(), { trackIds: [props.trackId], exclusive }));
            }}
          />
        </div>
      )}
    </Show>
  );
}

interface StemWaveProps {
  track: Track;
  muted: boolean;
  studio: Studio;
  listening: Listening;
}

function StemWave(props: StemWaveProps) {
  const { studio, listening } = props;
  let line!: HTMLElement;
  const surface = createSurface(
    (area) => {
      const { tracks, muted } = palette();
      paintStem(area, props.muted ? muted : tracks[props.track.colour], {
        clips: props.track.clips,
        lengthFrames: listening.manifest.mix.frames,
        muted: props.muted,
        peaks: (id) => studio.peaks.get(id),
      });
    },
    () => {
      for (const { sourceId } of props.track.clips) studio.peaks.get(sourceId);
      void props.muted;
    },
  );
  onFrame(() => {
    line.style.setProperty('--at', String(listening.positionS() / listening.lengthS));
  });
  return (
    <div class="stem-wave" aria-hidden="true">
      <canvas ref={surface.ref} />
      <i ref={line} />
    </div>
  );
}
