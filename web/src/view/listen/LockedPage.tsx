import { createEffect } from 'solid-js';
import { ListenIcon } from './icons';

interface LockedPageProps {
  wrong: boolean;
  working: boolean;
  onUnlock: (password: string) => void;
}

/** The link has a password besides. */
export function LockedPage(props: LockedPageProps) {
  let input!: HTMLInputElement;
  createEffect(() => {
    if (props.working) return;
    input.focus();
    input.select();
  });
  return (
    <main class="listen-door">
      <ListenIcon name="lock" size={28} />
      <h1>This session has a password</h1>
      <p>Who sent the link has it. It never leaves this browser.</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (input.value !== '' && !props.working) props.onUnlock(input.value);
        }}
      >
        <input
          ref={input}
          class="door-field"
          type="password"
          aria-label="Password"
          aria-invalid={props.wrong}
          aria-describedby="password-said"
          autocomplete="off"
          readOnly={props.working}
        />
        <button type="submit" class="button primary large" disabled={props.working}>
          {props.working ? 'Opening…' : 'Open'}
        </button>
      </form>
      <p id="password-said" class="door-said" role="alert">
        {props.wrong ? 'That is not the password of this link.' : ''}
      </p>
    </main>
  );
}
