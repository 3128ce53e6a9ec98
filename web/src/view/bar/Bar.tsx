import { Button, IconButton } from '../kit/Button';
import { finishGesture } from '../kit/gesture';
import { showDialog } from '../state/dialogs';
import { room } from '../state/room';
import { useStudio } from '../state/studio';
import { Clock } from './Clock';
import { Mark } from './Mark';
import { MonitorButton } from './MonitorButton';
import { ProjectMenu, SaveState } from './ProjectMenu';
import { Rooms } from './Rooms';
import { TempoButton } from './TempoButton';
import { Transport } from './Transport';
import './bar.css';

const rule = () => <span class="bar-rule" aria-hidden="true" />;

/** Undo and redo, named by what they would take back. */
export function UndoButtons() {
  const { doc } = useStudio();
  const act = (step: () => void) => () => {
    finishGesture();
    step();
  };
  return (
    <>
      <IconButton
        icon="undo-2"
        label="Undo"
        tip={doc.undoLabel ? `Undo: ${doc.undoLabel}` : 'Nothing to undo'}
        keys="Ctrl Z"
        disabled={doc.undoLabel === null}
        onClick={act(() => doc.undo())}
      />
      <IconButton
        icon="redo-2"
        label="Redo"
        tip={doc.redoLabel ? `Redo: ${doc.redoLabel}` : 'Nothing to redo'}
        keys="Ctrl Shift Z"
        disabled={doc.redoLabel === null}
        onClick={act(() => doc.redo())}
      />
    </>
  );
}

/** The bar at the top of every room. */
export function Bar() {
  const { transport } = useStudio();
  return (
    <header class="bar">
      <div class="bar-left">
        <span class="brand">
          <Mark />
          <span class="wordmark">Mixwell</span>
        </span>
        {rule()}
        <ProjectMenu />
        <SaveState />
      </div>
      <div class="bar-middle">
        <Transport />
        <Clock />
        <TempoButton />
        {rule()}
        <Rooms />
      </div>
      <div class="bar-right">
        <UndoButtons />
        <IconButton
          icon="search"
          label="Find a command"
          keys="Ctrl K"
          class="find"
          onClick={() => showDialog('palette')}
        />
        <MonitorButton />
        {rule()}
        <Button
          icon="share-2"
          aria-label="Share"
          disabled={!transport.canPlay()}
          data-tip={transport.canPlay() ? 'Make a link that opens it' : 'There is nothing to share yet'}
          data-keys="Ctrl Shift S"
          onClick={() => showDialog('share')}
        >
          <span class="button-words">Share</span>
        </Button>
        <Button
          icon="upload"
          aria-label="Export"
          variant={transport.canPlay() && room() !== 'master' ? 'primary' : 'plain'}
          disabled={!transport.canPlay()}
          data-tip={transport.canPlay() ? 'Write the mix to a file' : 'There is nothing to export yet'}
          data-keys="Ctrl Shift E"
          onClick={() => showDialog('export')}
        >
          <span class="button-words">Export</span>
        </Button>
      </div>
    </header>
  );
}
