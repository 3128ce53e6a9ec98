import { createSignal, onCleanup } from 'solid-js';
import { useStudio } from './studio';

const confirmedMs = 2500;

/** Copies texts; `refused` is said where the browser does not let it. `copied` is the text, for a while after it has worked. */
export function createCopying(refused: string): {
  copied: () => string | null;
  copy(text: string): Promise<void>;
} {
  const { messages } = useStudio();
  const [copied, setCopied] = createSignal<string | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(timer));
  return {
    copied,
    async copy(text) {
      try {
        await navigator.clipboard.writeText(text);
      } catch {
        messages.say(refused, 'alert');
        return;
      }
      setCopied(text);
      clearTimeout(timer);
      timer = setTimeout(() => setCopied(null), confirmedMs);
    },
  };
}
