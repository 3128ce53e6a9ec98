import { type Accessor, createEffect, createSignal, on, untrack } from 'solid-js';
import { canAutomate, type Sample, writeTouch } from '../commands/automation';
import { findOwner } from '../commands/owners';
import { applyPatches } from '../model/applyPatches';
import { laneKey } from '../model/automation';
import type { LoopRange, Patch, ProjectSnapshot } from '../model/types';
import { masterId } from '../model/types';
import { laneOf, laneValueAt, ownValue } from './automatedValue';
import type { AutomationTouch, Control, StudioAutomation, WrittenStretch } from './automationTypes';
import type { HandValue } from './handedScene';

export interface AutomationOptions {
  readonly project: Accessor<ProjectSnapshot>;
  readonly playing: Accessor<boolean>;
  positionFrames(): number;
  commit(label: string, patches: readonly Patch[]): void;
}

export interface SessionAutomation extends StudioAutomation {
  /** Reactive: what hands hold now, in place of the document's values and lanes. */
  readonly hands: Accessor<readonly HandValue[]>;
}

interface Stretch extends WrittenStretch {
  readonly samples: Sample[];
  toFrame: number;
}

interface Pass {
  readonly control: Control;
  stretches: Stretch[];
  /** What the control was set to before. */
  readonly restValue: number;
  value: number;
  held: boolean;
}

const tickMs = 25;

const copyOf = (stretches: readonly Stretch[]): Stretch[] =>
  stretches.map(({ samples, toFrame }) => ({ samples: [...samples], toFrame }));

const keyOf = (control: Control): string => `${control.ownerId} ${laneKey(control)}`;

/** Writes what hands do while the song plays. Everything is kept until the writing ends, then it is one step of undo. */
export function createAutomation(options: AutomationOptions): SessionAutomation {
  const { project, playing, positionFrames } = options;
  const passes = new Map<string, Pass>();
  const [hands, setHands] = createSignal<readonly HandValue[]>([]);
  const [writing, setWriting] = createSignal(false);
  let timer: ReturnType<typeof setInterval> | undefined;

  const show = (): void => {
    setHands([...passes.values()].map(({ control, value }) => ({ control, value })));
    setWriting(passes.size > 0);
    if (passes.size > 0) timer ??= setInterval(tick, tickMs);
    else {
      clearInterval(timer);
      timer = undefined;
    }
  };

  const begin = (control: Control, value: number): Pass => {
    const frame = Math.max(0, Math.round(positionFrames()));
    const pass: Pass = {
      control,
      stretches: [{ samples: [{ frame, value }], toFrame: frame }],
      restValue: value,
      value,
      held: true,
    };
    passes.set(keyOf(control), pass);
    return pass;
  };

  /** Follows the playhead; a jump back, as a loop makes it, begins a new stretch. */
  const follow = (pass: Pass): Stretch => {
    const frame = Math.max(0, Math.round(positionFrames()));
    const last = pass.stretches.at(-1) as Stretch;
    if (frame < last.toFrame) {
      last.toFrame = wrapFrame(untrack(project).loop, last.toFrame);
      const next: Stretch = { samples: [{ frame, value: pass.value }], toFrame: frame };
      pass.stretches.push(next);
      return next;
    }
    last.toFrame = frame;
    return last;
  };

  const tick = (): void => {
    for (const pass of passes.values()) follow(pass);
  };

  const finish = (ended: readonly Pass[]): void => {
    for (const { control } of ended) passes.delete(keyOf(control));
    let song = untrack(project);
    const patches = ended.flatMap(({ control, stretches, restValue }) =>
      stretches.flatMap(({ samples, toFrame }) => {
        const written = writeTouch(song, { ...control, samples, toFrame, restValue });
        song = applyPatches(song, written);
        return written;
      }),
    );
    if (patches.length > 0) options.commit('Write automation', patches);
    show();
  };

  createEffect(
    on(playing, (plays, before) => {
      if (!plays && before) {
        tick();
        finish([...passes.values()]);
      } else if (plays) {
        for (const control of overwritten(untrack(project))) {
          begin(control, ownValue(untrack(project), control) ?? 0).held = false;
        }
        if (passes.size > 0) show();
      }
    }),
  );

  return {
    hands,
    writing,
    touch(control): AutomationTouch | null {
      const song = untrack(project);
      const mode = findOwner(song, control.ownerId)?.automationMode ?? 'off';
      if (mode === 'off' || mode === 'read' || !untrack(playing) || !canAutomate(song, control)) return null;
      const now = laneValueAt(song, control, positionFrames()) ?? ownValue(song, control) ?? 0;
      const known = passes.get(keyOf(control));
      const before = known && { stretches: copyOf(known.stretches), value: known.value };
      const pass = known ?? begin(control, now);
      pass.held = true;
      show();
      return {
        set(value) {
          if (passes.get(keyOf(control)) !== pass) return;
          pass.value = value;
          const { samples, toFrame } = follow(pass);
          samples.push({ frame: toFrame, value });
          show();
        },
        release() {
          if (passes.get(keyOf(control)) !== pass) return;
          pass.held = false;
          follow(pass);
          if (mode === 'touch') finish([pass]);
        },
        cancel() {
          if (passes.get(keyOf(control)) !== pass) return;
          if (before) Object.assign(pass, before, { held: false });
          else passes.delete(keyOf(control));
          show();
        },
      };
    },
    valueNow(control) {
      const pass = passes.get(keyOf(control));
      return pass ? pass.value : laneValueAt(untrack(project), control, positionFrames());
    },
    writtenSoFar: (control) => passes.get(keyOf(control))?.stretches ?? [],
    valueAt: (control, frame) => laneValueAt(untrack(project), control, frame),
  };
}

/** Where the playhead was before it jumped back: at the end of the loop, if it came from there. */
function wrapFrame(loop: LoopRange, lastFrame: number): number {
  return loop.on && lastFrame <= loop.endFrame ? Math.max(lastFrame, loop.endFrame - 1) : lastFrame;
}

/** In the mode 'write' every lane of its owner is written anew from where playing begins. */
function overwritten(song: ProjectSnapshot): Control[] {
  return [masterId, ...song.tracks.map(({ id }) => id)].flatMap((ownerId) => {
    const owner = findOwner(song, ownerId);
    if (owner?.automationMode !== 'write') return [];
    return owner.lanes
      .filter(({ points }) => points.length > 0)
      .map(({ kind, targetId, param }) => ({ ownerId, kind, targetId, param }))
      .filter((control) => laneOf(song, control) && canAutomate(song, control));
  });
}
