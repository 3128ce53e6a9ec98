import { createRoot, createSignal } from 'solid-js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { telemetryFields } from '../../../web/src/audio-thread/protocol';
import { compileScene, type EngineScene } from '../../../web/src/bridge/compile';
import { createMessages } from '../../../web/src/bridge/messages';
import { Transport, type TransportSession } from '../../../web/src/bridge/transport';
import type { CommandWriter } from '../../../web/src/engine/encodeCommands';
import { opcodes } from '../../../web/src/generated/engineLayout';
import { Project } from '../../../web/src/model/project';
import { aClip, aSource, aTrack } from '../model/fixtures';

const rateHz = 48000;
const songFrames = 10 * rateHz;

/** An audio thread that obeys at once and moves when it is told to. */
class FakeSession implements TransportSession {
  commandsSent = 0;
  opened = false;
  refuse: string | null = null;
  readonly seen: string[] = [];
  readonly values = new Map<keyof typeof telemetryFields, number>();
  time = 5;

  get telemetry() {
    return this.opened
      ? { refresh() {}, get: (field: keyof typeof telemetryFields) => this.values.get(field) ?? 0 }
      : null;
  }

  heardTime(): number {
    return this.time;
  }

  async open(): Promise<void> {
    if (this.refuse) throw new Error(this.refuse);
    this.opened = true;
  }

  async resume(): Promise<void> {}

  async close(): Promise<void> {
    this.opened = false;
  }

  send(out: CommandWriter): boolean {
    if (!this.opened) return false;
    const values = out.take();
    for (let at = 0; at < values.length; at += 2 + (values[at + 1] ?? 0)) this.#obey(values, at);
    this.values.set('commandsApplied', ++this.commandsSent);
    this.values.set('contextTime', this.time);
    return true;
  }

  advance(frames: number): void {
    this.time += frames / rateHz;
    this.values.set('positionFrames', (this.values.get('positionFrames') ?? 0) + frames);
    this.values.set('framesSinceJump', (this.values.get('framesSinceJump') ?? 0) + frames);
    this.values.set('contextTime', this.time);
  }

  #obey(values: Float64Array, at: number): void {
    const opcode = values[at];
    if (opcode === opcodes.play) {
      this.seen.push('play');
      this.values.set('playing', 1).set('framesSinceJump', 0);
    } else if (opcode === opcodes.stop) {
      this.seen.push('stop');
      this.values.set('playing', 0);
    } else if (opcode === opcodes.seek) {
      this.seen.push(`seek ${values[at + 2]}`);
      this.values.set('positionFrames', values[at + 2] ?? 0).set('framesSinceJump', 0);
    }
  }
}

function songScene(): EngineScene {
  const project = Project.create({ name: 'Song', engineVersion: '1', sampleRateHz: rateHz });
  const clip = aClip('c', { lengthFrames: songFrames });
  project.commit('Fill', [
    { op: 'source.add', source: aSource(1, { frames: songFrames }) },
    { op: 'track.add', track: aTrack('a', { clips: [clip] }), index: 0 },
  ]);
  return compileScene(project.snapshot());
}

const emptyScene = compileScene(Project.create({ name: 'Empty', engineVersion: '1' }).snapshot());

function setUp(scene = songScene()) {
  return createRoot(() => {
    const session = new FakeSession();
    const messages = createMessages();
    const [current, setScene] = createSignal(scene);
    return { session, messages, setScene, transport: new Transport(session, current, messages) };
  });
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('transport', () => {
  it('has nothing to play in an empty project', () => {
    const { transport, session } = setUp(emptyScene);
    expect(transport.canPlay()).toBe(false);
    transport.play();
    expect(transport.playing()).toBe(false);
    expect(session.opened).toBe(false);
  });

  it('shows what is heard of a mix that is late, and goes on from there', async () => {
    const { transport, session } = setUp();
    session.values.set('latencyFrames', 1_000);
    transport.seek(48_000);
    transport.play();
    await vi.advanceTimersByTimeAsync(0);
    session.values.set('positionFrames', 48_000);
    session.advance(600);
    expect(transport.positionFrames()).toBe(48_000);
    session.advance(5_000);
    expect(transport.positionFrames()).toBeCloseTo(48_000 + 4_600, 3);
    transport.pause();
    expect(transport.positionFrames()).toBe(48_000 + 4_600);
  });

  it('opens the device with the first play, and plays from where the playhead is', async () => {
    const { transport, session } = setUp();
    transport.seek(48_000);
    expect(transport.positionFrames()).toBe(48_000);
    transport.play();
    expect(transport.playing()).toBe(true);
    await vi.advanceTimersByTimeAsync(0);
    expect(session.seen).toEqual(['play']);
    expect(transport.restFrame()).toBe(48_000);
  });

  it('stops where it is, by the engine’s own word', async () => {
    const { transport, session } = setUp();
    transport.play();
    await vi.advanceTimersByTimeAsync(0);
    session.advance(12_800);
    transport.pause();
    expect(transport.playing()).toBe(false);
    expect(transport.positionFrames()).toBe(12_800);
    expect(transport.restFrame()).toBe(12_800);
  });

  it('goes back to where playing began, then to the start', async () => {
    const { transport, session } = setUp();
    transport.seek(24_000);
    transport.play();
    await vi.advanceTimersByTimeAsync(0);
    session.advance(12_800);
    transport.stop();
    expect(transport.positionFrames()).toBe(24_000);
    transport.stop();
    expect(transport.positionFrames()).toBe(0);
  });

  it('stops at the end of the song, and begins anew from there', async () => {
    const { transport, session } = setUp();
    transport.play();
    await vi.advanceTimersByTimeAsync(0);
    session.advance(songFrames + 1280);
    await vi.advanceTimersByTimeAsync(100);
    expect(transport.playing()).toBe(false);
    expect(transport.positionFrames()).toBe(songFrames);
    transport.play();
    await vi.advanceTimersByTimeAsync(0);
    expect(session.seen.slice(-2)).toEqual(['seek 0', 'play']);
    expect(transport.restFrame()).toBe(0);
  });

  it('plays on in a loop that ends behind the song', async () => {
    const scene = songScene();
    const loop = { on: true, startFrame: 0, endFrame: songFrames + rateHz };
    const { transport, session } = setUp({ ...scene, loop });
    transport.play();
    await vi.advanceTimersByTimeAsync(0);
    session.advance(songFrames + 1280);
    await vi.advanceTimersByTimeAsync(100);
    expect(transport.playing()).toBe(true);
  });

  it('is taken back while the device is still being opened', async () => {
    const { transport, session } = setUp();
    transport.play();
    transport.pause();
    await vi.advanceTimersByTimeAsync(0);
    expect(session.seen).not.toContain('play');
    expect(transport.playing()).toBe(false);
  });

  it('says why there is no sound where the device can’t be opened', async () => {
    const { transport, session, messages } = setUp();
    session.refuse = 'no device';
    transport.play();
    await vi.advanceTimersByTimeAsync(0);
    expect(transport.playing()).toBe(false);
    expect(messages.list()[0]?.text).toContain('no device');
  });

  it('notices a device that takes no sound', async () => {
    const { transport, messages } = setUp();
    transport.play();
    await vi.advanceTimersByTimeAsync(4000);
    expect(transport.playing()).toBe(false);
    expect(messages.list()[0]?.action?.label).toBe('Start it again');
  });

  it('never goes before the start', () => {
    const { transport } = setUp();
    transport.seek(-500);
    expect(transport.positionFrames()).toBe(0);
  });
});
