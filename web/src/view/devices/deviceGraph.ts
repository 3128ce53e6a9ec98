import type { Accessor, Component } from 'solid-js';
import type { ProbeFrame } from '../../bridge/probeTypes';
import type { Id } from '../../model/types';

/** Values by the ids of the device's own table, in the units of the table; choices and switches are whole numbers. */
export type ParamValues = Readonly<Record<string, number>>;

/** Where a device stands: a section of every strip, or an insert by its id. */
export type DevicePlace =
  | { readonly kind: 'section'; readonly section: 'gate' | 'eq' | 'compressor' }
  | { readonly kind: 'insert'; readonly insertId: Id };

/** How a picture sets values: preview while the hand moves, then commit once (one step of undo) or cancel. */
export interface ParamWriter {
  preview(values: ParamValues): void;
  /** "EQ band 3". Values that did not change may be left out. */
  commit(label: string, values: ParamValues): void;
  cancel(): void;
}

export type { ProbeFrame };

/** What runs through a device now. No garbage. */
export interface DeviceProbe {
  /** Null while nothing plays or nothing listens here. Call it once an animation frame. */
  read(): ProbeFrame | null;
}

/** What every picture of a device is told. It fills its parent, which has a size of its own. */
export interface DeviceGraphProps {
  /** Id of the track, or 'master'. */
  readonly ownerId: Id;
  readonly place: DevicePlace;
  /** "eq", "reverb" */
  readonly deviceId: string;
  /**
   * Reactive, as heard, previews included. The EQ of a strip also has the strip's cuts, by their ids in the strip's table
   * (`cut.lowCutOn`, ...); an EQ among the inserts has not.
   */
  readonly params: Accessor<ParamValues>;
  readonly write: ParamWriter;
  readonly probe: DeviceProbe;
  /** Draw in grey. */
  readonly bypassed: boolean;
  readonly sampleRateHz: number;
  /** Frames of one beat at the playhead, and how many make a bar. */
  readonly framesPerBeat: number;
  readonly beatsPerBar: number;
  readonly playing: Accessor<boolean>;
  /** Colour of the owner's track as CSS: "var(--tk-coral)". */
  readonly trackColour: string;
  /**
   * The part that the foot's numbers are about, shared with the foot: the EQ's bands 1 to 8, with 'low' and 'high' for the cuts;
   * bands of an imager. Null where the device has no parts or none is chosen.
   */
  readonly part: Accessor<number | 'low' | 'high' | null>;
  readonly choosePart: (part: number | 'low' | 'high' | null) => void;
  /** The impulse response of a convolution, by source id; null where none is chosen. */
  readonly impulseId: string | null;
}

export type DeviceGraph = Component<DeviceGraphProps>;
