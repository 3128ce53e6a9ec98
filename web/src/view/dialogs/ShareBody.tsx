import { createEffect, createMemo, createSignal, on, Show, untrack } from 'solid-js';
import type { OwnShare, ShareSettings, StudioSharing } from '../../bridge/sharingTypes';
import { Button } from '../kit/Button';
import { finishGesture } from '../kit/gesture';
import { Icon } from '../kit/Icon';
import { whenText } from '../projects/when';
import { useStudio } from '../state/studio';
import { ShareForm } from './ShareForm';
import { ShareLink } from './ShareLink';
import { ShareList } from './ShareList';
import { ShareUpload } from './ShareUpload';

export interface ShareBodyProps {
  sharing: StudioSharing;
  onClose: () => void;
}

const settingsOf = ({ right, what, password, expiresAt }: OwnShare): ShareSettings => ({
  right,
  what,
  password,
  expiresAt,
});

/** The one link of each right that the open project has, its terms, and its upload. */
export function ShareBody(props: ShareBodyProps) {
  const studio = useStudio();
  const { sharing } = props;
  const ownOf = (right: ShareSettings['right']): OwnShare | undefined =>
    sharing.shares().find((share) => share.right === right && share.projectId === studio.projects.current());
  const newest = untrack(
    () => sharing.shares().find((share) => share.projectId === studio.projects.current()) ?? null,
  );
  const [settings, setSettings] = createSignal(newest ? settingsOf(newest) : sharing.defaults());
  const [listed, setListed] = createSignal(false);
  /** The link that is to be taken back, once that is sure. */
  const [leaving, setLeaving] = createSignal<OwnShare | null>(null);
  const [refusal, setRefusal] = createSignal<string | null>(null);
  const share = createMemo(() => ownOf(settings().right));
  const job = () => {
    const last = sharing.job();
    return last && last.shareId === share()?.id ? last : null;
  };
  const isBusy = () => ['preparing', 'uploading', 'paused'].includes(sharing.job()?.state() ?? '');
  const running = () => (isBusy() ? sharing.job() : null);
  const shown = () => (share()?.opened ? share() : undefined);
  // A link that failed before it was one is forgotten, and its reason is not.
  const failed = () => (sharing.job()?.state() === 'failed' ? (sharing.job()?.error() ?? null) : null);

  const choose = (next: ShareSettings) => {
    const other = next.right === settings().right ? undefined : ownOf(next.right);
    setRefusal(null);
    setSettings(other ? settingsOf(other) : next);
  };
  const changed = () => {
    const now = share();
    return now !== undefined && JSON.stringify(settingsOf(now)) !== JSON.stringify(settings());
  };
  const begin = () => {
    finishGesture();
    setRefusal(null);
    sharing.share(settings(), share()?.id);
  };
  const stop = async (link: OwnShare) => {
    setLeaving(null);
    if (sharing.job()?.shareId === link.id) running()?.cancel();
    setRefusal(await sharing.revoke(link.id));
  };
  createEffect(
    on(
      () => studio.projects.current(),
      () => setSettings(sharing.defaults()),
      { defer: true },
    ),
  );

  // A button that goes when it has been pressed must not take the focus out of the dialog with it.
  let body!: HTMLDivElement;
  createEffect(() => {
    isBusy();
    listed();
    leaving();
    queueMicrotask(() => document.activeElement === document.body && body.focus());
  });

  const mainFooter = () => (
    <footer>
      <Show
        when={!listed()}
        fallback={
          <Button large variant="ghost" icon="chevron-left" onClick={() => setListed(false)}>
            Back
          </Button>
        }
      >
        <Show when={shown() && !running() && share()}>
          {(link) => (
            <Button large variant="ghost" class="share-stop" onClick={() => setLeaving(link())}>
              Stop sharing
            </Button>
          )}
        </Show>
        <Show when={sharing.shares().some(({ opened }) => opened)}>
          <Button large variant="ghost" onClick={() => setListed(true)}>
            All links
          </Button>
        </Show>
      </Show>
      <span class="grow" />
      <Show when={!listed() && !running() && share()}>
        <Button large variant={changed() ? 'primary' : 'plain'} onClick={begin}>
          {share()?.complete ? 'Update the link' : 'Carry on'}
        </Button>
      </Show>
      <Show
        when={!listed() && !share() && !running()}
        fallback={
          <Button large onClick={props.onClose}>
            Done
          </Button>
        }
      >
        <Button large variant="ghost" onClick={props.onClose}>
          Cancel
        </Button>
        <Button
          large
          variant="primary"
          disabled={!studio.transport.canPlay()}
          data-first-focus
          onClick={begin}
        >
          {failed() ? 'Try again' : 'Create link'}
        </Button>
      </Show>
    </footer>
  );

  return (
    <>
      <div ref={body} class="share-body scrolls" tabIndex={-1}>
        <Show when={!listed()} fallback={<ShareList sharing={sharing} onRevoke={setLeaving} />}>
          <Show when={shown()}>{(link) => <ShareLink share={link()} />}</Show>
          <ShareForm sharing={sharing} settings={settings()} disabled={isBusy()} onChange={choose} />
          <Show when={running()}>
            {(busy) => <ShareUpload job={busy()} opened={share()?.opened ?? false} />}
          </Show>
          <Show when={!running() && shown()}>
            {(link) => (
              <p class="share-state" role="status">
                <Icon name={link().complete ? 'circle-check' : 'triangle-alert'} />
                {link().complete
                  ? `As it was ${whenText(link().updatedAt, Date.now()).replace(/^[TY]/, (l) => l.toLowerCase())}. Update the link to share what has changed since.`
                  : 'Only the mix can be heard yet: the upload was left off. Carry on to send the rest.'}
              </p>
            )}
          </Show>
          <p class="share-safe">
            <Icon name="shield-check" />
            <span>
              Encrypted on this computer before it leaves. The key is the part after #, which no server sees:
              whoever has the whole link{settings().password ? ' and the password' : ''} can open it.
            </span>
          </p>
        </Show>
        <Show when={refusal() ?? (job() || !share() ? failed() : null)}>
          {(reason) => (
            <p class="share-failed" role="alert">
              <Icon name="triangle-alert" />
              {reason()}
            </p>
          )}
        </Show>
      </div>
      <Show when={leaving()} fallback={mainFooter()}>
        {(link) => (
          <footer>
            <p class="share-asking" role="alert">
              After this nobody can open the link to “{link().title}”, and it can’t be brought back.
            </p>
            <Button
              large
              variant="ghost"
              ref={(button) => queueMicrotask(() => button.focus())}
              onClick={() => setLeaving(null)}
            >
              Keep it
            </Button>
            <Button large class="share-stop" variant="ghost" onClick={() => void stop(link())}>
              Stop sharing
            </Button>
          </footer>
        )}
      </Show>
    </>
  );
}
