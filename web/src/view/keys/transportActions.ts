import type { Studio } from '../../bridge/studioTypes';
import { addMarker, toggleLoop } from '../../commands/timeline';
import { setSelectedRange } from '../state/selection';
import { loopSelection } from '../tracks/clipActions';
import { placeText } from '../tracks/readout';
import type { Action } from './actions';

/** Jumps to the section before or after the playhead; the start and the end of the song count. */
function toMarker(studio: Studio, direction: -1 | 1): void {
  const { markers, sampleRateHz } = studio.project();
  const { transport } = studio;
  // While it plays, "back" a moment after a marker still means the one before.
  const slack = direction < 0 && transport.playing() ? sampleRateHz / 2 : 1;
  const at = transport.positionFrames();
  const places = [0, ...markers.map((marker) => marker.startFrame), transport.songEndFrame()];
  const next =
    direction > 0 ? places.find((place) => place > at + 1) : places.findLast((place) => place < at - slack);
  if (next !== undefined) transport.seek(next);
}

export function transportActions(studio: Studio): Action[] {
  const { transport, monitor } = studio;
  return [
    {
      id: 'transport.play',
      group: 'Playing',
      label: 'Play, pause',
      keys: ['Space'],
      icon: 'play',
      enabled: transport.canPlay,
      run: transport.toggle,
    },
    {
      id: 'transport.stop',
      group: 'Playing',
      label: 'Stop',
      keys: ['Shift Space'],
      icon: 'square',
      run: transport.stop,
    },
    {
      id: 'transport.start',
      group: 'Playing',
      label: 'To the start',
      keys: ['Enter'],
      icon: 'skip-back',
      run: transport.returnToStart,
    },
    {
      id: 'transport.loopSelection',
      group: 'Playing',
      label: 'Loop the selection',
      keys: ['L'],
      icon: 'repeat',
      run: () => loopSelection(studio),
    },
    {
      id: 'transport.loop',
      group: 'Playing',
      label: 'Loop on, off',
      keys: ['Shift L'],
      icon: 'repeat',
      run: () => studio.doc.commit('Loop', toggleLoop(studio.project())),
    },
    {
      id: 'transport.nextMarker',
      group: 'Playing',
      label: 'Next section',
      keys: [']'],
      icon: 'skip-forward',
      run: () => toMarker(studio, 1),
    },
    {
      id: 'transport.markerBefore',
      group: 'Playing',
      label: 'Section before',
      keys: ['['],
      icon: 'skip-back',
      run: () => toMarker(studio, -1),
    },
    {
      id: 'transport.marker',
      group: 'Playing',
      label: 'Marker here',
      keys: ['K'],
      icon: 'bookmark',
      hint: () => placeText(transport.positionFrames(), studio.project()),
      run: () =>
        studio.doc.commit(
          'Add marker',
          addMarker(studio.project(), { startFrame: Math.round(transport.positionFrames()) }),
        ),
    },
    {
      id: 'monitor.mono',
      group: 'Listening',
      label: 'Listen in mono',
      keys: ['O'],
      icon: 'ear',
      hint: () => (monitor.mono() ? 'on' : 'off'),
      run: () => monitor.setMono(!monitor.mono()),
    },
    {
      id: 'monitor.dim',
      group: 'Listening',
      label: 'Dim by 20 dB',
      keys: ['Shift O'],
      icon: 'volume-2',
      hint: () => (monitor.dim() ? 'on' : 'off'),
      run: () => monitor.setDim(!monitor.dim()),
    },
    {
      id: 'meters.reset',
      group: 'Listening',
      label: 'Reset all peaks',
      icon: 'rotate-ccw',
      words: 'clip lights meters hold',
      run: () => studio.meters.resetPeaks('all'),
    },
  ];
}

/** Sections of the song, as places to go to and to loop. */
export function sectionActions(studio: Studio): Action[] {
  return studio.project().markers.flatMap((marker): Action[] => {
    const range = { startFrame: marker.startFrame, endFrame: marker.endFrame };
    const go: Action = {
      id: `section.go.${marker.id}`,
      group: 'Playing',
      label: `Go to ${marker.name}`,
      icon: 'bookmark',
      hint: () => placeText(marker.startFrame, studio.project()),
      run: () => studio.transport.seek(marker.startFrame),
    };
    if (marker.endFrame <= marker.startFrame) return [go];
    const loop: Action = {
      id: `section.loop.${marker.id}`,
      group: 'Playing',
      label: `Loop ${marker.name}`,
      icon: 'repeat',
      run: () => {
        setSelectedRange(range);
        loopSelection(studio);
      },
    };
    return [go, loop];
  });
}
