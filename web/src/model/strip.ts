import { defaultDeviceParams, defaultStripParams } from './params';
import type { DeviceId, Id, Insert, Master, Send, Track } from './types';

type Named = Pick<Track, 'id' | 'name' | 'colour' | 'kind'>;

/** A track that changes nothing and plays into the master. */
export function freshTrack(track: Named & Partial<Track>): Track {
  return {
    role: 'track',
    outputId: null,
    linkId: null,
    gateKeyId: null,
    compressorKeyId: null,
    automationMode: 'read',
    sectionPresets: noPresets,
    params: defaultStripParams,
    sends: [],
    inserts: [],
    lanes: [],
    clips: [],
    ...track,
  };
}

export const noPresets: Track['sectionPresets'] = Object.freeze({ gate: '', eq: '', compressor: '' });

export const noInserts: Pick<Master, 'automationMode' | 'inserts' | 'lanes'> = Object.freeze({
  automationMode: 'read',
  inserts: [],
  lanes: [],
});

export function freshSend(id: Id, toId: Id, fields: Partial<Send> = {}): Send {
  return { id, toId, gainDb: 0, pan: 0, pre: false, on: true, ...fields };
}

/** At the device's defaults. */
export function freshInsert(id: Id, device: DeviceId, fields: Partial<Insert> = {}): Insert {
  return {
    id,
    device,
    on: true,
    levelMatched: false,
    params: defaultDeviceParams(device),
    keyId: null,
    preset: '',
    impulseId: null,
    ...fields,
  };
}
