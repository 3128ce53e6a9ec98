import type { OwnShare } from '../../bridge/sharingTypes';
import { Button } from '../kit/Button';
import { createCopying } from '../state/copying';

/** Copies links. */
export const createLinkCopying = () =>
  createCopying('The browser did not let the link be copied: select it and press Ctrl C.');

/** The link with its key, to be copied. */
export function ShareLink(props: { share: OwnShare }) {
  const { copied, copy } = createLinkCopying();
  const link = () => props.share.address + props.share.key;
  const done = () => copied() === link();
  const address = () => props.share.address.replace(/^https?:\/\//, '');
  let field: HTMLInputElement | undefined;
  return (
    <div class="share-link">
      <div class="share-link-field">
        <span class="share-link-shown" aria-hidden="true">
          <span>{address()}</span>
          <b>{props.share.key}</b>
        </span>
        <input
          ref={field}
          type="text"
          readonly
          aria-label="Link"
          spellcheck={false}
          value={link()}
          onFocus={(event) => event.currentTarget.select()}
        />
      </div>
      <Button
        large
        variant="primary"
        icon={done() ? 'check' : 'copy'}
        data-first-focus
        onClick={() => void copy(link())}
      >
        {done() ? 'Copied' : 'Copy link'}
      </Button>
      <span class="hidden" role="status">
        {done() ? 'The link is copied.' : ''}
      </span>
    </div>
  );
}
