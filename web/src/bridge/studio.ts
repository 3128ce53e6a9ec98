import { createComputed, createMemo, createRoot, untrack } from 'solid-js';
import type { Project } from '../model/project';
import { ProjectStore } from '../storage/projects/projectStore';
import { AudioSession } from './audioSession';
import { createAutomation } from './automation';
import { type CapturedTap, TapRecorder } from './captureTap';
import { compileScene } from './compile';
import { createCurves } from './curves';
import { compileEngine } from './engineModule';
import { createExporter } from './exporter';
import { handedScene } from './handedScene';
import { createImporter, type Importer } from './importer';
import { createFileImport } from './importFiles';
import { ImpulseBaker } from './impulseBaker';
import { ImpulseFeed } from './impulseFeed';
import { createImpulses } from './impulses';
import { createMastering } from './mastering';
import { createMessages } from './messages';
import type { StudioMessages } from './messageTypes';
import { createMeters } from './meters';
import { createMonitor } from './monitor';
import { askBeforeLeaving, keepStorage, openAtFirstGesture } from './pageLife';
import { createPeaks } from './peaks';
import { createProbes } from './probes';
import { openProjectFile, type ProjectFileOptions } from './projectFiles';
import { ProjectSwitch } from './projectSwitch';
import { createSharing } from './sharing';
import { SourceCare } from './sourceCare';
import { createStreamClient } from './streamClient';
import { studioProjects } from './studioProjects';
import type { Studio } from './studioTypes';
import { createTasks } from './tasks';
import { Transport } from './transport';

/** The studio with what tests and tools need besides. */
export interface SessionStudio extends Studio {
  /** Records the mix as it leaves the engine in the audio thread, while the transport moves. */
  readonly captureTap: { begin(): void; readonly frames: number; end(): Promise<CapturedTap> };
  /** Blocks that were held because sound was not there in time. */
  starvedBlocks(): number;
  /** Resolves when every edit is saved. */
  flush(): Promise<void>;
}

interface Parts {
  readonly engineModule: Promise<WebAssembly.Module>;
  readonly importer: Importer;
  /** Null: nothing is kept. */
  readonly store: ProjectStore | null;
  readonly projects: ProjectSwitch;
  readonly messages: StudioMessages;
  /** Not the studio of this browser, but a session that is listened to on another page. */
  readonly isVisit: boolean;
  /** The pool may hold sound that only the next project needs. */
  readonly keepsPool: boolean;
}

/**
 * Opens the project of last time and wires the session: document, engine, pool, export. A browser under remote control
 * finds the studio as `mixwell`, so that tests can hear what leaves the engine.
 */
export async function createStudio({ keepsPool = false } = {}): Promise<SessionStudio> {
  const messages = createMessages();
  const store = await openStore(messages);
  const projects = new ProjectSwitch(store, messages);
  await projects.openLast();
  const engineModule = compileEngine();
  const importer = createImporter(engineModule);
  return rooted({ engineModule, importer, store, projects, messages, isVisit: false, keepsPool });
}

/** Plays a project that is kept nowhere; its sound is in the pool. */
export function createVisit(
  project: Project,
  engineModule: Promise<WebAssembly.Module>,
  importer: Importer,
): SessionStudio {
  const messages = createMessages();
  const projects = new ProjectSwitch(null, messages);
  projects.document.show(project);
  return rooted({
    engineModule,
    importer,
    store: null,
    projects,
    messages,
    isVisit: true,
    keepsPool: true,
  });
}

function rooted(parts: Parts): SessionStudio {
  const studio = createRoot(() => assemble(parts));
  if (navigator.webdriver) Object.assign(globalThis, { mixwell: studio });
  return studio;
}

