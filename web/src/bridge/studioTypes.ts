import type { Accessor } from 'solid-js';
import type { Patch, ProjectSnapshot } from '../model/types';
import type { StudioAutomation } from './automationTypes';
import type { StudioExporter } from './exportTypes';
import type { StudioMastering } from './masteringTypes';
import type { StudioMessages } from './messageTypes';
import type { StudioMeters } from './meterTypes';
import type { StudioMonitor } from './monitorTypes';
import type { StudioCurves, StudioLatency, StudioProbes } from './probeTypes';
import type { StudioFiles, StudioProjects } from './projectTypes';
import type { SharingDoor } from './sharingTypes';
import type { StudioTransport } from './transportTypes';
import type { StudioImpulses, StudioPeaks } from './waveformTypes';

/** The one object through which the view reads the session and acts on it. Everything here belongs to the page's thread. */
export interface Studio {
  /** The open project as it is heard, previews included. There always is one: a new, empty one at the first visit. */
  readonly project: Accessor<ProjectSnapshot>;
  readonly doc: StudioDocument;
  readonly transport: StudioTransport;
  readonly meters: StudioMeters;
  readonly mastering: StudioMastering;
  /** Absent where the engine can't be listened into. */
  readonly probes?: StudioProbes;
  readonly curves: StudioCurves;
  readonly latency: StudioLatency;
  readonly automation: StudioAutomation;
  readonly impulses: StudioImpulses;
  readonly peaks: StudioPeaks;
  readonly files: StudioFiles;
  readonly projects: StudioProjects;
  readonly exporter: StudioExporter;
  readonly sharing: SharingDoor;
  readonly monitor: StudioMonitor;
  readonly messages: StudioMessages;
  /** 'off' until the first play or gesture starts the audio device. */
  readonly audio: Accessor<AudioState>;
  /** Whether the page is cross-origin isolated (audio then comes through shared memory). */
  readonly isolated: boolean;
}

export type AudioState = 'off' | 'starting' | 'running' | 'suspended' | 'failed';

/** The open project's document. The object stays the same when another project is opened. */
export interface StudioDocument {
  /** One undo step. Also ends a preview. */
  commit(label: string, patches: readonly Patch[]): void;
  /** Shown and heard while a hand drags, never written; null takes it back. */
  preview(patches: readonly Patch[] | null): void;
  undo(): void;
  redo(): void;
  /** Reactive: what undo and redo would take back or do again, null where there is nothing. */
  readonly undoLabel: string | null;
  readonly redoLabel: string | null;
}
