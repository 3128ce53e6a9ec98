import type { DeviceGraph } from '../deviceGraph';
import { ConvolutionGraph } from './ConvolutionGraph';
import { ChorusPicture } from './chorusPicture';
import { CompressorPicture } from './compressorPicture';
import { DeesserPicture } from './deesserPicture';
import { DelayPicture } from './delayPicture';
import { EqGraph } from './EqGraph';
import { ExciterPicture } from './exciterPicture';
import { FlangerPicture } from './flangerPicture';
import { GatePicture } from './gatePicture';
import { ImagerPicture } from './imagerPicture';
import { LimiterPicture } from './limiterPicture';
import { MultibandPicture } from './multibandPicture';
import { graphFrom } from './PictureGraph';
import { PlainGraph } from './PlainGraph';
import { PhaserPicture } from './phaserPicture';
import { ReverbPicture } from './reverbPicture';
import { SaturatorPicture } from './saturatorPicture';
import { TransientPicture } from './transientPicture';
import { UtilityPicture } from './utilityPicture';

/** The picture of each device, by its id. */
const graphs: Readonly<Record<string, DeviceGraph>> = {
  eq: EqGraph,
  compressor: graphFrom(() => new CompressorPicture()),
  gate: graphFrom(() => new GatePicture()),
  deesser: graphFrom(() => new DeesserPicture()),
  transient: graphFrom(() => new TransientPicture()),
  saturator: graphFrom(() => new SaturatorPicture()),
  exciter: graphFrom(() => new ExciterPicture()),
  chorus: graphFrom(() => new ChorusPicture()),
  flanger: graphFrom(() => new FlangerPicture()),
  phaser: graphFrom(() => new PhaserPicture()),
  delay: graphFrom(() => new DelayPicture()),
  reverb: graphFrom(() => new ReverbPicture()),
  convolution: ConvolutionGraph,
  imager: graphFrom(() => new ImagerPicture()),
  multiband: graphFrom(() => new MultibandPicture()),
  limiter: graphFrom(() => new LimiterPicture()),
  utility: graphFrom(() => new UtilityPicture()),
  gain: graphFrom(() => new UtilityPicture()),
};

export const graphOf = (deviceId: string): DeviceGraph => graphs[deviceId] ?? PlainGraph;
