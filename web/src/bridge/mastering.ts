import { type Accessor, createComputed, createMemo, createSignal, on } from 'solid-js';
import { firstLoudnessNumber } from '../audio-thread/protocol';
import { CommandWriter } from '../engine/encodeCommands';
import { auditions, busMeters, busReadings, masterTrack } from '../generated/engineLayout';
import { newId } from '../model/ids';
import type { Project } from '../model/project';
import type { Id, ProjectSnapshot } from '../model/types';
import type { AudioSession, Stream } from './audioSession';
import type { Heard } from './compileMastering';
import { importedSource } from './importedSource';
import type { Importer } from './importer';
import { createSong } from './masteringSong';
import type { ListenChoice, StudioMastering } from './masteringTypes';
import type { StudioMessages } from './messageTypes';
import type { MeteredBus } from './meterTypes';

interface MasteringOptions {
  readonly engineModule: Promise<WebAssembly.Module>;
  session(): AudioSession<Stream>;
  readonly project: Accessor<ProjectSnapshot>;
  readonly importer: Importer;
  readonly messages: StudioMessages;
  current(): Project;
}

export interface MasteringBridge extends StudioMastering {
  readonly heard: Accessor<Heard>;
  /** Writes what a new engine must know. */
  writeSetup(out: CommandWriter): void;
}

const mostMatchDb = 60;

interface Loudness {
  readonly projectId: Id;
  readonly known: ReadonlyMap<ListenChoice, number>;
}

/** What the ears are given of mix, master and references, and how loud they are. */
export function createMastering(options: MasteringOptions): MasteringBridge {
  const { project } = options;
  const [room, setRoom] = createSignal(false);
  const [chosen, setChosen] = createSignal<ListenChoice>('master');
  const [levelMatched, setMatched] = createSignal(true);
  const [measured, setMeasured] = createSignal<Loudness>({ projectId: '', known: new Map() });
  /** Of the open project: what was measured of another one says nothing here. */
  const loudness = (): Loudness['known'] =>
    measured().projectId === project().id ? measured().known : new Map();
  const isReference = (choice: ListenChoice): boolean =>
    project().mastering.references.some(({ id }) => id === choice);
  const listening = createMemo((): ListenChoice => {
    const choice = chosen();
    return choice === 'master' || choice === 'original' || isReference(choice) ? choice : 'master';
  });
  const engaged = createMemo(() => room() || project().mastering.on);
  const heard = createMemo(
    (): Heard => ({
      mastering: engaged(),
      references: true,
      referenceId: isReference(listening()) ? listening() : null,
    }),
    undefined,
    { equals: (a, b) => a.mastering === b.mastering && a.referenceId === b.referenceId },
  );
  const loudnessOf = (choice: ListenChoice): number | null => loudness().get(choice) ?? null;
  /** Of what is heard where a choice is made: without the chain the master is the mix. */
  const heardLoudness = (choice: ListenChoice): number | null =>
    loudnessOf(choice === 'master' && !engaged() ? 'original' : choice);
  const softest = createMemo(() => {
    const choices: ListenChoice[] = [
      'master',
      'original',
      ...project().mastering.references.map(({ id }) => id),
    ];
    const known = choices.map(heardLoudness).filter((lufs) => lufs !== null);
    return known.length > 0 ? Math.min(...known) : null;
  });
  const matchGainDb = (choice: ListenChoice): number => {
    const own = heardLoudness(choice);
    const least = softest();
    if (!levelMatched() || own === null || least === null) return 0;
    return Math.max(least - own, -mostMatchDb);
  };
  const audition = (out: CommandWriter): void => {
    const choice = listening();
    const place = choice === 'master' ? 'tap' : choice === 'original' ? 'original' : 'reference';
    out.audition(auditions.indexOf(place), matchGainDb(choice));
  };
  // Whatever changes it: a choice, a loudness, a reference that goes, another project.
  createComputed(
    on(
      [listening, () => matchGainDb(listening())],
      () => {
        const out = new CommandWriter();
        audition(out);
        options.session().send(out);
      },
      { defer: true },
    ),
  );
  const [metered, setMetered] = createSignal<Id | null>(null);
  // A new engine knows nothing of it.
  createComputed(
    on(
      [metered, () => options.session().state()],
      ([trackId]) => {
        const session = options.session();
        session.sync();
        const out = new CommandWriter();
        out.meterTrack(trackId === null ? null : (session.trackHandle(trackId) ?? null));
        session.send(out);
      },
      { defer: true },
    ),
  );
  const setLoudnessOf = (choice: ListenChoice, lufs: number | null): void => {
    const known = new Map(loudness());
    if (lufs === null) known.delete(choice);
    else known.set(choice, lufs);
    setMeasured({ projectId: project().id, known });
  };
  const commit: Project['commit'] = (label, patches) => options.current().commit(label, patches);
  const commitSilently: Project['commitSilently'] = (patches) => options.current().commitSilently(patches);
  return {
    engaged,
    heard,
    setRoom,
    listening,
    listen: (choice) => setChosen(choice),
    levelMatched,
    setLevelMatched: (on) => setMatched(on),
    loudnessOf,
    setLoudness: setLoudnessOf,
    matchGainDb,
    readLoudness: (bus, into) => readLoudness(options.session(), bus, into),
    resetLoudness() {
      const out = new CommandWriter();
      out.resetPeaks(masterTrack);
      options.session().send(out);
    },
    meterTrack: (trackId) => setMetered(trackId),
    addReference: (file) => addReference(options, file),
    song: createSong({ ...options, commit, commitSilently, setLoudness: setLoudnessOf }),
    writeSetup(out) {
      out.meterLoudness(true);
      audition(out);
    },
  };
}

const firstReading = (bus: MeteredBus): number =>
  firstLoudnessNumber + busMeters.indexOf(bus) * busReadings.length;

function readLoudness(session: AudioSession<Stream>, bus: MeteredBus, into: Float64Array): boolean {
  const { telemetry } = session;
  if (!telemetry) return false;
  telemetry.refreshAtDisplayRate();
  // Nothing has been played yet: there is a session, but no quantum of sound.
  if (telemetry.get('contextTime') === 0) return false;
  const first = firstReading(bus);
  const count = Math.min(busReadings.length, into.length);
  for (let reading = 0; reading < count; reading++) {
    into[reading] = telemetry.at(first + reading);
  }
  return true;
}

async function addReference({ importer, messages, current }: MasteringOptions, file: File): Promise<void> {
  const target = current();
  try {
    const source = await importedSource(importer, target, current, file);
    if (!source) return;
    const { references } = target.committed().mastering;
    const name = file.name.replace(/\.[^.]+$/, '');
    const id: Id = newId();
    target.commit('Add reference', [
      { op: 'source.add', source },
      { op: 'reference.add', reference: { id, sourceId: source.id, name }, index: references.length },
    ]);
  } catch (error) {
    messages.say(error instanceof Error ? error.message : String(error), 'alert');
  }
}