function assemble(parts: Parts): SessionStudio {
  const { engineModule, importer, store, projects, messages } = parts;
  engineModule.catch((error: unknown) => messages.say(String(error), 'alert'));
  const doc = projects.document;
  const { project } = doc;
  const tasks = createTasks();
  const recorder = new TapRecorder();
  const prepared = (sourceId: string) => {
    session.renewSource(sourceId);
    tables.renew(sourceId);
    peaks.retry(sourceId);
  };
  const care = new SourceCare({ importer, messages, store, project, prepared });

  const session = new AudioSession({
    engineModule,
    openStream: (link) =>
      createStreamClient(engineModule, {
        link,
        onMissing: (id) => care.missing(id),
        onFailed: (id, reason) => care.failed(id, reason),
      }),
    onStreamReplaced: () => peaks.retryAll(),
    outputId: () => monitor.deviceId(),
    writeSetup(out) {
      monitor.writeSetup(out);
      mastering.writeSetup(out);
      transport.writeSetup(out);
    },
    beforePlay: () => tables.settle(),
    onInterrupted(reason) {
      transport.interrupted();
      messages.say(reason, 'alert', { label: 'Play', run: () => transport.play() });
    },
    onRefused(reason) {
      console.error(reason);
      messages.say('An edit was not taken by the sound engine: reload the page if it sounds wrong.', 'alert');
    },
    onCaptured: (message) => recorder.receive(message),
  });
  const baker = new ImpulseBaker(engineModule);
  const tables: ImpulseFeed = new ImpulseFeed({
    session,
    bake: (spec, rateHz, source) => baker.bake(spec, rateHz, source),
    address(id) {
      const { sources, sampleRateHz } = untrack(project);
      const source = sources[id];
      return source ? { id, ext: source.ext, projectRateHz: sampleRateHz } : null;
    },
    onFailed: (id, reason) => care.failed(id, reason),
  });
  const monitor = createMonitor(() => session, messages, parts.isVisit);
  const mastering = createMastering({
    engineModule,
    session: () => session,
    project,
    importer,
    messages,
    current: () => doc.current,
  });
  const written = createMemo(() => compileScene(project(), mastering.heard()));
  const transport = new Transport(session, written, messages);
  const automation = createAutomation({
    project,
    playing: transport.playing,
    positionFrames: () => transport.positionFrames(),
    commit: (label, patches) => doc.commit(label, patches),
  });
  const scene = createMemo(() => handedScene(written(), project(), automation.hands()));
  const peaks = createPeaks(() => session.stream, project);
  createComputed(() => {
    session.setScene(scene());
    tables.setScene(scene());
  });

  const fileOptions: ProjectFileOptions = { importer, tasks, messages, projects };
  projects.onSwitched = () => {
    transport.pause();
    transport.seek(0);
    care.check();
  };
  care.check();
  if (!parts.keepsPool) care.tidy();
  openAtFirstGesture(() => {
    if (!transport.canPlay()) return false;
    session.open().catch(() => {});
    return true;
  });
  const files = createFileImport({
    importer,
    messages,
    project: () => doc.current,
    openProjectFile: (file) => openProjectFile(fileOptions, file),
    onTaken: keepStorage,
  });
  const exporter = createExporter({
    engineModule,
    project,
    mastered: mastering.engaged,
    song: mastering.song,
  });
  const sharing = createSharing({
    engineModule,
    messages,
    current: () => doc.current,
    projectId: projects.current,
  });
  askBeforeLeaving(
    () =>
      exporter.busy() ||
      sharing.busy() ||
      files.imports().length > 0 ||
      tasks.list().length > 0 ||
      projects.unsaved(),
  );

  return {
    project,
    doc,
    transport: {
      playing: transport.playing,
      canPlay: transport.canPlay,
      restFrame: transport.restFrame,
      songEndFrame: transport.songEndFrame,
      play: () => transport.play(),
      pause: () => transport.pause(),
      stop: () => transport.stop(),
      toggle: () => transport.toggle(),
      seek: (frame) => transport.seek(frame),
      returnToStart: () => transport.returnToStart(),
      positionFrames: () => transport.positionFrames(),
    },
    meters: createMeters(session, scene),
    mastering,
    probes: createProbes(session),
    ...createCurves({
      engineModule,
      project,
      mixFrames: () => session.telemetry?.get('latencyFrames') ?? 0,
    }),
    automation,
    impulses: createImpulses({ importer, messages, project, baker, peaks, current: () => doc.current }),
    peaks,
    files,
    projects: studioProjects(store, projects, fileOptions, engineModule),
    exporter,
    sharing,
    monitor,
    messages,
    audio: session.state,
    isolated: globalThis.crossOriginIsolated === true,
    captureTap: {
      begin() {
        recorder.begin();
        session.capture(true);
      },
      get frames() {
        return recorder.frames;
      },
      end() {
        const captured = recorder.end();
        session.capture(false);
        return captured;
      },
    },
    starvedBlocks() {
      session.telemetry?.refresh();
      return session.telemetry?.get('starvedBlocks') ?? 0;
    },
    flush: () => projects.flush(),
  };
}

async function openStore(messages: StudioMessages): Promise<ProjectStore | null> {
  try {
    return await ProjectStore.open();
  } catch (error) {
    messages.say(error instanceof Error ? error.message : String(error), 'alert');
    return null;
  }
}
