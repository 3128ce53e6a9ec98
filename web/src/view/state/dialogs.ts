import { createSignal } from 'solid-js';

/** What lies over the rooms; at most one at a time. 'projects' is the full page of projects. */
export type DialogName = 'export' | 'share' | 'shortcuts' | 'palette' | 'projects' | 'rename-project';

const [openDialog, showDialog] = createSignal<DialogName | null>(null);

export { openDialog, showDialog };
