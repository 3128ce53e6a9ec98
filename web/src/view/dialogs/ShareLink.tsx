import { createSignal, onCleanup } from 'solid-js';
import type { OwnShare } from '../../bridge/sharingTypes';
import { Button } from '../kit/Button';
import { useStudio } from '../state/studio';

const confirmedMs = 2500;

/** Copies a link; true for a while after it has worked. */
export function createCopying(): { copied: () => string | null; copy(share: OwnShare): Promise<void> } {
  const { messages } = useStudio();
  const [copied, setCopied] = createSignal<string | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(timer));
  return {
    copied,
    async copy({ id, address, key }) {
      try {
        await navigator.clipboard.writeText(address + key);
      } catch {
        messages.say('The browser did not let the link be copied: select it and press Ctrl C.', 'alert');
        return;
      }
      setCopied(id);
      clearTimeout(timer);
      timer = setTimeout(() => setCopied(null), confirmedMs);
    },
  };
}

/** The link with its key, to be copied. */
export function ShareLink(props: { share: OwnShare }) {
  const { copied, copy } = createCopying();
  const done = () => copied() === props.share.id;
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
          value={props.share.address + props.share.key}
          onFocus={(event) => event.currentTarget.select()}
        />
      </div>
      <Button
        large
        variant="primary"
        icon={done() ? 'check' : 'copy'}
        data-first-focus
        onClick={() => void copy(props.share)}
      >
        {done() ? 'Copied' : 'Copy link'}
      </Button>
      <span class="hidden" role="status">
        {done() ? 'The link is copied.' : ''}
      </span>
    </div>
  );
}
