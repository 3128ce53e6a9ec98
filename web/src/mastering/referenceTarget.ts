import type { MasteringTarget } from './targets';

/** As loud as another song, under a ceiling that coding leaves alone. */
export function referenceTarget(name: string, integratedLufs: number): MasteringTarget {
  return {
    id: 'reference',
    name,
    kind: 'streaming',
    loudnessLufs: integratedLufs,
    toleranceLu: 0.5,
    ceilingDbtp: -1,
    monoBelowHz: null,
    normalisation: null,
    source: { title: `The loudness of ${name}`, address: '', lookedUp: '' },
    note: 'As loud as the reference.',
  };
}
