/** A number from 0 to 1 that looks like chance and is always the same: grain of drawn pictures. */
export function noise(seed: number): number {
  const far = Math.sin(seed * 127.1 + 311.7) * 43758.5453;
  return far - Math.floor(far);
}
