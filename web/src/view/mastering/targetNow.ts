import { type Accessor, createMemo } from 'solid-js';
import type { Studio } from '../../bridge/studioTypes';
import { defaultTargetId, findTarget, type MasteringTarget } from '../../mastering/targets';

/** Reactive: what the song is mastered for. */
export const targetNow = (studio: Studio): Accessor<MasteringTarget> =>
  createMemo(
    () => findTarget(studio.project().mastering.targetId) ?? (findTarget(defaultTargetId) as MasteringTarget),
  );
