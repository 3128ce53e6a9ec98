import type { Control } from '../../bridge/automationTypes';
import type { Studio } from '../../bridge/studioTypes';
import { newId } from '../../model/ids';
import { freshSend } from '../../model/strip';
import type { Id, Patch, Send, SendFields, Track } from '../../model/types';
import { offDb } from '../kit/taper';
import { createHands, type HandWrite, overruledHint } from '../tracks/automation/hands';
import { createHeardValues } from '../tracks/automation/heardValues';

/** What a click on the knob of a send that is not there yet sets. */
export const firstSendDb = -12;

export const sendTo = (track: Track, busId: Id): Send | undefined =>
  track.sends.find(({ toId }) => toId === busId);

/** Handlers of the knob of a send, which is made by the first move of the hand. */
export function createSendGain(studio: Studio, track: () => Track, busId: Id, busName: () => string) {
  let newSendId: Id | null = null;
  const patches = (gainDb: number): Patch[] => {
    const trackId = track().id;
    const send = sendTo(track(), busId);
    // The send that a preview made is not there to be set: the preview is taken back first.
    if (send && send.id !== newSendId)
      return [{ op: 'send.set', trackId, sendId: send.id, fields: { gainDb } }];
    newSendId ??= newId();
    const { length } = track().sends.filter(({ id }) => id !== newSendId);
    return [{ op: 'send.add', trackId, send: freshSend(newSendId, busId, { gainDb }), index: length }];
  };
  const hands = createHands(studio);
  const sendId = () => sendTo(track(), busId)?.id;
  const heard = createHeardValues({
    studio,
    hands,
    ownerId: () => track().id,
    owner: track,
    nameOf: ({ kind, targetId, param }) =>
      kind === 'send' && targetId === sendId() && param === 'gainDb' ? param : null,
  });
  let before: number | null = null;
  const writes = (gainDb: number): HandWrite[] => {
    before ??= sendTo(track(), busId)?.gainDb ?? offDb;
    const edit = patches(gainDb);
    const control: Control = {
      ownerId: track().id,
      kind: 'send',
      targetId: sendId() ?? newSendId,
      param: 'gainDb',
    };
    return [{ control, value: gainDb, before, patches: edit }];
  };
  return {
    get value() {
      return heard().gainDb ?? sendTo(track(), busId)?.gainDb ?? offDb;
    },
    get overruled() {
      return heard().gainDb !== undefined && track().automationMode === 'read' ? overruledHint : undefined;
    },
    onPreview: (gainDb: number) => hands.preview(writes(gainDb)),
    onCommit: (gainDb: number) => {
      const last = writes(gainDb);
      newSendId = null;
      before = null;
      hands.commit(`Send to ${busName()}`, last);
    },
    onCancel: () => {
      newSendId = null;
      before = null;
      hands.cancel();
    },
  };
}

export function setSend(studio: Studio, trackId: Id, send: Send, fields: SendFields, label: string): void {
  studio.doc.commit(label, [{ op: 'send.set', trackId, sendId: send.id, fields }]);
}

export function removeSend(studio: Studio, trackId: Id, send: Send, busName: string): void {
  studio.doc.commit(`Remove the send to ${busName}`, [{ op: 'send.remove', trackId, sendId: send.id }]);
}
