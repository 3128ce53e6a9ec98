const dayMs = 86_400_000;

const startOfDay = (ms: number) => new Date(ms).setHours(0, 0, 0, 0);

/** "Today, 14:32", "Yesterday", "12 November", and with the year when it is not this one. */
export function whenText(changedAt: number, now: number): string {
  const date = new Date(changedAt);
  const days = Math.round((startOfDay(now) - startOfDay(changedAt)) / dayMs);
  if (days <= 0) {
    const time = date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
    return `Today, ${time}`;
  }
  if (days === 1) return 'Yesterday';
  const sameYear = date.getFullYear() === new Date(now).getFullYear();
  return date.toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    ...(sameYear ? {} : { year: 'numeric' }),
  });
}

/** "12 tracks", "1 track" */
export const countText = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

/** "214 MB", "1.12 GB": thousands, as disks are sold and downloads are shown. */
export function bytesText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1e6) return `${Math.round(bytes / 1000)} KB`;
  if (bytes < 1e8) return `${(bytes / 1e6).toFixed(1)} MB`;
  if (bytes < 1e9) return `${Math.round(bytes / 1e6)} MB`;
  return `${(bytes / 1e9).toFixed(2)} GB`;
}
