import { createSignal } from 'solid-js';
import { render } from 'solid-js/web';
import type { Studio } from '../bridge/studioTypes';
import { PasswordDialog } from '../view/dialogs/PasswordDialog';

/** Opens the link that the studio was loaded with, as a project of one's own. */
export function openLink(studio: Studio, fragment: string): Promise<void> {
  return studio.projects.openShared(fragment, askPassword);
}

function askPassword(wrong: boolean): Promise<string | null> {
  return new Promise((resolve) => {
    const place = document.body.appendChild(document.createElement('div'));
    const [open, setOpen] = createSignal(true);
    const answer = (text: string | null) => {
      if (!open()) return;
      setOpen(false);
      resolve(text);
      // The dialog goes first, so that the focus returns.
      setTimeout(() => {
        dispose();
        place.remove();
      });
    };
    const dispose = render(() => <PasswordDialog open={open()} wrong={wrong} onAnswer={answer} />, place);
  });
}
