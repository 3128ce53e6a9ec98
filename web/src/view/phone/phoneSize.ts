import { createSignal } from 'solid-js';

const query = matchMedia('(max-width: 700px)');
const [isPhone, setIsPhone] = createSignal(query.matches);
query.addEventListener('change', () => setIsPhone(query.matches));

/** Reactive: whether there is room for one thing at a time only. */
export { isPhone };
