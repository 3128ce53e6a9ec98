import { type Accessor, createSignal, untrack } from 'solid-js';
import type { Manifest, SharedSource } from '../../share/manifest';
import type { SessionStudio } from '../studio';
import type { Desk } from './desk';
import { offerMediaKeys } from './mediaKeys';
import type { OpenedLink } from './openLink';
import { createPreview } from './preview';
import { createVerifying, type Verifying } from './verifying';

/** What of the session is on its way. */
export type DeskState =
  /** The link's right holds no stems. */
  | { readonly kind: 'none' }
  /** The mix comes first. */
  | { readonly kind: 'waiting' }
  | { readonly kind: 'loading'; readonly fraction: number }
  | { readonly kind: 'ready'; readonly desk: Desk; readonly damaged: readonly SharedSource[] }
  | { readonly kind: 'failed'; readonly sentence: string };

/** A session that is listened to: its mix at once, its stems when they are there. */
export interface Listening {
  readonly manifest: Manifest;
  readonly lengthS: number;
  readonly playing: Accessor<boolean>;
  /** Reactive: the sound at the playhead is still on its way. */
  readonly waiting: Accessor<boolean>;
  /** Reactive: the server is away, and is asked again. */
  readonly serverAway: Accessor<boolean>;
  /** Reactive: what is wrong with the mix, in a sentence. */
  readonly trouble: Accessor<string | null>;
  /** Reactive: bytes of the mix that are here. */
  readonly loadedBytes: Accessor<number>;
  /** Reactive: whether the stems are heard, and not the mix as it was shared. */
  readonly onStems: Accessor<boolean>;
  readonly desk: Accessor<DeskState>;
  readonly verifying: Verifying;
  /** Linear, 0 to 1. */
  readonly volume: Accessor<number>;
  /** Not reactive; read them once an animation frame. */
  positionS(): number;
  loadedToS(): number;
  toggle(): void;
  seek(seconds: number): void;
  setVolume(volume: number): void;
  /** The desk plays on where the mix is. */
  takeStems(): void;
  /** All is as it was shared. */
  backToMix(): void;
  /** Begins with what the desk needs again, where it failed. */
  loadDesk(): void;
  close(): void;
}

/** The engine starts within this time, or the mix plays on. */
const handoverMs = 5000;

export function createListening(session: OpenedLink): Listening {
  const { manifest } = session;
  const { sampleRateHz, frames } = manifest.mix;
  const preview = createPreview(session);
  const [desk, setDesk] = createSignal<DeskState>({ kind: manifest.project ? 'waiting' : 'none' });
  const [onStems, setOnStems] = createSignal(false);
  const [handingOver, setHandingOver] = createSignal(false);
  const [deskAway, setDeskAway] = createSignal(false);
  const [volume, setVolumeSignal] = createSignal(1);
  const verifying = createVerifying(manifest);
  const control = new AbortController();

  const studio = (): SessionStudio | null => {
    const state = desk();
    return state.kind === 'ready' ? state.desk.studio : null;
  };
  /** The transport of the desk, while it is what sounds. */
  const transport = () => (onStems() && !handingOver() ? (studio()?.transport ?? null) : null);
  const playing = () => transport()?.playing() ?? preview.playing();
  const positionS = () => {
    const moved = untrack(transport);
    return moved ? moved.positionFrames() / sampleRateHz : preview.positionS();
  };
  const setDeskVolume = () => {
    studio()?.monitor.setVolumeDb(volume() > 0 ? 20 * Math.log10(volume()) : -200);
  };

  const loadDesk = async () => {
    if (!manifest.project || control.signal.aborted) return;
    const damaged: SharedSource[] = [];
    setDesk({ kind: 'loading', fraction: 0 });
    try {
      const { openDesk } = await import('./desk');
      const opened = await openDesk(session, {
        signal: control.signal,
        onProgress: (fraction) => setDesk({ kind: 'loading', fraction }),
        onWaiting: (ms) => setDeskAway(ms !== null),
        onDamaged: (source) => damaged.push(source),
      });
      setDesk({ kind: 'ready', desk: opened, damaged });
      setDeskVolume();
    } catch (error) {
      if (control.signal.aborted) return;
      setDesk({ kind: 'failed', sentence: error instanceof Error ? error.message : String(error) });
    }
  };
  void preview.done.then(loadDesk);

  /** Waits until the engine moves, and puts it where the mix has come to. */
  const handOver = (desk: SessionStudio) => {
    const { transport } = desk;
    const from = transport.positionFrames();
    const until = performance.now() + handoverMs;
    setHandingOver(true);
    const look = () => {
      const given = !onStems() || !preview.playing();
      if (!given && transport.positionFrames() === from && performance.now() < until) {
        requestAnimationFrame(look);
        return;
      }
      if (given) transport.pause();
      transport.seek(Math.round(preview.positionS() * sampleRateHz));
      preview.pause();
      setHandingOver(false);
    };
    transport.play();
    look();
  };

  const listening: Listening = {
    manifest,
    lengthS: frames / sampleRateHz,
    playing,
    waiting: () => !transport() && preview.waiting(),
    serverAway: () => preview.serverAway() || deskAway(),
    trouble: preview.trouble,
    loadedBytes: preview.loadedBytes,
    onStems,
    desk,
    verifying,
    volume,
    positionS,
    loadedToS: () => (untrack(onStems) ? frames / sampleRateHz : preview.loadedToS()),
    toggle() {
      const moved = untrack(transport);
      if (moved) moved.toggle();
      else if (untrack(preview.playing)) preview.pause();
      else preview.play();
    },
    seek(seconds) {
      const to = Math.max(0, Math.min(seconds, frames / sampleRateHz));
      const moved = untrack(transport);
      if (moved) moved.seek(Math.round(to * sampleRateHz));
      else preview.seek(to);
    },
    setVolume(value) {
      setVolumeSignal(Math.max(0, Math.min(1, value)));
      preview.setVolume(volume());
      setDeskVolume();
    },
    takeStems() {
      const opened = untrack(studio);
      if (!opened || untrack(onStems)) return;
      opened.transport.seek(Math.round(preview.positionS() * sampleRateHz));
      setOnStems(true);
      if (untrack(preview.playing)) handOver(opened);
    },
    backToMix() {
      const opened = untrack(studio);
      if (!opened || !untrack(onStems)) return;
      const wasPlaying = untrack(playing);
      preview.seek(positionS());
      opened.transport.pause();
      setOnStems(false);
      while (untrack(() => opened.doc.undoLabel) !== null) opened.doc.undo();
      if (wasPlaying) preview.play();
    },
    loadDesk: () => void loadDesk(),
    close() {
      control.abort();
      verifying.cancel();
      preview.close();
    },
  };
  offerMediaKeys(listening);
  return listening;
}
