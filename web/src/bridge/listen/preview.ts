import { type Accessor, createSignal } from 'solid-js';
import { PieceDamaged } from '../../share/chunks';
import type { Bytes } from '../../share/encoding';
import { fetchFile } from '../../share/fetchFile';
import { MediaFeed } from './mediaFeed';
import type { OpenedLink } from './openLink';
import { problemFor } from './problems';

/** The mix of a session as a media element plays it. */
export interface Preview {
  /** Reactive: whether it is to play, even if sound is still on its way. */
  readonly playing: Accessor<boolean>;
  /** Reactive: the sound at the playhead is still on its way. */
  readonly waiting: Accessor<boolean>;
  /** Reactive: bytes that are here. */
  readonly loadedBytes: Accessor<number>;
  /** Reactive: the server is away, and is asked again. */
  readonly serverAway: Accessor<boolean>;
  /** Reactive: what is wrong with it, in a sentence. */
  readonly trouble: Accessor<string | null>;
  /** Resolves when all of it is here, or will never be. */
  readonly done: Promise<void>;
  /** Not reactive. */
  positionS(): number;
  loadedToS(): number;
  play(): void;
  pause(): void;
  seek(seconds: number): void;
  /** Linear. */
  setVolume(volume: number): void;
  close(): void;
}

/** Where the browser's media element reports that it may be further than before. */
const movements = ['timeupdate', 'seeking', 'pause'];
const states = ['waiting', 'seeking', 'seeked', 'canplay', 'playing', 'pause', 'progress', 'timeupdate'];

export function createPreview({ link, server, manifest }: OpenedLink): Preview {
  const { file, mimeType } = manifest.preview;
  const lengthS = manifest.mix.frames / manifest.mix.sampleRateHz;
  const [playing, setPlaying] = createSignal(false);
  const [waiting, setWaiting] = createSignal(false);
  const [loadedBytes, setLoadedBytes] = createSignal(0);
  const [serverAway, setServerAway] = createSignal(false);
  const [trouble, setTrouble] = createSignal<string | null>(null);
  const control = new AbortController();
  const audio = new Audio();
  audio.preload = 'auto';
  const parts: Bytes[] = [];
  let feed: MediaFeed | null = MediaFeed.takes(mimeType) ? new MediaFeed(audio, mimeType) : null;
  let wholeUrl: string | null = null;
  let arrived: () => void = () => {};
  let arrival = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  const announce = () => {
    arrived();
    arrival = new Promise((resolve) => {
      arrived = resolve;
    });
  };

  const look = () => {
    setWaiting(
      (playing() || audio.seeking) && audio.readyState < HTMLMediaElement.HAVE_FUTURE_DATA && !audio.ended,
    );
  };
  const start = () => {
    audio.play().catch((error: unknown) => {
      // Another source was put in its place.
      if (error instanceof DOMException && error.name === 'AbortError') return;
      setPlaying(false);
      look();
    });
  };
  /** Plays from one piece of memory: the browser may then jump to any place. */
  const playWhole = () => {
    if (wholeUrl !== null) return;
    const at = audio.currentTime;
    feed?.close();
    feed = null;
    wholeUrl = URL.createObjectURL(new Blob(parts, { type: mimeType }));
    audio.src = wholeUrl;
    audio.currentTime = at;
    if (playing()) start();
  };
  const isWhole = () => loadedBytes() === file.bytes && file.bytes > 0;

  const fill = async (current: MediaFeed) => {
    for (let index = 0; feed === current; index++) {
      while (index >= parts.length && feed === current) {
        if (isWhole()) return current.end();
        await arrival;
      }
      const part = parts[index];
      while (part && feed === current && !(await current.append(part))) {
        if (isWhole()) return playWhole();
        await Promise.race([arrival, ...movements.map((type) => eventOf(audio, type))]);
      }
    }
  };
  const fillFrom = (current: MediaFeed) => {
    fill(current).catch(() => {
      // What the buffer does not take, the element may still take as a whole.
      if (feed !== current) return;
      feed.close();
      feed = null;
      if (isWhole()) playWhole();
    });
  };

  const load = async () => {
    const onWaiting = (ms: number | null) => setServerAway(ms !== null);
    const options = { signal: control.signal, onWaiting };
    try {
      for await (const part of fetchFile(server, link.id, file, options)) {
        parts.push(part);
        setLoadedBytes((before) => before + part.length);
        announce();
      }
      if (!feed || feed.isTight) playWhole();
    } catch (error) {
      if (control.signal.aborted) return;
      setTrouble(sentenceFor(error));
      if (error instanceof PieceDamaged) await server.reportDamaged(link.id, error.pieceId).catch(() => {});
    } finally {
      announce();
    }
  };

  for (const type of states) audio.addEventListener(type, look);
  audio.addEventListener('ended', () => setPlaying(false));
  audio.addEventListener('error', () => {
    if (feed) {
      feed.close();
      feed = null;
      if (isWhole()) playWhole();
    } else if (wholeUrl !== null) {
      setPlaying(false);
      setTrouble(
        'This browser can’t play the sound of this session. A current Chrome, Edge, Firefox or Safari can.',
      );
    }
  });
  if (feed) fillFrom(feed);
  const done = load();

  return {
    playing,
    waiting,
    loadedBytes,
    serverAway,
    trouble,
    done,
    positionS: () => Math.min(audio.currentTime, lengthS),
    loadedToS() {
      if (isWhole()) return lengthS;
      const { buffered } = audio;
      return buffered.length > 0 ? Math.min(lengthS, buffered.end(buffered.length - 1)) : 0;
    },
    play() {
      if (audio.ended || audio.currentTime >= lengthS) audio.currentTime = 0;
      setPlaying(true);
      start();
      look();
    },
    pause() {
      setPlaying(false);
      audio.pause();
      look();
    },
    seek(seconds) {
      const to = Math.max(0, Math.min(seconds, lengthS));
      audio.currentTime = to;
      // What was let go of comes again, from the beginning.
      if (!feed?.isTight || holds(audio.buffered, to)) return;
      if (isWhole()) return playWhole();
      feed.close();
      feed = new MediaFeed(audio, mimeType);
      audio.currentTime = to;
      if (playing()) start();
      fillFrom(feed);
    },
    setVolume(volume) {
      audio.volume = Math.max(0, Math.min(1, volume));
    },
    close() {
      control.abort();
      audio.pause();
      feed?.close();
      feed = null;
      if (wholeUrl !== null) URL.revokeObjectURL(wholeUrl);
      audio.removeAttribute('src');
      announce();
    },
  };
}

function sentenceFor(error: unknown): string {
  if (error instanceof PieceDamaged) {
    return 'A part of the sound is damaged on the server: it plays as far as it goes. The server was told.';
  }
  return problemFor(error).sentence;
}

const eventOf = (target: EventTarget, type: string): Promise<void> =>
  new Promise((resolve) => target.addEventListener(type, () => resolve(), { once: true }));

function holds(ranges: TimeRanges, seconds: number): boolean {
  for (let index = 0; index < ranges.length; index++) {
    if (ranges.start(index) <= seconds && seconds < ranges.end(index)) return true;
  }
  return false;
}
