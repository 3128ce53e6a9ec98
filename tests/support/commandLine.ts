import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repository } from './nodeEngine';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs web/mixwell as a person would, in a folder of its own. */
export class CommandLine {
  readonly folder = mkdtempSync(join(tmpdir(), 'mixwell-cli-'));

  run(...args: string[]): Ran {
    const { status, stdout, stderr } = spawnSync(`${repository}/web/mixwell`, args, {
      cwd: this.folder,
      encoding: 'utf8',
    });
    return { code: status ?? -1, out: stdout, err: stderr };
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Frames, format and samples of a WAV file with a plain or our own header. */
export function readWav(bytes: Buffer) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const format = bytes.indexOf('fmt ') + 8;
  const data = bytes.indexOf('data') + 8;
  const channels = view.getUint16(format + 2, true);
  const bits = view.getUint16(format + 14, true);
  const float =
    view.getUint16(format, true) === 3 ||
    (view.getUint16(format, true) === 0xfffe && view.getUint16(format + 24, true) === 3);
  const frames = view.getUint32(data - 4, true) / channels / (bits / 8);
  const sample = (frame: number, channel: number): number => {
    const at = data + (frame * channels + channel) * (bits / 8);
    if (float) return view.getFloat32(at, true);
    if (bits === 16) return view.getInt16(at, true) / 2 ** 15;
    return ((view.getInt16(at + 1, true) << 8) | view.getUint8(at)) / 2 ** 23;
  };
  const channel = (n: number) => Float32Array.from({ length: frames }, (_, frame) => sample(frame, n));
  return {
    sampleRateHz: view.getUint32(format + 4, true),
    channels,
    bits: float ? '32f' : String(bits),
    frames,
    sound: Array.from({ length: channels }, (_, n) => channel(n)),
  };
}
