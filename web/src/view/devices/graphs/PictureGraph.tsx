import { createMemo, createSignal, Index, onCleanup } from 'solid-js';
import type { ParamInfo } from '../../../generated/devices';
import { createSurface } from '../../kit/canvas';
import { onFrame } from '../../kit/frameLoop';
import { type Palette, palette } from '../../kit/palette';
import type { DeviceGraph, DeviceGraphProps } from '../deviceGraph';
import { cutParams, defaultsOf, deviceInfo, paramOf } from '../deviceTable';
import { shownValue, specOf } from '../paramSpec';
import './graphs.css';
import { centreOf, type Handle, type ParamLookup, type Values } from './handles';
import { createHands, createHeld } from './hands';
import { Pen } from './pen';
import type { Picture, Scene, Sound } from './picture';

const longestStepMs = 250;

/** A bypassed device's picture has no accent. */
const greyed = (colours: Palette): Palette => ({ ...colours, accent: colours.text3, onAccent: colours.well });

type Write = (info: ParamInfo, value: number) => string;
const spoken: Write = (info, value) => specOf(info).format(value);

function textOf(handle: Handle, values: Values, params: ParamLookup, write: Write): string {
  const texts: string[] = [];
  for (const axis of [handle.x, handle.y]) {
    const info = axis && params(axis.param);
    if (info) texts.push(write(info, values[info.id] ?? info.default));
  }
  return texts.join(', ');
}

/** What a slider has to say to a reader that wants one number. */
function rangeOf(handle: Handle, values: Values, params: ParamLookup) {
  const info = params((handle.x ?? handle.y)?.param ?? '');
  return { min: info?.min ?? 0, max: info?.max ?? 1, now: values[info?.id ?? ''] ?? info?.default ?? 0 };
}

/** The values of the handle in the hand, beside it and never under the pointer. */
function paintReadout(pen: Pen, width: number, handle: Handle, text: string): void {
  const { x, y } = centreOf(handle.target);
  const room = pen.textWidth(text, 11, 530) + 18;
  const right = x + 18 + room < width;
  const left = right ? x + 16 : x - 10 - room;
  const top = Math.max(2, y - 26);
  pen.rounded(left, top, room - 6, 18, 3, 'control', 0.94);
  pen.label(text, left + 6, top + 9, { ink: 'text', size: 11, weight: 530, ground: 'control' });
}

/** Makes the component of a device from its picture. */
export function graphFrom(create: (props: DeviceGraphProps) => Picture): DeviceGraph {
  return function PictureGraph(props: DeviceGraphProps) {
    const picture = create(props);
    const held = createHeld();
    const name = deviceInfo(props.deviceId)?.name ?? 'Device';
    const params: ParamLookup = (id) =>
      paramOf(props.deviceId, id) ?? cutParams.find((param) => param.id === id);
    const defaults = defaultsOf(props.deviceId);
    const [size, setSize] = createSignal({ width: 0, height: 0 });
    const [onScreen, setOnScreen] = createSignal(true);
    const sound: { -readonly [Key in keyof Sound]?: Sound[Key] } = {};
    let heardAt = 0;

    const scene = createMemo<Scene | null>(() => {
      const { width, height } = size();
      if (width === 0 || height === 0) return null;
      return {
        width,
        height,
        values: { ...defaults, ...props.params() },
        part: props.part(),
        sampleRateHz: props.sampleRateHz,
        framesPerBeat: props.framesPerBeat,
        beatsPerBar: props.beatsPerBar,
        heldId: held.draggedId() ?? held.focusedId(),
        dragging: held.draggedId() !== null,
      };
    });
    const handles = createMemo<readonly Handle[]>(() => {
      const now = scene();
      return now ? picture.handles(now) : [];
    });
    const hands = createHands({
      held,
      props,
      picture,
      params,
      name,
      scene,
      // What can be taken hold of may depend on what sounds.
      handles: () => {
        const now = scene();
        return now ? picture.handles(now) : [];
      },
    });

    const surface = createSurface(
      ({ context, width, height }) => {
        if (width !== size().width || height !== size().height) setSize({ width, height });
        const now = scene();
        if (!now) return;
        const colours = palette();
        const pen = new Pen(context, props.bypassed ? greyed(colours) : colours);
        pen.rect(0, 0, width, height, 'well');
        picture.paint(pen, now);
        const dragged = handles().find(({ id }) => id === held.draggedId());
        if (dragged) paintReadout(pen, width, dragged, textOf(dragged, now.values, params, shownValue));
      },
      // The handles follow what a picture waits for, such as an impulse that comes later.
      () => [scene(), handles(), props.bypassed, held.draggedId()],
    );

    onFrame((nowMs) => {
      const now = scene();
      const frame = onScreen() && now ? props.probe.read() : null;
      const elapsedMs = Math.min(longestStepMs, nowMs - heardAt);
      heardAt = nowMs;
      if (!frame || !now || !picture.hear) return;
      Object.assign(sound, frame);
      sound.elapsedMs = elapsedMs;
      sound.newFrames = Math.min(frame.inLeft.length, Math.round((elapsedMs * now.sampleRateHz) / 1000));
      if (picture.hear(sound as Sound, now)) surface.invalidate();
    });

    return (
      <div
        ref={(element) => {
          const watcher = new IntersectionObserver(([entry]) => setOnScreen(entry?.isIntersecting ?? true));
          watcher.observe(element);
          onCleanup(() => watcher.disconnect());
          hands.wheel(element);
        }}
        class="live-picture"
        role="group"
        aria-label={`${name} picture`}
        style={{ cursor: hands.cursor() }}
        onPointerDown={hands.onPointerDown}
        onPointerMove={hands.onPointerMove}
        onDblClick={hands.onDblClick}
        onContextMenu={hands.onContextMenu}
      >
        <canvas ref={surface.ref} />
        <Index each={handles().filter(({ pointerOnly }) => !pointerOnly)}>
          {(handle) => {
            const range = () => rangeOf(handle(), scene()?.values ?? defaults, params);
            return (
              <div
                class="graph-handle"
                data-handle={handle().id}
                role="slider"
                tabIndex={0}
                aria-label={`${handle().name} in the picture`}
                aria-valuemin={range().min}
                aria-valuemax={range().max}
                aria-valuenow={range().now}
                aria-valuetext={textOf(handle(), scene()?.values ?? defaults, params, spoken)}
                style={{
                  left: `${centreOf(handle().target).x}px`,
                  top: `${centreOf(handle().target).y}px`,
                }}
                onKeyDown={(event) => hands.onKeyDown(event, handle())}
                onKeyUp={hands.finishSteps}
                onContextMenu={(event) => hands.openMenu(event, handle())}
                onFocus={() => {
                  held.setFocusedId(handle().id);
                  const part = picture.partOf?.(handle().id);
                  if (part !== undefined && part !== null) props.choosePart(part);
                }}
                onBlur={() => {
                  hands.finishSteps();
                  held.setFocusedId(null);
                }}
              />
            );
          }}
        </Index>
      </div>
    );
  };
}
