import type { Studio } from '../../bridge/studioTypes';
import { showDialog } from '../state/dialogs';
import { dockOpen, setDockOpen } from '../state/layout';
import { rooms, setRoom } from '../state/room';
import { selectedClips, selectedRange } from '../state/selection';
import { theme, toggleTheme } from '../state/theme';
import {
  fitRange,
  fitSong,
  followsPlayhead,
  laneWidthPx,
  pxAtFrame,
  rulerUnit,
  setFollowsPlayhead,
  setRulerUnit,
  setSnapMode,
  snapMode,
  zoomBy,
} from '../state/timeline';
import type { Action } from './actions';

const zoomStep = 1.5;

/** Around the playhead where it is in view, else around the middle. */
function zoom(studio: Studio, factor: number): void {
  const x = pxAtFrame(studio.transport.positionFrames());
  zoomBy(factor, x >= 0 && x <= laneWidthPx() ? x : laneWidthPx() / 2);
}

function fitSelection(studio: Studio): void {
  const clips = selectedClips(studio.project()).map(({ clip }) => clip);
  const range = selectedRange();
  if (clips.length > 0)
    fitRange(
      Math.min(...clips.map((clip) => clip.startFrame)),
      Math.max(...clips.map((clip) => clip.startFrame + clip.lengthFrames)),
    );
  else if (range) fitRange(range.startFrame, range.endFrame);
  else fitSong();
}

export function viewActions(studio: Studio): Action[] {
  return [
    ...rooms.map(
      ({ id, name }, index): Action => ({
        id: `room.${id}`,
        group: 'Rooms',
        label: name,
        keys: [String(index + 1)],
        hint: () => `room ${index + 1}`,
        run: () => setRoom(id),
      }),
    ),
    {
      id: 'dock.toggle',
      group: 'Rooms',
      label: 'Show, hide the dock',
      keys: ['Tab', 'D'],
      icon: 'panel-bottom',
      run: () => setDockOpen(!dockOpen()),
    },
    {
      id: 'palette.open',
      group: 'Rooms',
      label: 'Find a command',
      keys: ['Ctrl K', '/'],
      keysOnly: true,
      run: () => showDialog('palette'),
    },
    {
      id: 'shortcuts.open',
      group: 'Rooms',
      label: 'Shortcuts',
      keys: ['?'],
      icon: 'keyboard',
      run: () => showDialog('shortcuts'),
    },
    {
      id: 'view.zoomIn',
      group: 'Looking',
      label: 'Zoom in',
      keys: ['+', 'Ctrl +'],
      icon: 'zoom-in',
      repeats: true,
      run: () => zoom(studio, 1 / zoomStep),
    },
    {
      id: 'view.zoomOut',
      group: 'Looking',
      label: 'Zoom out',
      keys: ['-', 'Ctrl -'],
      icon: 'zoom-out',
      repeats: true,
      run: () => zoom(studio, zoomStep),
    },
    {
      id: 'view.fit',
      group: 'Looking',
      label: 'Fit the song',
      keys: ['F'],
      icon: 'maximize-2',
      run: fitSong,
    },
    {
      id: 'view.fitSelection',
      group: 'Looking',
      label: 'Fit the selection',
      keys: ['Shift F'],
      icon: 'maximize-2',
      run: () => fitSelection(studio),
    },
    {
      id: 'view.follow',
      group: 'Looking',
      label: 'Follow the playhead',
      keys: ['Shift P'],
      hint: () => (followsPlayhead() ? 'on' : 'off'),
      run: () => setFollowsPlayhead(!followsPlayhead()),
    },
    {
      id: 'view.snap',
      group: 'Looking',
      label: 'Snap: bars, beats, off',
      keys: ['N'],
      icon: 'magnet',
      hint: () => ({ bar: 'bars', beat: 'beats', off: 'off' })[snapMode()],
      run: () => setSnapMode(({ bar: 'beat', beat: 'off', off: 'bar' } as const)[snapMode()]),
    },
    {
      id: 'view.ruler',
      group: 'Looking',
      label: 'Ruler: bars or time',
      keys: ['R'],
      icon: 'clock',
      hint: () => (rulerUnit() === 'bars' ? 'bars' : 'time'),
      run: () => setRulerUnit(rulerUnit() === 'bars' ? 'time' : 'bars'),
    },
    {
      id: 'view.theme',
      group: 'Looking',
      label: 'Light or dark',
      icon: 'sun',
      words: 'theme',
      hint: theme,
      run: toggleTheme,
    },
  ];
}

export function projectActions(studio: Studio): Action[] {
  return [
    {
      id: 'project.save',
      group: 'Project',
      label: 'Save project as one file…',
      keys: ['Ctrl S'],
      icon: 'file-down',
      hint: () => '.mixwell',
      words: 'export download backup',
      run: () => void studio.projects.saveFile(),
    },
    {
      id: 'project.demo',
      group: 'Project',
      label: 'Open the demo song',
      icon: 'music',
      run: () => void studio.projects.openDemo(),
    },
    {
      id: 'project.list',
      group: 'Project',
      label: 'All projects…',
      icon: 'folder-open',
      run: () => showDialog('projects'),
    },
    {
      id: 'project.rename',
      group: 'Project',
      label: 'Rename the project…',
      icon: 'pencil',
      run: () => showDialog('rename-project'),
    },
    {
      id: 'project.new',
      group: 'Project',
      label: 'New project',
      icon: 'plus',
      run: () => void studio.projects.create(),
    },
    {
      id: 'project.export',
      group: 'Project',
      label: 'Export…',
      keys: ['Ctrl Shift E'],
      icon: 'upload',
      words: 'mix stems wav bounce render',
      enabled: () => studio.project().tracks.length > 0,
      run: () => showDialog('export'),
    },
    {
      id: 'project.share',
      group: 'Project',
      label: 'Share…',
      keys: ['Ctrl Shift S'],
      icon: 'share-2',
      words: 'link send publish invite stop sharing',
      run: () => showDialog('share'),
    },
  ];
}
