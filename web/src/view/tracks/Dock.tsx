export function Dock() {
  return <section class="dock" aria-label="Devices" />;
}
