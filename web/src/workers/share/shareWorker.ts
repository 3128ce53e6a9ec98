import { loadFlac } from '../../engine/loadFlac';
import { instantiateEngine } from '../../engine/loadModule';
import type { MixwellModule } from '../../engine/mixwellModule';
import { ServerRefusal, ShareServer } from '../../share/shareServer';
import { Pauses } from '../../share/upload';
import { type DownloadFolder, openDownloadFolder } from '../../storage/downloads';
import { openPrivateFile } from '../render/fileSinks';
import { Delivery } from './delivery';
import { makePreview } from './preview';
import type { FromShareWorker, Parcel, ShareSetup, ToShareWorker } from './protocol';

const cancelled = new DOMException('The sharing was cancelled.', 'AbortError');
const tellEveryMs = 100;

const control = new AbortController();
const pauses = new Pauses();
const say = (message: FromShareWorker) => postMessage(message);

let setup: ShareSetup | null = null;
let module: Promise<MixwellModule> | null = null;
let folder: Promise<DownloadFolder> | null = null;
let scratchFiles = 0;

const engine = (): Promise<MixwellModule> => {
  module ??= instantiateEngine((setup as ShareSetup).engine);
  return module;
};
const privateFolder = (): Promise<DownloadFolder> => {
  folder ??= openDownloadFolder();
  return folder;
};

addEventListener('message', ({ data }: MessageEvent<ToShareWorker>) => {
  switch (data.kind) {
    case 'setup':
      setup = data.setup;
      break;
    case 'preview':
      void answer(() => preview(data.mix));
      break;
    case 'deliver':
      void answer(() => deliver(data.parcels));
      break;
    case 'pause':
      pauses.pause();
      break;
    case 'resume':
      pauses.resume();
      break;
    case 'cancel':
      control.abort(cancelled);
  }
});

async function answer(work: () => Promise<FromShareWorker>): Promise<void> {
  try {
    say(await work());
  } catch (error) {
    if (control.signal.aborted) say({ kind: 'cancelled' });
    else
      say({
        kind: 'failed',
        reason: reasonOf(error),
        code: error instanceof ServerRefusal ? error.code : null,
      });
  }
}

async function preview(mix: File): Promise<FromShareWorker> {
  let toldAt = 0;
  const onFraction = (fraction: number) => {
    const now = performance.now();
    if (now - toldAt < tellEveryMs) return;
    toldAt = now;
    say({ kind: 'previewing', fraction });
  };
  const options = { signal: control.signal, onFraction };
  return { kind: 'preview', preview: await makePreview(await engine(), mix, await privateFolder(), options) };
}

async function deliver(parcels: readonly Parcel[]): Promise<FromShareWorker> {
  const { origin, projectSecret } = setup as ShareSetup;
  const transfer = {
    server: new ShareServer(origin),
    pauses,
    signal: control.signal,
    onWaiting: (ms: number | null) => say({ kind: 'waiting', ms }),
  };
  await new Delivery(parcels, {
    transfer,
    projectSecret,
    module: engine,
    flac: loadFlac,
    scratch,
    say,
  }).run();
  return { kind: 'delivered' };
}

async function scratch() {
  const { folder } = await privateFolder();
  const name = `parcel ${++scratchFiles}`;
  return {
    sink: await openPrivateFile(folder, name),
    read: async () => (await folder.getFileHandle(name)).getFile(),
    remove: () => folder.removeEntry(name),
  };
}

function reasonOf(error: unknown): string {
  if (error instanceof DOMException && error.name === 'QuotaExceededError') return 'The disk is full.';
  return error instanceof Error ? error.message : String(error);
}
