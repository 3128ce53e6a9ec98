import { createEffect, onCleanup, Show } from 'solid-js';
import { createListening } from '../../bridge/listen/listening';
import type { OpenedLink } from '../../bridge/listen/openLink';
import { studioAddress } from '../../share/link';
import { Mark } from '../bar/Mark';
import { Controls } from './Controls';
import { ListenIcon } from './icons';
import { installListenKeys } from './listenKeys';
import { Notices } from './Notices';
import { SongWave } from './SongWave';
import { StemsCard } from './StemsCard';
import { VerifyBadge } from './VerifyBadge';
import { factsText, rightText, verifiedText } from './words';

/** A session that is open: title, wave and a button to play at once; its stems when they are there. */
export function SessionPage(props: { session: OpenedLink }) {
  const { manifest, link } = props.session;
  const listening = createListening(props.session);
  onCleanup(() => listening.close());
  installListenKeys(listening);
  createEffect(() => {
    document.title = `${manifest.title} · Mixwell`;
  });
  return (
    <>
      <header class="listen-bar">
        <span class="listen-mark">
          <Mark />
          Mixwell
        </span>
        <span class="listen-right">{rightText[manifest.right]}</span>
        <span class="grow" />
        <span class="listen-lock" title="The key is in the link; no server has it">
          <ListenIcon name="lock" size={14} />
          End-to-end encrypted
        </span>
        <Show when={manifest.project}>
          <button
            type="button"
            class="button primary open-studio"
            title={
              manifest.right === 'edit'
                ? 'Makes a copy of your own, to be carried on'
                : 'Makes a project of your own from the stems'
            }
            onClick={() => location.assign(studioAddress(link))}
          >
            <ListenIcon name="arrow-right" size={14} />
            Open in the studio
          </button>
        </Show>
      </header>
      <main class="listen-main">
        <div class="listen-title">
          <div class="grow">
            <h1>{manifest.title}</h1>
            <p>{factsText(manifest)}</p>
          </div>
          <Show when={manifest.right === 'edit'}>
            <VerifyBadge listening={listening} />
          </Show>
        </div>
        <Notices session={props.session} listening={listening} />
        <SongWave listening={listening} />
        <Controls listening={listening} />
        <Show when={manifest.project}>
          <StemsCard listening={listening} />
        </Show>
        <p class="listen-foot">
          <ListenIcon name="lock" size={14} />
          <span>
            The sound was locked on the sender’s computer. The key is in your link: whoever has the link can
            listen. {verifiedText[manifest.right]}
          </span>
        </p>
      </main>
    </>
  );
}
