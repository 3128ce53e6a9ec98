import { startWorker } from '../trusted';
import workerUrl from '../workers/decode/decodeWorker?worker&url';
import type { DecodeJob, FromDecodeWorker, ToDecodeWorker } from '../workers/decode/protocol';

export interface JobOptions {
  readonly onProgress?: (fraction: number) => void;
  readonly signal?: AbortSignal;
}

interface Task {
  readonly call: number;
  readonly job: DecodeJob;
  readonly options: JobOptions;
  end(answer: FromDecodeWorker): void;
}

interface Member {
  readonly worker: Worker;
  task: Task | null;
  leaving: ReturnType<typeof setTimeout> | null;
}

const maxWorkers = 2;
/** Workers hold much memory; one that has nothing to do goes after a while. */
const idleMs = 10_000;

/** Up to two decode workers, each on one job at a time; the other jobs wait their turn. */
export class DecodeCrew {
  readonly #engine: Promise<WebAssembly.Module>;
  readonly #members = new Set<Member>();
  #queue: Task[] = [];
  #calls = 0;

  constructor(engine: WebAssembly.Module | Promise<WebAssembly.Module>) {
    this.#engine = Promise.resolve(engine);
    this.#engine.catch(() => {});
  }

  /** Never rejects: what went wrong is an answer, too. */
  run(job: DecodeJob, options: JobOptions = {}): Promise<FromDecodeWorker> {
    return new Promise((resolve) => {
      const call = ++this.#calls;
      const { signal } = options;
      const cancel = () => this.#cancel(task);
      const end = (answer: FromDecodeWorker) => {
        signal?.removeEventListener('abort', cancel);
        resolve(answer);
      };
      const task: Task = { call, job, options, end };
      if (signal?.aborted) return end({ kind: 'cancelled', call });
      signal?.addEventListener('abort', cancel);
      this.#queue.push(task);
      this.#next();
    });
  }

  dispose(): void {
    for (const member of this.#members) this.#dismiss(member);
    const waiting = this.#queue;
    this.#queue = [];
    for (const { call, end } of waiting) end({ kind: 'cancelled', call });
  }

  #cancel(task: Task): void {
    const waited = this.#queue.length;
    this.#queue = this.#queue.filter((other) => other !== task);
    if (this.#queue.length < waited) task.end({ kind: 'cancelled', call: task.call });
    for (const { worker, task: current } of this.#members) {
      if (current === task) send(worker, { kind: 'cancel', call: task.call });
    }
  }

  #next(): void {
    while (this.#queue.length > 0) {
      const idle = [...this.#members].find(({ task }) => task === null);
      if (!idle && this.#members.size >= maxWorkers) return;
      this.#start(idle ?? this.#hire(), this.#queue.shift() as Task);
    }
  }

  #hire(): Member {
    const worker = startWorker(workerUrl);
    const member: Member = { worker, task: null, leaving: null };
    this.#members.add(member);
    member.worker.addEventListener('message', ({ data }: MessageEvent<FromDecodeWorker>) => {
      if (data.call !== member.task?.call) return;
      if (data.kind === 'progress') member.task.options.onProgress?.(data.fraction);
      else this.#end(member, data);
    });
    member.worker.addEventListener('error', ({ message }) => {
      this.#fail(member, message || 'the part of the page that decodes audio did not start');
    });
    this.#engine.then(
      (engine) => send(member.worker, { kind: 'begin', engine }),
      (error: unknown) => this.#fail(member, error instanceof Error ? error.message : String(error)),
    );
    return member;
  }

  #start(member: Member, task: Task): void {
    if (member.leaving !== null) clearTimeout(member.leaving);
    member.leaving = null;
    member.task = task;
    this.#engine.then(
      () => send(member.worker, { kind: 'job', call: task.call, job: task.job }),
      () => {},
    );
  }

  #end(member: Member, answer: FromDecodeWorker): void {
    const { task } = member;
    member.task = null;
    member.leaving = setTimeout(() => this.#dismiss(member), idleMs);
    task?.end(answer);
    this.#next();
  }

  /** A worker that broke is not asked again. */
  #fail(member: Member, reason: string): void {
    const { task } = member;
    this.#members.delete(member);
    member.worker.terminate();
    if (task) {
      const sentence = `${task.job.name} could not be imported: ${reason}`;
      task.end({ kind: 'error', call: task.call, sentence });
    }
    this.#next();
  }

  #dismiss(member: Member): void {
    if (member.leaving !== null) clearTimeout(member.leaving);
    this.#members.delete(member);
    member.worker.terminate();
    member.task?.end({ kind: 'cancelled', call: member.task.call });
  }
}

function send(worker: Worker, message: ToDecodeWorker): void {
  worker.postMessage(message);
}
