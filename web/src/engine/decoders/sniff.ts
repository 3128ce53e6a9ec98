import type { ByteReader } from '../byteReader';
import { DecodeError } from './decoder';
import { findMpegFrames, id3v2Bytes } from './mpegFrames';

/** What a file is by its content. `start` is where the sound's own format begins, after tags. */
export type Sniffed =
  | { readonly kind: 'pcm' }
  | { readonly kind: 'flac' | 'ogg' | 'mpeg'; readonly start: number; readonly ext: string };

const headBytes = 64 * 1024;

interface Signature {
  readonly at: number;
  readonly text: string;
  /** Goes into "Kick.m4a is ..., which Mixwell can't read yet". */
  readonly name: string;
}

const unreadAudio: readonly Signature[] = [
  { at: 0, text: 'caff', name: 'a Core Audio (CAF) file' },
  { at: 0, text: '\x1aE\xdf\xa3', name: 'a Matroska or WebM file' },
  { at: 0, text: '\x30\x26\xb2\x75', name: 'a Windows Media (WMA) file' },
  { at: 0, text: 'wvpk', name: 'WavPack' },
  { at: 0, text: 'MAC ', name: 'Monkey’s Audio' },
  { at: 0, text: 'MPCK', name: 'Musepack' },
  { at: 0, text: 'MP+', name: 'Musepack' },
  { at: 0, text: 'TTA1', name: 'True Audio' },
  { at: 0, text: '#!AMR', name: 'AMR' },
  { at: 0, text: '.snd', name: 'a Sun/NeXT (AU) file' },
  { at: 0, text: 'riff\x2e\x91\xcf\x11', name: 'a Wave64 file' },
  { at: 0, text: 'DSD ', name: 'DSD' },
  { at: 0, text: 'FRM8', name: 'DSD' },
  { at: 0, text: '\x0bw', name: 'Dolby Digital (AC-3)' },
  { at: 0, text: 'ADIF', name: 'AAC' },
];

const otherThings: readonly Signature[] = [
  { at: 0, text: 'MThd', name: 'a MIDI file: it has notes, but no sound' },
  { at: 0, text: '%PDF', name: 'a PDF document, not audio' },
  { at: 0, text: '\x89PNG', name: 'a picture, not audio' },
  { at: 0, text: '\xff\xd8\xff', name: 'a picture, not audio' },
  { at: 0, text: 'GIF8', name: 'a picture, not audio' },
  { at: 8, text: 'WEBP', name: 'a picture, not audio' },
  { at: 8, text: 'AVI ', name: 'a video (AVI), not an audio file' },
  { at: 0, text: 'PK\x03\x04', name: 'a zip archive, not audio: unpack it first' },
  { at: 0, text: 'Rar!', name: 'an archive (RAR), not audio: unpack it first' },
  { at: 0, text: '7z\xbc\xaf', name: 'an archive (7z), not audio: unpack it first' },
  { at: 0, text: '\x1f\x8b', name: 'an archive (gzip), not audio: unpack it first' },
];

/** Says what a file is by looking into it. Throws a DecodeError for everything that is not to be read. */
export async function sniff(reader: ByteReader, name: string): Promise<Sniffed> {
  if (reader.size === 0) throw new DecodeError('It is empty (0 bytes).');
  let start = 0;
  let head = await reader.read(0, headBytes);
  for (let tag = id3v2Bytes(head); tag > 0; tag = id3v2Bytes(head)) {
    start += tag;
    head = await reader.read(start, headBytes);
  }
  const has = (text: string, at = 0) => starts(head, text, at);
  if (has('RIFF') && (has('AVI ', 8) || has('WEBP', 8))) refuseOther(head);
  if (start === 0 && ['RIFF', 'RIFX', 'RF64', 'BW64', 'FORM'].some((text) => has(text)))
    return { kind: 'pcm' };
  if (has('fLaC')) return { kind: 'flac', start, ext: 'flac' };
  if (has('OggS')) return { kind: 'ogg', start, ext: 'ogg' };
  if (has('ftyp', 4)) throw unread(await nameOfMp4(reader));
  if (isAdts(head)) throw unread('AAC');
  for (const signature of unreadAudio) if (has(signature.text, signature.at)) throw unread(signature.name);
  refuseOther(head);
  const mpeg = findMpegFrames(head, start + head.length >= reader.size);
  if (mpeg) return { kind: 'mpeg', start: start + mpeg.offset, ext: mpeg.ext };
  if (start > 0) throw new DecodeError('It begins with a tag, but no sound that Mixwell knows follows.');
  throw new DecodeError(`It is not an audio file that Mixwell knows${promise(name)}.`);
}

function starts(head: Uint8Array, text: string, at: number): boolean {
  for (let index = 0; index < text.length; index++) {
    if (head[at + index] !== text.charCodeAt(index)) return false;
  }
  return true;
}

function unread(name: string): DecodeError {
  return new DecodeError(`It is ${name}, which Mixwell can’t read yet; convert it to WAV or FLAC.`);
}

function refuseOther(head: Uint8Array): void {
  for (const { text, at, name } of otherThings) {
    if (starts(head, text, at)) throw new DecodeError(`It is ${name}.`);
  }
}

function promise(name: string): string {
  const ext = extensionOf(name);
  return audioExtensions.has(ext) ? `, whatever its name says` : '';
}

const audioExtensions = new Set(
  'wav wave bwf rf64 aif aiff aifc flac ogg oga opus mp3 mp2 mpga m4a aac caf wma'.split(' '),
);

/** The part after the last dot, in lower case; empty where there is none. */
export function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? '' : name.slice(dot + 1).toLowerCase();
}

/** AAC in ADTS frames: the sync word with layer 0, twice. */
function isAdts(head: Uint8Array): boolean {
  const syncAt = (at: number) => head[at] === 0xff && ((head[at + 1] ?? 0) & 0xf6) === 0xf0;
  if (!syncAt(0)) return false;
  const length = (((head[3] ?? 0) & 3) << 11) | ((head[4] ?? 0) << 3) | ((head[5] ?? 0) >> 5);
  return length >= 7 && (length >= head.length || syncAt(length));
}

const mp4Codecs: readonly (readonly [string, string])[] = [
  ['alac', 'Apple Lossless'],
  ['fLaC', 'FLAC in an MP4 file'],
  ['Opus', 'Opus in an MP4 file'],
  ['ac-3', 'Dolby Digital (AC-3)'],
  ['ec-3', 'Dolby Digital (E-AC-3)'],
  ['.mp3', 'MP3 in an MP4 file'],
  ['mp4a', 'AAC'],
];
const longestMoov = 4 << 20;

/** The codec of an MP4 file, by its sample descriptions. */
async function nameOfMp4(reader: ByteReader): Promise<string> {
  for (let at = 0; at + 8 <= reader.size; ) {
    const box = await reader.read(at, 16);
    const view = new DataView(box.buffer, box.byteOffset, box.length);
    const short = view.getUint32(0);
    const size = short === 1 && box.length === 16 ? Number(view.getBigUint64(8)) : short;
    if (starts(box, 'moov', 4)) {
      const moov = await reader.read(at, Math.min(size || longestMoov, longestMoov));
      return mp4Codecs.find(([code]) => holds(moov, code))?.[1] ?? 'an MP4 file';
    }
    if (size < 8) break;
    at += size;
  }
  return 'an MP4 file';
}

function holds(bytes: Uint8Array, text: string): boolean {
  const first = text.charCodeAt(0);
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (starts(bytes, text, at)) return true;
  }
  return false;
}
