import { setStages, setUpMastering, stagesOf } from '../commands/mastering';
import { freshChain, lastLimiter } from '../mastering/chain';
import { addedSeconds, type EndRepair, endRepairs, repaired } from '../mastering/ends';
import { masteredPart } from '../mastering/masteredPart';
import type { Programme } from '../mastering/measures';
import { measuresOf } from '../mastering/measures';
import { withMoves } from '../mastering/moves';
import { propose } from '../mastering/proposal';
import type { ReachGoal } from '../mastering/reach';
import { targetOf } from '../mastering/targets';
import { whyNotMastered } from '../mastering/whyNot';
import { applyPatches } from '../model/applyPatches';
import { defaultMasterParams } from '../model/params';
import { freshTrack } from '../model/strip';
import type { AudioSource, Id, Patch, ProjectSnapshot, Reference } from '../model/types';
import { holdDownloads } from '../storage/downloads';
import type { MasteringResult } from '../workers/mastering/protocol';
import { compileScene } from './compile';
import { chainOf } from './masteringChain';
import { MasteringClient } from './masteringClient';
import type { SongState } from './masteringSong';
import { renderedScene } from './renderedScene';

export function setUp(song: SongState): void {
  const patches = setUpMastering(song.project());
  if (patches.length > 0) song.commitSilently(patches);
}

export async function analyse(song: SongState): Promise<void> {
  const project = song.project();
  const result = await run(song, project, null);
  if (!result) return;
  keep(song, project, result);
  for (const reference of project.mastering.references) await measureReference(song, reference);
}

/** Null where it was called off. */
async function measureReference(
  song: SongState,
  { id, sourceId, name }: Reference,
): Promise<Programme | null> {
  const known = song.references().get(id);
  if (known) return known;
  const project = song.project();
  const source = project.sources[sourceId];
  if (!source) return null;
  const alone = referenceAlone(project, source, name);
  const result = await run(song, alone, null, `Listening to ${name}`);
  if (!result) return null;
  song.setReference(id, result.original);
  song.setLoudness(id, measuresOf(result.original).integratedLufs);
  return result.original;
}

/** A song of nothing but a reference. */
function referenceAlone(project: ProjectSnapshot, source: AudioSource, name: string): ProjectSnapshot {
  const clip = {
    id: 'reference',
    sourceId: source.id,
    name,
    startFrame: 0,
    offsetFrames: 0,
    lengthFrames: source.frames,
    gainDb: 0,
    fadeInFrames: 0,
    fadeOutFrames: 0,
    fadeInCurve: 'linear',
    fadeOutCurve: 'linear',
  } as const;
  const track = freshTrack({ id: 'reference', name, colour: 'slate', kind: 'other', clips: [clip] });
  return {
    ...project,
    tracks: [track],
    master: { ...project.master, params: defaultMasterParams, inserts: [], lanes: [] },
    mastering: { ...project.mastering, headFrames: 0, tailFrames: 0, inserts: [], lanes: [], references: [] },
  };
}

export async function reach(song: SongState): Promise<void> {
  const project = song.project();
  const target = targetOf(project.mastering.targetId);
  const equipping = withLimiter(project);
  const equipped = equipping.length > 0 ? applyPatches(project, equipping) : project;
  if (gainIsAutomated(equipped)) {
    song.messages.say(
      'The limiter’s gain or ceiling is automated, which would undo what is found. Remove that automation first.',
      'alert',
    );
    return;
  }
  const result = await run(song, equipped, target);
  if (!result) return;
  const whyNot = whyNotMastered(result.original);
  if (whyNot) {
    song.messages.say(`The target can’t be reached: ${whyNot}.`, 'alert');
    return;
  }
  // Edits made meanwhile stay, and make the measure an old one.
  const now = song.project();
  const untouched = now === project;
  const left = new Set(
    [...now.mastering.inserts, ...equipped.mastering.inserts.slice(project.mastering.inserts.length)].map(
      ({ id }) => id,
    ),
  );
  const patches = setStages(equipped, result.stages).filter(
    (patch) => !('insertId' in patch) || left.has(patch.insertId),
  );
  song.commit(`Reach ${target.name}`, [...equipping, ...patches]);
  keep(song, untouched ? song.project() : project, result);
}

/** What lays a limiter at the end of a chain that has none. */
function withLimiter(project: ProjectSnapshot): Patch[] {
  const stages = stagesOf(project);
  if (lastLimiter(stages) >= 0) return [];
  return setStages(project, [...stages, ...freshChain().filter(({ device }) => device === 'limiter')]);
}

function gainIsAutomated({ mastering: { inserts, lanes } }: ProjectSnapshot): boolean {
  const limiter = inserts[lastLimiter(inserts)];
  return lanes.some(
    ({ targetId, param, points }) =>
      targetId === limiter?.id && points.length > 0 && (param === 'inputGainDb' || param === 'ceilingDb'),
  );
}

