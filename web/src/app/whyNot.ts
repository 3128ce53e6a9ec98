interface Surroundings {
  readonly isSecureContext: boolean;
  readonly WebAssembly?: unknown;
  readonly AudioWorkletNode?: unknown;
  readonly navigator: { readonly storage?: { readonly getDirectory?: unknown }; readonly locks?: unknown };
}

/** Why the studio can't run in this browser or at this address, in a sentence; null where it can. */
export function whyNot(surroundings: Surroundings): string | null {
  if (!surroundings.isSecureContext) {
    return (
      'This address is not a secure one, and browsers lend private files and sound processing to secure pages only. ' +
      'Open the studio by https, or on this computer as http://localhost.'
    );
  }
  if (!surroundings.WebAssembly || !surroundings.AudioWorkletNode) {
    return 'This browser can’t process sound in a page (it has no WebAssembly or no AudioWorklet). A current Chrome, Edge, Firefox or Safari can.';
  }
  if (!surroundings.navigator.storage?.getDirectory || !surroundings.navigator.locks) {
    return 'This browser has no private files for a page, where the audio would be kept. A current Chrome, Edge, Firefox or Safari has them; private windows may not.';
  }
  return null;
}
