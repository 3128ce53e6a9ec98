import type { Studio } from '../../bridge/studioTypes';
import { setTrackParam } from '../../commands/strips';
import { setTempo } from '../../commands/timeline';
import type { StripParamId, Track } from '../../model/types';
import { panSpec, settle, type ValueSpec, volumeSpec } from '../kit/valueSpec';
import { gainText, parseNumber, parsePan, typographic } from '../kit/valueText';
import { parsePlace } from '../tracks/readout';
import type { Action } from './actions';
import { matchText } from './search';

function seekAction(studio: Studio, query: string): Action | null {
  const asked = /^(?:go to|goto|go|at)\s+(.+)$/i.exec(query)?.[1];
  const frame = asked === undefined ? null : parsePlace(asked, studio.project());
  if (frame === null || asked === undefined) return null;
  return {
    id: 'typed.seek',
    group: 'Playing',
    label: `Go to ${asked.trim()}`,
    icon: 'corner-down-left',
    run: () => studio.transport.seek(frame),
  };
}

function tempoAction(studio: Studio, query: string): Action | null {
  const asked = /^(?:tempo|bpm)\s+(\d+(?:[.,]\d+)?)$/i.exec(query)?.[1];
  const bpm = asked === undefined ? null : parseNumber(asked);
  if (bpm === null || bpm < 20 || bpm > 400) return null;
  return {
    id: 'typed.tempo',
    group: 'Project',
    label: `Tempo ${bpm}`,
    icon: 'metronome',
    run: () => studio.doc.commit('Tempo', setTempo(studio.project(), { bpm })),
  };
}

interface TypedParam {
  readonly param: StripParamId;
  readonly spec: ValueSpec;
  readonly name: string;
  readonly value: number;
}

/** What the end of "lead vocal -3 dB", "bass pan L20" or "kick +1" sets, and to what. */
function typedParam(words: string): { rest: string; set: TypedParam } | null {
  const pan = /^(.*?)\s+(?:pan\s+)?([lr]\s?\d{1,3}|c|pan\s+\S+)$/i.exec(words);
  const panValue = pan ? parsePan((pan[2] as string).replace(/^pan\s+/i, '')) : null;
  if (pan && panValue !== null)
    return {
      rest: pan[1] as string,
      set: { param: 'pan', spec: panSpec, name: 'pan', value: settle(panSpec, panValue) },
    };
  const level = /^(.*?)\s+([+\u2212-]?\d+(?:[.,]\d+)?\s*(?:db)?|off|-inf|-∞)$/i.exec(words);
  const db = level ? volumeSpec.parse(level[2] as string) : null;
  if (!level || db === null) return null;
  return {
    rest: level[1] as string,
    set: { param: 'volumeDb', spec: volumeSpec, name: 'volume', value: settle(volumeSpec, db) },
  };
}

function bestTrack(tracks: readonly Track[], name: string): Track | null {
  let best: { track: Track; score: number } | null = null;
  for (const track of tracks) {
    const match = matchText(name, track.name);
    if (match && (!best || match.score > best.score)) best = { track, score: match.score };
  }
  return best?.track ?? null;
}

function valueAction(studio: Studio, query: string): Action | null {
  const typed = typedParam(query);
  const track = typed && bestTrack(studio.project().tracks, typed.rest);
  if (!typed || !track) return null;
  const { param, spec, name, value } = typed.set;
  const shown =
    param === 'volumeDb' && value > volumeSpec.min ? gainText(value) : typographic(spec.format(value));
  return {
    id: 'typed.value',
    group: 'Tracks',
    label: `${track.name}: ${name} ${shown}`,
    icon: 'sliders-vertical',
    hint: () => `was ${typographic(spec.format(track.params[param]))}`,
    run: () =>
      studio.doc.commit(
        param === 'pan' ? 'Pan' : 'Volume',
        setTrackParam(studio.project(), { trackId: track.id, param, value }),
      ),
  };
}

/** What the typed words say beyond the names of actions: values and places. */
export function typedActions(studio: Studio, query: string): Action[] {
  const words = query.trim();
  return [seekAction, tempoAction, valueAction].flatMap((find) => find(studio, words) ?? []);
}
