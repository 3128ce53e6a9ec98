import { createResource, Match, Switch } from 'solid-js';
import { Button } from '../kit/Button';
import { Dialog } from '../kit/Dialog';
import { Icon } from '../kit/Icon';
import { useStudio } from '../state/studio';
import { ShareBody } from './ShareBody';
import './dialogs.css';
import './share.css';

export interface ShareDialogProps {
  open: boolean;
  onClose: () => void;
}

/** From what the recipient may to the link, and the list of all links. An upload goes on when it is closed. */
export default function ShareDialog(props: ShareDialogProps) {
  const studio = useStudio();
  const [sharing] = createResource(() => studio.sharing.open());
  const closeButton = () => (
    <footer>
      <span class="grow" />
      <Button large onClick={props.onClose}>
        Close
      </Button>
    </footer>
  );
  return (
    <Dialog
      title="Share"
      titleRest={`“${studio.project().name}”`}
      open={props.open}
      onClose={props.onClose}
      class="share-dialog"
    >
      <Switch
        fallback={
          <>
            <p class="share-none" role="status">
              Asking the server…
            </p>
            {closeButton()}
          </>
        }
      >
        <Match when={sharing.error as unknown}>
          {(error) => (
            <>
              <NotHere reason={error() instanceof Error ? (error() as Error).message : String(error())} />
              {closeButton()}
            </>
          )}
        </Match>
        <Match when={sharing()?.whyNot}>
          {(reason) => (
            <>
              <NotHere reason={reason()} />
              {closeButton()}
            </>
          )}
        </Match>
        <Match when={sharing()}>{(ready) => <ShareBody sharing={ready()} onClose={props.onClose} />}</Match>
      </Switch>
    </Dialog>
  );
}

function NotHere(props: { reason: string }) {
  return (
    <p class="share-failed" role="alert">
      <Icon name="triangle-alert" />
      {props.reason}
    </p>
  );
}
