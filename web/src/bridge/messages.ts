import { createSignal } from 'solid-js';
import type { Message, MessageAction, StudioMessages } from './messageTypes';

const statusLifeMs = 8000;
const mostAtOnce = 6;

export function createMessages(): StudioMessages {
  const [list, setList] = createSignal<readonly Message[]>([]);
  let count = 0;
  const dismiss = (id: string) => {
    setList((before) => before.filter((message) => message.id !== id));
  };
  return {
    list,
    dismiss,
    say(text: string, kind: 'status' | 'alert', action?: MessageAction) {
      const id = `message-${++count}`;
      const same = (message: Message) => message.text === text && message.kind === kind;
      setList((before) =>
        [...before.filter((message) => !same(message)), { id, text, kind, action }].slice(-mostAtOnce),
      );
      if (kind === 'status') setTimeout(() => dismiss(id), statusLifeMs);
      return id;
    },
  };
}
