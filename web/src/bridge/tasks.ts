import { type Accessor, createSignal } from 'solid-js';
import type { LongTask } from './projectTypes';

export interface RunningTask {
  readonly signal: AbortSignal;
  progress(fraction: number): void;
}

export interface Tasks {
  readonly list: Accessor<readonly LongTask[]>;
  /** Shows the work while it goes on. Rejects with the signal's reason when it is cancelled. */
  run<Result>(label: string, work: (task: RunningTask) => Promise<Result>): Promise<Result>;
}

export function createTasks(): Tasks {
  const [list, setList] = createSignal<readonly LongTask[]>([]);
  let count = 0;
  return {
    list,
    async run(label, work) {
      const id = `task-${++count}`;
      const control = new AbortController();
      const task: LongTask = { id, label, fraction: null, cancel: () => control.abort() };
      setList((before) => [...before, task]);
      const progress = (fraction: number) =>
        setList((before) => before.map((other) => (other.id === id ? { ...task, fraction } : other)));
      try {
        const result = await work({ signal: control.signal, progress });
        control.signal.throwIfAborted();
        return result;
      } finally {
        setList((before) => before.filter((other) => other.id !== id));
      }
    },
  };
}

/** Whether an error only says that the person gave it up. */
export function isCancelled(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}
