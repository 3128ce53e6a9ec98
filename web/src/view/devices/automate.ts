import type { Studio } from '../../bridge/studioTypes';
import { newId } from '../../model/ids';
import { type Lane, masterId } from '../../model/types';
import { findOwner, type PlacedDevice } from './chain';
import { deviceInfo, paramOf } from './deviceTable';

/** Gives a value of a device a lane, which begins where the value is. */
export function automateParam(studio: Studio, device: PlacedDevice, param: string): void {
  const { ownerId, place } = device;
  const project = studio.project();
  const owner = ownerId === masterId ? project.master : findOwner(project, ownerId);
  if (!owner) return;
  const kind = place.kind === 'insert' ? 'insert' : 'strip';
  const targetId = place.kind === 'insert' ? place.insertId : null;
  const id = place.kind === 'insert' || param.startsWith('cut.') ? param : `${place.section}.${param}`;
  const known = owner.lanes.some(
    (lane) => lane.kind === kind && lane.targetId === targetId && lane.param === id,
  );
  const words = `${deviceInfo(device.deviceId)?.name}: ${paramOf(device.deviceId, param)?.name ?? param}`;
  if (!known) {
    const lane: Lane = { id: newId(), kind, targetId, param: id, timebase: 'time', points: [] };
    studio.doc.commit(`Automate ${words}`, [{ op: 'lane.add', ownerId, lane }]);
  }
  studio.messages.say(`${words} has a lane under the track in Arrange.`, 'status');
}
