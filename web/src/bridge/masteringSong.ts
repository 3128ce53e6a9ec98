import { type Accessor, createMemo, createSignal } from 'solid-js';
import type { Programme } from '../mastering/measures';
import type { Move } from '../mastering/moves';
import type { Note } from '../mastering/proposal';
import type { Id, Patch, ProjectSnapshot } from '../model/types';
import type { MasteringClient } from './masteringClient';
import type { ListenChoice, ProposedMove, SongAnalysis, StudioSong } from './masteringTypes';
import type { StudioMessages } from './messageTypes';

export interface SongOptions {
  readonly engineModule: Promise<WebAssembly.Module>;
  readonly project: Accessor<ProjectSnapshot>;
  readonly messages: StudioMessages;
  commit(label: string, patches: readonly Patch[]): void;
  commitSilently(patches: readonly Patch[]): void;
  setLoudness(choice: ListenChoice, lufs: number | null): void;
}

/** What is known of the song and what is being found out; the work itself is loaded when it is first asked for. */
export interface SongState extends SongOptions {
  readonly measured: Accessor<SongAnalysis | null>;
  setMeasured(song: SongAnalysis | null): void;
  readonly references: StudioSong['references'];
  setReference(id: Id, programme: Programme): void;
  readonly moves: Accessor<readonly ProposedMove[]>;
  setMoves(moves: readonly Move[], notes: readonly Note[]): void;
  readonly client: Accessor<MasteringClient | null>;
  setClient(client: MasteringClient | null): void;
  setWork(work: { readonly doing: string; readonly fraction: number } | null): void;
}

interface Proposed {
  readonly projectId: Id;
  readonly moves: readonly Move[];
  readonly notes: readonly Note[];
}

const noProposal: Proposed = { projectId: '', moves: [], notes: [] };

export function createSong(options: SongOptions): StudioSong {
  const { project } = options;
  const [measured, setMeasured] = createSignal<SongAnalysis | null>(null);
  const [work, setWork] = createSignal<ReturnType<StudioSong['work']>>(null);
  const [proposal, setProposal] = createSignal<Proposed>(noProposal);
  const proposed = () => (proposal().projectId === project().id ? proposal() : noProposal);
  const moves = createMemo(() => proposed().moves.map((move) => ({ ...move, on: isMade(project(), move) })));
  const [references, setReferences] = createSignal<ReadonlyMap<Id, Programme>>(new Map());
  const [client, setClient] = createSignal<MasteringClient | null>(null);
  const state: SongState = {
    ...options,
    measured,
    setMeasured: (song) => setMeasured(song),
    references,
    setReference: (id, programme) => setReferences(new Map(references()).set(id, programme)),
    moves,
    setMoves: (next, notes) => setProposal({ projectId: project().id, moves: next, notes }),
    client,
    setClient: (next) => setClient(next),
    setWork,
  };
  const analysis = createMemo(() => {
    const song = measured();
    return song?.project.id === project().id ? song : null;
  });
  const load = () => import('./masteringWork');
  return {
    analysis,
    stale: createMemo(() => {
      const song = analysis();
      return song !== null && !soundsAlike(song.project, project());
    }),
    work,
    references,
    moves,
    notes: () => proposed().notes,
    setUp: async () => (await load()).setUp(state),
    analyse: async () => (await load()).analyse(state),
    reach: async () => (await load()).reach(state),
    propose: async (amount, referenceId = null) => (await load()).proposeMoves(state, amount, referenceId),
    setMove: async (id, on) => (await load()).setMove(state, id, on),
    repair: async (repair) => (await load()).repairEnd(state, repair),
    masterWhole: async () => (await load()).masterWhole(state),
    cancel: () => client()?.cancel(),
  };
}

/** Whether the chain has what a move sets. */
const isMade = ({ mastering }: ProjectSnapshot, { stage, params }: Move): boolean =>
  mastering.inserts.some(
    (insert) =>
      insert.device === stage &&
      insert.on &&
      Object.entries(params).every(([id, value]) => Math.abs((insert.params[id] ?? 0) - value) < 1e-6),
  );

/** Whether nothing that is heard of the master is different. */
function soundsAlike(a: ProjectSnapshot, b: ProjectSnapshot): boolean {
  return (
    a.tracks === b.tracks &&
    a.master === b.master &&
    a.tempo === b.tempo &&
    a.tempoChanges === b.tempoChanges &&
    a.sources === b.sources &&
    a.mastering.headFrames === b.mastering.headFrames &&
    a.mastering.tailFrames === b.mastering.tailFrames &&
    a.mastering.inserts === b.mastering.inserts &&
    a.mastering.lanes === b.mastering.lanes
  );
}
