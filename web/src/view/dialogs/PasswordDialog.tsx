import { createSignal, Show } from 'solid-js';
import { Button } from '../kit/Button';
import { Dialog } from '../kit/Dialog';
import './dialogs.css';

interface PasswordDialogProps {
  open: boolean;
  /** What was typed before did not open it. */
  wrong: boolean;
  /** Null: given up. */
  onAnswer: (password: string | null) => void;
}

/** The link that is being opened has a password. */
export function PasswordDialog(props: PasswordDialogProps) {
  const [text, setText] = createSignal('');
  let input: HTMLInputElement | undefined;
  const answer = () => text() !== '' && props.onAnswer(text());
  return (
    <Dialog
      title="This session has a password"
      open={props.open}
      onClose={() => props.onAnswer(null)}
      class="rename-dialog"
      onConfirm={answer}
      initialFocus={() => input}
      footer={
        <>
          <span class="grow" />
          <Button large variant="ghost" onClick={() => props.onAnswer(null)}>
            Cancel
          </Button>
          <Button large variant="primary" disabled={text() === ''} onClick={answer}>
            Open
          </Button>
        </>
      }
    >
      <div class="dialog-body">
        <input
          ref={input}
          class="text-field"
          type="password"
          aria-label="Password"
          aria-invalid={props.wrong}
          autocomplete="off"
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <Show when={props.wrong}>
          <p role="alert">That is not the password of this link.</p>
        </Show>
      </div>
    </Dialog>
  );
}
