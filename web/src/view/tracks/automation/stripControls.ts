import type { Studio } from '../../../bridge/studioTypes';
import { setLinkedParam, setMasterParam } from '../../../commands/strips';
import type { Id, MasterParamId, Patch, ProjectSnapshot, StripParamId, Track } from '../../../model/types';
import { masterId } from '../../../model/types';
import { showMenu } from '../../kit/Menu';
import { createHands, type HandWrite, overruledHint } from './hands';
import { createHeardValues } from './heardValues';
import { revealLane } from './shownLanes';

/** What a control of one value takes: spread it on a Knob or a Fader. */
export interface AutomatedProps {
  readonly value: number;
  readonly hint: string | undefined;
  onPreview(value: number): void;
  onCommit(value: number): void;
  onCancel(): void;
  onMenu(event: MouseEvent): void;
}

/** The selected tracks when this one is among them, and for faders those that are linked to it. */
export type MovedWith = (project: ProjectSnapshot, trackId: Id, param: StripParamId) => readonly Id[];

/** The project as it is heard: with what lanes make of a parameter of these tracks. */
export function heardProject(studio: Studio, trackIds: readonly Id[], param: StripParamId): ProjectSnapshot {
  const project = studio.project();
  const wanted = new Set(trackIds);
  const tracks = project.tracks.map((track) => {
    if (!wanted.has(track.id)) return track;
    const now = studio.automation.valueNow({ ownerId: track.id, kind: 'strip', targetId: null, param });
    return now === null ? track : { ...track, params: { ...track.params, [param]: now } };
  });
  return { ...project, tracks };
}

/** The parts of an edit of strips, each with the control that it moves. */
export function stripWrites(base: ProjectSnapshot, patches: readonly Patch[]): HandWrite[] {
  return patches.flatMap((patch): HandWrite[] => {
    if (patch.op !== 'track.param') return [];
    const { trackId: ownerId, param, value } = patch;
    const before = base.tracks.find(({ id }) => id === ownerId)?.params[param] ?? value;
    return [{ control: { ownerId, kind: 'strip', targetId: null, param }, value, before, patches: [patch] }];
  });
}

export function automationMenu(event: MouseEvent, label: string, ownerId: Id, param: string): void {
  event.preventDefault();
  event.stopPropagation();
  showMenu(event, label, [
    {
      label: 'Show automation',
      icon: 'activity',
      run: () => revealLane(ownerId, { kind: 'strip', targetId: null, param }),
    },
  ]);
}

/** The values of one track as they are heard, and what moves them. A drag is reckoned from the project at its beginning. */
export function createStripControls(studio: Studio, track: () => Track, movedWith: MovedWith) {
  const hands = createHands(studio);
  const ownerId = () => track().id;
  const heard = createHeardValues({
    studio,
    hands,
    ownerId,
    owner: track,
    nameOf: ({ kind, param }) => (kind === 'strip' ? param : null),
  });
  const value = (param: StripParamId): number => heard()[param] ?? track().params[param];
  return {
    value,
    control(param: StripParamId, label: string): AutomatedProps {
      let base: ProjectSnapshot | null = null;
      const writes = (to: number): HandWrite[] => {
        const trackIds = movedWith(studio.project(), ownerId(), param);
        base ??= heardProject(studio, trackIds, param);
        return stripWrites(base, setLinkedParam(base, { trackId: ownerId(), param, value: to, trackIds }));
      };
      return {
        get value() {
          return value(param);
        },
        get hint() {
          const mode = track().automationMode;
          return heard()[param] !== undefined && mode === 'read' ? overruledHint : undefined;
        },
        onPreview: (to) => hands.preview(writes(to)),
        onCommit(to) {
          const last = writes(to);
          base = null;
          hands.commit(label, last);
        },
        onCancel() {
          base = null;
          hands.cancel();
        },
        onMenu: (event) => automationMenu(event, label, ownerId(), param),
      };
    },
  };
}

/** The master's fader. */
export function createMasterControl(studio: Studio, param: MasterParamId, label: string): AutomatedProps {
  const hands = createHands(studio);
  const master = () => studio.project().master;
  const heard = createHeardValues({
    studio,
    hands,
    ownerId: () => masterId,
    owner: master,
    nameOf: (lane) => (lane.kind === 'strip' ? lane.param : null),
  });
  const writes = (value: number): HandWrite[] => [
    {
      control: { ownerId: masterId, kind: 'strip', targetId: null, param },
      value,
      before: master().params[param],
      patches: setMasterParam(studio.project(), { param, value }),
    },
  ];
  return {
    get value() {
      return heard()[param] ?? master().params[param];
    },
    get hint() {
      return heard()[param] !== undefined && master().automationMode === 'read' ? overruledHint : undefined;
    },
    onPreview: (value) => hands.preview(writes(value)),
    onCommit: (value) => hands.commit(label, writes(value)),
    onCancel: hands.cancel,
    onMenu: (event) => automationMenu(event, 'Volume', masterId, param),
  };
}
