import type { Accessor } from 'solid-js';

export interface OutputDevice {
  readonly id: string;
  readonly label: string;
}

/** The listener's own, outside the mix and the document. */
export interface StudioMonitor {
  readonly volumeDb: Accessor<number>;
  setVolumeDb(volumeDb: number): void;
  readonly mono: Accessor<boolean>;
  setMono(on: boolean): void;
  readonly dim: Accessor<boolean>;
  setDim(on: boolean): void;
  /** Empty where the browser can't choose. The first is the system's default, with the id ''. */
  devices(): Promise<readonly OutputDevice[]>;
  readonly deviceId: Accessor<string>;
  setDevice(id: string): Promise<void>;
}
