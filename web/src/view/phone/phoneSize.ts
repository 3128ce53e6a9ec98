import { createSignal } from 'solid-js';

// Absent where there is no window, as in tests.
const query = globalThis.matchMedia?.('(max-width: 700px)');
const [isPhone, setIsPhone] = createSignal(query?.matches ?? false);
query?.addEventListener('change', () => setIsPhone(query?.matches ?? false));

/** Reactive: whether there is room for one thing at a time only. */
export { isPhone };
