import type { Studio } from '../../bridge/studioTypes';
import { newId } from '../../model/ids';
import { freshSend } from '../../model/strip';
import type { Id, Patch, Send, SendFields, Track } from '../../model/types';

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
  return {
    onPreview: (gainDb: number) => studio.doc.preview(patches(gainDb)),
    onCommit: (gainDb: number) => {
      const last = patches(gainDb);
      newSendId = null;
      studio.doc.commit(`Send to ${busName()}`, last);
    },
    onCancel: () => {
      newSendId = null;
      studio.doc.preview(null);
    },
  };
}

export function setSend(studio: Studio, trackId: Id, send: Send, fields: SendFields, label: string): void {
  studio.doc.commit(label, [{ op: 'send.set', trackId, sendId: send.id, fields }]);
}

export function removeSend(studio: Studio, trackId: Id, send: Send, busName: string): void {
  studio.doc.commit(`Remove the send to ${busName}`, [{ op: 'send.remove', trackId, sendId: send.id }]);
}
