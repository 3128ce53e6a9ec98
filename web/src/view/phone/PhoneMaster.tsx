import type { JSX } from 'solid-js';
import { Fader } from '../kit/Fader';
import { FaderScale } from '../kit/FaderScale';
import { Meter, PeakNumber } from '../kit/Meter';
import { volumeSpec } from '../kit/valueSpec';
import { MasterLevels } from '../mixer/MasterStrip';
import { MeterScale } from '../mixer/MeterScale';
import { createMasterVolume } from '../mixer/masterControl';
import { useStudio } from '../state/studio';

/** The master bus as large as the phone. `children` stand under its switches. */
export function PhoneMaster(props: { children?: JSX.Element }) {
  const studio = useStudio();
  const { monitor } = studio;
  const read = (into: Float32Array) => studio.meters.read('master', into);
  const volume = createMasterVolume();
  return (
    <div
      role="group"
      aria-label="Master"
      class="strip phone-strip phone-master"
      style={{ '--track': 'var(--text-2)' }}
    >
      <div class="phone-controls">
        <MasterLevels />
        <button
          type="button"
          class="phone-switch"
          aria-pressed={monitor.mono()}
          onClick={() => monitor.setMono(!monitor.mono())}
        >
          Mono
        </button>
        <button
          type="button"
          class="phone-switch"
          aria-pressed={monitor.dim()}
          onClick={() => monitor.setDim(!monitor.dim())}
        >
          Dim
        </button>
        {props.children}
      </div>
      <div class="phone-levels">
        <div class="phone-peak">
          <PeakNumber
            read={read}
            onReset={() => studio.meters.resetPeaks('master')}
            onResetAll={() => studio.meters.resetPeaks('all')}
          />
        </div>
        <Fader label="Volume" orientation="vertical" number spec={volumeSpec} {...volume}>
          <FaderScale figures />
        </Fader>
        <Meter read={read} barWidth={12} gap={3} />
        <MeterScale />
      </div>
    </div>
  );
}
