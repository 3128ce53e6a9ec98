import type { Accessor } from 'solid-js';
import type { Right } from '../share/manifest';
import type { MixKind } from '../storage/shares';

export type { MixKind, Right };

export interface ShareSettings {
  readonly right: Right;
  /** What sounds at once: the mix, or the mix through the mastering chain. */
  readonly what: MixKind;
  /** Null: the link alone opens it. */
  readonly password: string | null;
  /** Milliseconds since 1970; null: for good. */
  readonly expiresAt: number | null;
}

/** One's own link as the view shows it. */
export interface OwnShare extends ShareSettings {
  readonly id: string;
  readonly projectId: string;
  /** The project's name when it was shared last. */
  readonly title: string;
  /** The link in two parts: what a server sees, and the key behind it with its "#". */
  readonly address: string;
  readonly key: string;
  readonly updatedAt: number;
  /** The server knows it: it can be opened. */
  readonly opened: boolean;
  /** All that its right needs is there; false where an upload was left off. */
  readonly complete: boolean;
  readonly ended: 'revoked' | 'expired' | null;
}

/** What a link would hold, before it is made. */
export interface ShareEstimate {
  /** Of the whole link, encrypted; what the server has already needs no upload. */
  readonly bytes: number;
  /** Audio files or stems. */
  readonly files: number;
  readonly seconds: number;
}

export type ShareState = 'preparing' | 'uploading' | 'paused' | 'done' | 'failed' | 'cancelled';

export interface ShareProgress {
  /** "Rendering the mix" */
  readonly doing: string;
  /** 0 to 1, of what is being done. */
  readonly fraction: number;
  /** Of the upload; 0 before its length is known. */
  readonly doneBytes: number;
  readonly totalBytes: number;
  readonly secondsLeft: number | null;
}

/** The making of a link, or its renewal. It goes on when the dialog is closed. */
export interface ShareJob {
  readonly shareId: string;
  readonly settings: ShareSettings;
  readonly state: Accessor<ShareState>;
  readonly progress: Accessor<ShareProgress>;
  /** The server is away; it is asked again and again. */
  readonly waiting: Accessor<boolean>;
  /** There when the state is 'failed': a sentence. */
  readonly error: Accessor<string | null>;
  pause(): void;
  resume(): void;
  /** What was uploaded so far is not uploaded again another time. */
  cancel(): void;
}

export interface StudioSharing {
  /** A sentence where no links can be made here. */
  readonly whyNot: string | null;
  /** Days that a link may live, the longest last; null: for good. */
  readonly expiryDays: readonly (number | null)[];
  /** Reactive: all links, newest first, those that have ended left out. */
  readonly shares: Accessor<readonly OwnShare[]>;
  /** Reactive: what is being made now, or was made last. */
  readonly job: Accessor<ShareJob | null>;
  /** For the open project. */
  defaults(): ShareSettings;
  estimate(settings: ShareSettings): Promise<ShareEstimate>;
  /** Makes a link, or renews the one with this id. One at a time. */
  share(settings: ShareSettings, id?: string): ShareJob;
  /** Takes a link back. Resolves to a sentence where the server can't be told. */
  revoke(id: string): Promise<string | null>;
}

/** Sharing comes when it is asked for. */
export interface SharingDoor {
  open(): Promise<StudioSharing>;
  /** Reactive: whether a link is being made. */
  readonly busy: Accessor<boolean>;
}
