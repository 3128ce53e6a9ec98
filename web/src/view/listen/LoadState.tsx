import { createMemo } from 'solid-js';
import type { Listening } from '../../bridge/listen/listening';
import { bytesText, deskBytes } from './words';

/** How much of the session is here, in words and as a line. */
export function LoadState(props: { listening: Listening }) {
  const { listening } = props;
  const { manifest } = listening;
  const previewBytes = manifest.preview.file.bytes;
  const stemsBytes = deskBytes(manifest);
  const state = createMemo(() => {
    const loaded = listening.loadedBytes();
    const desk = listening.desk();
    if (listening.serverAway()) return { text: 'The server can’t be reached: trying again', fraction: null };
    if (listening.waiting())
      return { text: 'The sound here is still on its way', fraction: loaded / previewBytes };
    if (loaded < previewBytes && desk.kind !== 'loading' && desk.kind !== 'ready') {
      const behind = stemsBytes > 0 ? `, then the stems, ${bytesText(stemsBytes)}` : '';
      return {
        text: `Mix: ${bytesText(loaded)} of ${bytesText(previewBytes)}${behind}`,
        fraction: loaded / previewBytes,
      };
    }
    if (desk.kind === 'loading') {
      const percent = Math.floor(100 * desk.fraction);
      return { text: `Stems: ${percent} % of ${bytesText(stemsBytes)}`, fraction: desk.fraction };
    }
    return { text: `All here, ${bytesText(previewBytes + stemsBytes)}`, fraction: 1 };
  });
  return (
    <div class="load-state">
      <span>{state().text}</span>
      <div
        class="progress"
        classList={{ whole: state().fraction === 1, unknown: state().fraction === null }}
        role="progressbar"
        aria-label="Loading"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={state().fraction === null ? undefined : Math.round(100 * (state().fraction ?? 0))}
        aria-valuetext={state().text}
        style={{ '--fraction': state().fraction ?? 0 }}
      >
        <i />
      </div>
    </div>
  );
}