export async function proposeMoves(song: SongState, amount: number, referenceId: Id | null): Promise<void> {
  const project = song.project();
  const reference = project.mastering.references.find(({ id }) => id === referenceId);
  const programme = reference ? await measureReference(song, reference) : null;
  if (reference && !programme) return;
  const result = await run(song, project, null);
  if (!result) return;
  const whyNot = whyNotMastered(result.original);
  if (whyNot) {
    song.messages.say(`Nothing can be proposed: ${whyNot}.`, 'alert');
    return;
  }
  const { moves, notes } = propose(result.original, targetOf(project.mastering.targetId), {
    amount,
    ...(reference && programme ? { reference: { name: reference.name, programme } } : {}),
  });
  song.setMoves(moves, notes);
  song.commit(reference ? `Match ${reference.name}` : 'First proposal', [
    { op: 'mastering.set', fields: { amount: 100 * amount } },
    ...setStages(project, withMoves(freshChain(), moves)),
  ]);
  keep(song, project, result);
}

/** Sets what the move sets, or takes it back to what a fresh chain has there. */
export function setMove(song: SongState, id: string, on: boolean): void {
  const moves = song.moves();
  const move = moves.find((each) => each.id === id);
  const project = song.project();
  const insert = project.mastering.inserts.find(({ device }) => device === move?.stage);
  const fresh = freshChain().find(({ device }) => device === move?.stage);
  if (!move || !insert || !fresh) return;
  const others = moves.some((each) => each !== move && each.on && each.stage === move.stage);
  const params = Object.keys(move.params).map((param) => ({
    op: 'insert.param' as const,
    ownerId: 'mastering',
    insertId: insert.id,
    param,
    value: (on ? move.params[param] : fresh.params[param]) ?? 0,
  }));
  const power = on || others || fresh.on;
  song.commit(on ? 'Make the move again' : 'Take a move back', [
    ...params,
    { op: 'insert.set', ownerId: 'mastering', insertId: insert.id, fields: { on: power } },
  ]);
}

const repairLabels: Readonly<Record<EndRepair, string>> = {
  'trim-start': 'Trim the start',
  'trim-end': 'Trim the end',
  'add-end': `Add ${addedSeconds} s at the end`,
};

/** By what was measured, and measures anew; nothing where that is of another song than the one there is now. */
export async function repairEnd(song: SongState, repair: EndRepair): Promise<void> {
  const project = song.project();
  const measured = song.measured();
  if (measured?.project.id !== project.id || !endRepairs(measured.after).includes(repair)) return;
  const { headFrames, tailFrames } = project.mastering;
  const { mastering } = measured.project;
  if (mastering.headFrames !== headFrames || mastering.tailFrames !== tailFrames) return;
  const ends = repaired(project.mastering, repair, measured.after, project.sampleRateHz);
  song.commit(repairLabels[repair], [{ op: 'mastering.set', fields: ends }]);
  await analyse(song);
}

export function masterWhole(song: SongState): void {
  song.commit('Master the whole song', [{ op: 'mastering.set', fields: { headFrames: 0, tailFrames: 0 } }]);
}

function keep(song: SongState, project: ProjectSnapshot, result: MasteringResult): void {
  const { original, master, reached } = result;
  const before = measuresOf(original);
  const after = measuresOf(master);
  const { startFrame } = masteredPart(compileScene(project).endFrame, project.mastering);
  const startSeconds = startFrame / project.sampleRateHz;
  song.setMeasured({ project, original, master, before, after, startSeconds, reached });
  song.setLoudness('original', before.integratedLufs);
  song.setLoudness('master', after.integratedLufs);
}

/** Null where it was called off, or could not be done, which is said. */
async function run(
  song: SongState,
  project: ProjectSnapshot,
  goal: ReachGoal | null,
  doing = 'Listening to the mix',
): Promise<MasteringResult | null> {
  song.client()?.cancel();
  const scene = compileScene(project);
  if (scene.endFrame === 0) {
    song.messages.say('There is nothing to master yet: drop a song or stems first.', 'status');
    return null;
  }
  const client = new MasteringClient();
  song.setClient(client);
  song.setWork({ doing, fraction: 0 });
  try {
    const engine = await song.engineModule;
    // A long song lies beside the downloads while it is measured.
    await holdDownloads();
    const range = masteredPart(scene.endFrame, project.mastering);
    const { rendered } = renderedScene(engine, project, scene, range);
    const part = (from: number, to: number) => chainOf(project, scene.sampleRateHz, range, [from, to]);
    const { inserts } = project.mastering;
    const limiter = lastLimiter(inserts);
    const outcome = await client.run(
      {
        scene: rendered,
        chain: part(0, inserts.length),
        goal: goal && { ...goal, front: part(0, limiter), last: part(limiter, inserts.length) },
      },
      song.setWork,
    );
    if (outcome.kind === 'failed') song.messages.say(outcome.reason, 'alert');
    return outcome.kind === 'done' && song.project().id === project.id ? outcome : null;
  } finally {
    if (song.client() === client) {
      song.setClient(null);
      song.setWork(null);
    }
  }
}
