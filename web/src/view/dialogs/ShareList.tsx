import { For, Show } from 'solid-js';
import type { OwnShare, StudioSharing } from '../../bridge/sharingTypes';
import { Button, IconButton } from '../kit/Button';
import { whenText } from '../projects/when';
import { createLinkCopying } from './ShareLink';
import { dateText, titleOf } from './shareText';

export interface ShareListProps {
  sharing: StudioSharing;
  onRevoke: (share: OwnShare) => void;
}

/** All links of this browser, of every project. */
export function ShareList(props: ShareListProps) {
  const linkOf = ({ address, key }: OwnShare) => address + key;
  const { copied, copy } = createLinkCopying();
  const facts = ({ right, expiresAt, password, complete, updatedAt }: OwnShare) =>
    [
      titleOf(right),
      complete ? null : 'not all uploaded',
      expiresAt === null ? null : `until ${dateText(expiresAt)}`,
      password === null ? null : 'password',
      `shared ${whenText(updatedAt, Date.now()).replace(/^[TY]/, (letter) => letter.toLowerCase())}`,
    ]
      .filter((fact) => fact !== null)
      .join(' · ');
  return (
    <>
      <h3>Your links, of all projects</h3>
      <Show
        when={props.sharing.shares().length > 0}
        fallback={<p class="share-none">No link of yours can be opened now.</p>}
      >
        <ul class="share-list scrolls" aria-label="Your links">
          <For each={props.sharing.shares()}>
            {(share) => (
              <li>
                <div>
                  <b class="ellipsis">{share.title}</b>
                  <span>{facts(share)}</span>
                </div>
                <IconButton
                  icon={copied() === linkOf(share) ? 'check' : 'copy'}
                  label={`Copy the link to ${share.title}`}
                  tip={copied() === linkOf(share) ? 'Copied' : 'Copy link'}
                  disabled={!share.opened}
                  onClick={() => void copy(linkOf(share))}
                />
                <Button
                  variant="ghost"
                  class="share-stop"
                  aria-label={`Stop sharing ${share.title}`}
                  onClick={() => props.onRevoke(share)}
                >
                  Stop
                </Button>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </>
  );
}
