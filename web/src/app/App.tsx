import { createEffect, createMemo, lazy, Match, on, onCleanup, Show, Switch, untrack } from 'solid-js';
import type { Studio } from '../bridge/studioTypes';
import { Bar } from '../view/bar/Bar';
import { panelId, tabId } from '../view/bar/Rooms';
import { PickerHost } from '../view/devices/PickerHost';
import { RenameDialog } from '../view/dialogs/RenameDialog';
import { AudioFilesInput } from '../view/files/AudioFilesInput';
import { DropEverywhere } from '../view/files/DropEverywhere';
import { installKeys } from '../view/keys/keys';
import { MenuHost } from '../view/kit/Menu';
import { TooltipLayer } from '../view/kit/Tooltip';
import { Messages } from '../view/messages/Messages';
import { PhoneBar } from '../view/phone/PhoneBar';
import { PhoneTransport } from '../view/phone/PhoneTransport';
import { isPhone } from '../view/phone/phoneSize';
import { keepPictures } from '../view/projects/pictureStore';
import { StartPage } from '../view/start/StartPage';
import { openDialog, showDialog } from '../view/state/dialogs';
import { room } from '../view/state/room';
import { resetSelection } from '../view/state/selection';
import { StudioContext, useStudio } from '../view/state/studio';
import './app.css';

// What is not seen at first comes when the page has time, or when it is asked for.
const ArrangeRoom = lazy(() => import('../view/tracks/ArrangeRoom'));
const MixRoom = lazy(() => import('../view/mixer/MixRoom'));
const MasterRoom = lazy(() => import('../view/mastering/MasterRoom'));
const PhoneMasterRoom = lazy(() => import('../view/mastering/PhoneMasterRoom'));
const PhoneMix = lazy(() => import('../view/phone/PhoneMix'));
const ProjectsPage = lazy(() => import('../view/projects/ProjectsPage'));
const ExportDialog = lazy(() => import('../view/dialogs/ExportDialog'));
const ShareDialog = lazy(() => import('../view/dialogs/ShareDialog'));
const Palette = lazy(() => import('../view/keys/Palette'));
const Shortcuts = lazy(() => import('../view/keys/Shortcuts'));
const later = [ArrangeRoom, MixRoom, Palette, MasterRoom, Shortcuts, ExportDialog, ProjectsPage, ShareDialog];

/** The room that is chosen; an empty project shows the start page in every room. */
function RoomPanel() {
  const studio = useStudio();
  const empty = () => studio.project().tracks.length === 0;
  return (
    <main class="room-place">
      <Show when={!empty()}>
        <h1 class="hidden">{studio.project().name}</h1>
      </Show>
      <div id={panelId} class="room-panel" role="tabpanel" aria-labelledby={tabId(room())}>
        <Show when={!empty()} fallback={<StartPage />}>
          <Switch>
            <Match when={room() === 'arrange'}>
              <ArrangeRoom />
            </Match>
            <Match when={room() === 'mix'}>
              <Show when={isPhone()} fallback={<MixRoom />}>
                <PhoneMix />
              </Show>
            </Match>
            <Match when={room() === 'master'}>
              <Show when={isPhone()} fallback={<MasterRoom />}>
                <PhoneMasterRoom />
              </Show>
            </Match>
          </Switch>
        </Show>
      </div>
    </main>
  );
}

function Page() {
  const studio = useStudio();
  installKeys(studio);
  keepPictures();
  const idle = globalThis.requestIdleCallback ?? ((run: () => void) => setTimeout(run, 1000));
  idle(() => later.forEach((part) => void part.preload()));
  const projectId = createMemo(() => studio.project().id);
  createEffect(on(projectId, () => resetSelection(untrack(studio.project))));
  // The first track of an empty project becomes the selected one.
  const noTracks = createMemo(() => studio.project().tracks.length === 0);
  createEffect(on(noTracks, () => resetSelection(untrack(studio.project)), { defer: true }));
  createEffect(() => {
    document.title = `${studio.project().name} · Mixwell`;
  });
  const close = () => showDialog(null);
  onCleanup(close);

  return (
    <div class="page" classList={{ phone: isPhone() }}>
      <Show when={openDialog() !== 'projects'} fallback={<ProjectsPage />}>
        <Show when={isPhone()} fallback={<Bar />}>
          <PhoneBar />
        </Show>
        <RoomPanel />
        <Show when={isPhone()}>
          <PhoneTransport />
        </Show>
      </Show>
      <AudioFilesInput />
      <DropEverywhere showHint={studio.project().tracks.length > 0} />
      <Show when={openDialog() === 'export'}>
        <ExportDialog open onClose={close} />
      </Show>
      <Show when={openDialog() === 'share'}>
        <ShareDialog open onClose={close} />
      </Show>
      <Show when={openDialog() === 'rename-project'}>
        <RenameDialog open onClose={close} />
      </Show>
      <Show when={openDialog() === 'palette'}>
        <Palette />
      </Show>
      <Show when={openDialog() === 'shortcuts'}>
        <Shortcuts />
      </Show>
      <PickerHost />
      <Messages />
      <MenuHost />
      <TooltipLayer />
    </div>
  );
}

/** The studio's page over one session. */
export function App(props: { studio: Studio }) {
  return (
    <StudioContext.Provider value={props.studio}>
      <Page />
    </StudioContext.Provider>
  );
}
