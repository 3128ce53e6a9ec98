import { laneKinds } from '../engine/encodeCommands';
import { devices, masterParams, stripParams } from '../generated/devices';
import type { ProjectSnapshot } from '../model/types';
import { masterId, masteringId } from '../model/types';
import type { Control } from './automationTypes';
import type { EngineScene, SceneChannel, SceneTrack } from './compile';
import type { SceneLane } from './compileChannel';

/** The value that a hand holds a control at. */
export interface HandValue {
  readonly control: Control;
  readonly value: number;
}

/** The scene as hands make it: what they hold stands at their values, and its lanes are left out. */
export function handedScene(
  scene: EngineScene,
  project: ProjectSnapshot,
  hands: readonly HandValue[],
): EngineScene {
  return hands.reduce((current, hand) => withHand(current, project, hand), scene);
}

function withHand(scene: EngineScene, project: ProjectSnapshot, { control, value }: HandValue): EngineScene {
  if (control.ownerId === masterId) {
    const index = masterParams.findIndex(({ id }) => id === control.param);
    return { ...scene, master: handed(scene.master, control, index, value) };
  }
  if (control.ownerId === masteringId) {
    const { inserts, lanes } = handed({ ...scene.mastering, params: [] }, control, -1, value);
    return { ...scene, mastering: { ...scene.mastering, inserts, lanes } };
  }
  const place = scene.tracks.findIndex(({ id }) => id === control.ownerId);
  const track = scene.tracks[place];
  if (!track) return scene;
  const fresh: SceneTrack =
    control.kind === 'send'
      ? withSend(track, project, control, value)
      : handed(
          track,
          control,
          stripParams.findIndex(({ id }) => id === control.param),
          value,
        );
  return { ...scene, tracks: scene.tracks.with(place, fresh) };
}

function handed<T extends SceneChannel>(channel: T, control: Control, index: number, value: number): T {
  if (control.kind === 'strip') {
    if (index < 0) return channel;
    return {
      ...channel,
      params: channel.params.with(index, value),
      lanes: without(channel.lanes, laneKinds.strip, (lane) => lane.index === index),
    };
  }
  const place = channel.inserts.findIndex(({ id }) => id === control.targetId);
  const insert = channel.inserts[place];
  const param = devices[insert?.device ?? -1]?.params.findIndex(({ id }) => id === control.param) ?? -1;
  if (!insert || param < 0) return channel;
  return {
    ...channel,
    inserts: channel.inserts.with(place, { ...insert, params: insert.params.with(param, value) }),
    lanes: without(
      channel.lanes,
      laneKinds.insert,
      (lane) => lane.insertId === insert.id && lane.index === param,
    ),
  };
}

function withSend(track: SceneTrack, project: ProjectSnapshot, control: Control, value: number): SceneTrack {
  const sends = project.tracks.find(({ id }) => id === control.ownerId)?.sends ?? [];
  const slot = sends.findIndex(({ id }) => id === control.targetId);
  const send = track.sends[slot];
  const index = control.param === 'pan' ? 1 : 0;
  if (!send) return track;
  return {
    ...track,
    sends: track.sends.with(slot, { ...send, numbers: send.numbers.with(index, value) }),
    lanes: without(track.lanes, laneKinds.send, (lane) => lane.slot === slot && lane.index === index),
  };
}

function without(
  lanes: readonly SceneLane[],
  kind: number,
  is: (lane: SceneLane) => boolean,
): readonly SceneLane[] {
  return lanes.filter((lane) => lane.kind !== kind || !is(lane));
}
