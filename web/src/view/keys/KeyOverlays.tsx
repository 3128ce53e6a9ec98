import { Palette } from './Palette';
import { Shortcuts } from './Shortcuts';
import './keys.css';

/** Command palette and table of shortcuts; each shows when its turn is. */
export function KeyOverlays() {
  return (
    <>
      <Palette />
      <Shortcuts />
    </>
  );
}
