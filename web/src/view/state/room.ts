import { createSignal } from 'solid-js';

export type Room = 'arrange' | 'mix' | 'master';

export const rooms: readonly { readonly id: Room; readonly name: string }[] = [
  { id: 'arrange', name: 'Arrange' },
  { id: 'mix', name: 'Mix' },
  { id: 'master', name: 'Master' },
];

const [room, setRoom] = createSignal<Room>('arrange');

export { room, setRoom };
