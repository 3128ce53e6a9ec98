import { createSignal } from 'solid-js';
import { renameProject } from '../../commands/timeline';
import { Button } from '../kit/Button';
import { Dialog } from '../kit/Dialog';
import { useStudio } from '../state/studio';
import './dialogs.css';

/** A new name for the open project. */
export function RenameDialog(props: { open: boolean; onClose: () => void }) {
  const studio = useStudio();
  const [name, setName] = createSignal(studio.project().name);
  let input: HTMLInputElement | undefined;
  const rename = () => {
    const wanted = name().trim();
    if (wanted !== '' && wanted !== studio.project().name) {
      studio.doc.commit('Rename project', renameProject(studio.project(), { name: wanted }));
    }
    props.onClose();
  };
  return (
    <Dialog
      title="Rename project"
      open={props.open}
      onClose={props.onClose}
      class="rename-dialog"
      onConfirm={rename}
      initialFocus={() => input}
      footer={
        <>
          <span class="grow" />
          <Button large variant="ghost" onClick={props.onClose}>
            Cancel
          </Button>
          <Button large variant="primary" disabled={name().trim() === ''} onClick={rename}>
            Rename
          </Button>
        </>
      }
    >
      <div class="dialog-body">
        <input
          ref={input}
          class="text-field"
          type="text"
          aria-label="Project name"
          value={studio.project().name}
          maxLength={120}
          spellcheck={false}
          autocomplete="off"
          onFocus={(event) => event.currentTarget.select()}
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </div>
    </Dialog>
  );
}
