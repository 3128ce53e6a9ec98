import { type Accessor, createMemo } from 'solid-js';
import type { Studio } from '../../bridge/studioTypes';
import { type MasteringTarget, targetOf } from '../../mastering/targets';

/** Reactive: what the song is mastered for. */
export const targetNow = (studio: Studio): Accessor<MasteringTarget> =>
  createMemo(() => targetOf(studio.project().mastering.targetId));
