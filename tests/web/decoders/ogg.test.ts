import { describe, expect, it } from 'vitest';
import { decode, errorDb, fixture, originOf } from './decode';

/** Where the pages of an Ogg file begin. */
function pagesOf(bytes: Uint8Array): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const starts: number[] = [];
  for (let at = 0; at + 27 <= bytes.length; ) {
    expect(view.getUint32(at)).toBe(0x4f676753);
    starts.push(at);
    const segments = view.getUint8(at + 26);
    const lacing = bytes.subarray(at + 27, at + 27 + segments);
    at += 27 + segments + lacing.reduce((total, lace) => total + lace, 0);
  }
  return starts;
}

/** Writes the checksum of the page at `start` anew (RFC 3533: polynomial 0x04c11db7, bit by bit). */
function resign(bytes: Uint8Array, start: number, end: number): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  view.setUint32(start + 22, 0);
  let crc = 0;
  for (const byte of bytes.subarray(start, end)) {
    crc ^= byte << 24;
    for (let bit = 0; bit < 8; bit++) crc = crc < 0 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  }
  view.setUint32(start + 22, crc >>> 0, true);
}

describe.each(['stereo44.ogg', 'mono48.opus', 'short44.oga'])('%s with a damaged page', (file) => {
  it('stays in time: what is lost becomes silence', async () => {
    const bytes = fixture(file);
    const pages = pagesOf(bytes);
    const damagedPage = pages[Math.floor((2 + pages.length) / 2)] as number;
    const damaged = bytes.slice();
    damaged[damagedPage + 60] = (bytes[damagedPage + 60] as number) ^ 0xff;
    const whole = await decode(bytes);
    const heard = await decode(damaged);
    expect(whole.truncated).toBe(false);
    expect(heard.truncated).toBe(true);
    const before = whole.channels[0] as Float32Array;
    const after = heard.channels[0] as Float32Array;
    expect(after.length).toBe(before.length);
    const rest = Math.floor(before.length * 0.97);
    expect(errorDb(after.subarray(rest), before.subarray(rest))).toBeLessThan(-20);
    expect(after.subarray(0, 1000)).toEqual(before.subarray(0, 1000));
  });
});

describe('Ogg', () => {
  it('leaves out other streams in the same file', async () => {
    const bytes = fixture('mono48.ogg');
    const [first = 0, second = 0] = pagesOf(bytes);
    const stranger = bytes.slice(first, second);
    const view = new DataView(stranger.buffer);
    view.setUint32(14, view.getUint32(14) ^ 0x5555);
    stranger.set([0x66, 0x69, 0x73, 0x68, 0x65, 0x61, 0x64], 28);
    resign(stranger, 0, stranger.length);
    const mixed = Uint8Array.from([...stranger, ...bytes]);
    expect((await decode(mixed)).channels).toEqual((await decode(bytes)).channels);
  });

  it('applies the gain in the header of Opus (RFC 7845, section 5.1)', async () => {
    const bytes = fixture('mono48.opus');
    const [first = 0, second = 0] = pagesOf(bytes);
    const louder = bytes.slice();
    new DataView(louder.buffer).setInt16(first + 28 + 16, -6 * 256, true);
    resign(louder, first, second);
    const plain = (await decode(bytes)).channels[0] as Float32Array;
    const quiet = (await decode(louder)).channels[0] as Float32Array;
    const gain = 10 ** (-6 / 20);
    expect(
      errorDb(
        quiet,
        plain.map((sample) => sample * gain),
      ),
    ).toBeLessThan(-120);
  });

  it('without its last page plays the rest and says so', async () => {
    const bytes = fixture('stereo44.ogg');
    const cut = await decode(bytes.subarray(0, pagesOf(bytes).at(-1)));
    expect(cut.truncated).toBe(true);
    const origin = originOf('stereo44')[0] as Float32Array;
    expect(cut.channels[0]?.length).toBeLessThan(origin.length);
    expect(errorDb(cut.channels[0] as Float32Array, origin)).toBeLessThan(-20);
  });
});
