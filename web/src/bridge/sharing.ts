import { type Accessor, createSignal } from 'solid-js';
import type { Project } from '../model/project';
import type { StudioMessages } from './messageTypes';
import type { SharingDoor, StudioSharing } from './sharingTypes';

export interface SharingOptions {
  readonly engineModule: Promise<WebAssembly.Module>;
  readonly messages: StudioMessages;
  /** The project that is open now. */
  current(): Project;
  readonly projectId: Accessor<string>;
}

/** The code of sharing is fetched when a person first wants to share. */
export function createSharing(options: SharingOptions): SharingDoor {
  const [busy, setBusy] = createSignal(false);
  let opening: Promise<StudioSharing> | null = null;
  return {
    busy,
    open() {
      opening ??= import('./sharingDesk').then(({ openSharingDesk }) => openSharingDesk(options, setBusy));
      // Where the server can't share now, it may be able to later.
      opening.then(
        ({ whyNot }) => {
          if (whyNot !== null) opening = null;
        },
        () => {
          opening = null;
        },
      );
      return opening;
    },
  };
}
