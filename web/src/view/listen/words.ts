import type { Manifest, Right } from '../../share/manifest';

/** "1:22", "1:02:03" */
export function lengthText(seconds: number): string {
  const whole = Math.floor(seconds);
  const two = (value: number) => String(value).padStart(2, '0');
  const minutes = Math.floor(whole / 60) % 60;
  const hours = Math.floor(whole / 3600);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

/** "0:42.8" */
export function positionText(seconds: number): string {
  const tenths = Math.floor(Math.max(0, seconds) * 10 + 1e-6);
  return `${lengthText(tenths / 10)}.${tenths % 10}`;
}

/** "312 MB", "4.2 MB", "18 KB" */
export function bytesText(bytes: number): string {
  if (bytes >= 999.5e6) return `${(bytes / 1e9).toFixed(1)} GB`;
  if (bytes >= 9.95e6) return `${Math.round(bytes / 1e6)} MB`;
  if (bytes >= 0.0995e6) return `${(bytes / 1e6).toFixed(1)} MB`;
  return `${Math.max(1, Math.round(bytes / 1e3))} KB`;
}

/** "Master, 1:22, 96 bpm, shared 21 November" */
export function factsText({ mix, tempoBpm, sharedAt }: Manifest, now = new Date()): string {
  const shared = new Date(sharedAt);
  const sameYear = shared.getFullYear() === now.getFullYear();
  const date = shared.toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    ...(sameYear ? {} : { year: 'numeric' }),
  });
  return [
    mix.what === 'master' ? 'Master' : 'Mix',
    lengthText(mix.frames / mix.sampleRateHz),
    ...(tempoBpm === null ? [] : [`${Number(tempoBpm.toFixed(2))} bpm`]),
    ...(mix.integratedLufs === null ? [] : [`${mix.integratedLufs.toFixed(1).replace('-', '−')} LUFS`]),
    `shared ${date}`,
  ].join(', ');
}

export const rightText: Readonly<Record<Right, string>> = {
  listen: 'Shared with you to listen',
  stems: 'Shared with you to listen, stem by stem',
  edit: 'Shared with you to listen and to carry on',
};

/** What can be checked of the sound, and what can't. */
export const verifiedText: Readonly<Record<Right, string>> = {
  listen:
    'Every piece is checked on its way; whether the project renders to this mix can’t be, as the link does not hold it.',
  stems:
    'Every piece is checked on its way; whether the project renders to this mix can’t be, as the link holds its stems only.',
  edit: 'Every piece is checked on its way.',
};

/** Bytes of the project and its sound. */
export const deskBytes = ({ project }: Manifest): number =>
  project ? project.sources.reduce((sum, { file }) => sum + file.bytes, project.file.bytes) : 0;
