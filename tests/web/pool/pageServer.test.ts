import { describe, expect, it } from 'vitest';
import type { PageLink } from '../../../web/src/engine/pageLink';
import type { PcmSource } from '../../../web/src/engine/pcmSource';
import { pageFrames } from '../../../web/src/generated/engineLayout';
import { PageServer, runsOf } from '../../../web/src/workers/stream/pageServer';

const settled = () => new Promise((resolve) => setTimeout(resolve, 15));

/** The audio thread's end, in the same thread. */
class FakeLink implements PageLink {
  requests: number[] = [];
  room = 1000;
  readonly delivered: [handle: number, page: number, first: number][] = [];
  #generation = 0;
  #wake: () => void = () => {};

  ask(...pairs: [number, number][]): void {
    this.requests.push(...pairs.flat());
    this.#wake();
  }

  seek(): void {
    this.#generation++;
    this.requests = [];
  }

  waitForRequests(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  takeRequests(into: Int32Array): number {
    const taken = this.requests.splice(0, into.length);
    into.set(taken);
    return taken.length / 2;
  }

  generation(): number {
    return this.#generation;
  }

  push(handle: number, page: number, samples: Float32Array): boolean {
    if (this.room <= 0) return false;
    this.room--;
    this.delivered.push([handle, page, samples[0] as number]);
    return true;
  }

  get pages(): string[] {
    return this.delivered.map(([handle, page]) => `${handle}:${page}`);
  }
}

/** A source whose pages hold their own index; reads end when `release` is called, or at once. */
class FakeSource implements PcmSource {
  readonly channels = 1;
  readonly frames = 1e6;
  readonly sampleRateHz = 48000;
  readonly reads: [first: number, count: number][] = [];
  held: (() => void)[] | null = null;
  fails = false;

  async readPages(firstPage: number, count: number): Promise<Float32Array[]> {
    this.reads.push([firstPage, count]);
    if (this.held) await new Promise<void>((resolve) => this.held?.push(resolve));
    if (this.fails) throw new Error('unplugged');
    return Array.from({ length: count }, (_, at) => new Float32Array(pageFrames).fill(firstPage + at));
  }

  async read(): Promise<Float32Array[]> {
    return [];
  }

  release(): void {
    for (const resolve of this.held ?? []) resolve();
    this.held = null;
  }

  close(): void {}
}

function rig() {
  const link = new FakeLink();
  const sources = new Map<number, PcmSource | null>();
  const opened = new Map<number, Promise<PcmSource | null>>();
  const failures: [number, unknown][] = [];
  const server = new PageServer({
    link,
    source(handle) {
      const source = sources.get(handle);
      if (source === undefined) return undefined;
      const opening = opened.get(handle) ?? Promise.resolve(source);
      opened.set(handle, opening);
      return opening;
    },
    channels: () => 1,
    onFailed: (handle, reason) => failures.push([handle, reason]),
    pause: () => new Promise((resolve) => setTimeout(resolve, 1)),
  });
  void server.run();
  return { link, sources, failures, server };
}

describe('the page server', () => {
  it('delivers what is asked for, neighbouring pages in one read', async () => {
    const { link, sources, server } = rig();
    const source = new FakeSource();
    sources.set(5, source);
    link.ask([5, 0], [5, 1], [5, 2], [5, 9]);
    await settled();
    expect(link.delivered.sort()).toEqual([
      [5, 0, 0],
      [5, 1, 1],
      [5, 2, 2],
      [5, 9, 9],
    ]);
    expect(source.reads).toEqual([
      [0, 3],
      [9, 1],
    ]);
    server.stop();
  });

  it('waits for room and loses nothing', async () => {
    const { link, sources, server } = rig();
    sources.set(1, new FakeSource());
    link.room = 2;
    link.ask([1, 0], [1, 1], [1, 2], [1, 3]);
    await settled();
    expect(link.pages).toEqual(['1:0', '1:1']);
    link.room = 10;
    await settled();
    expect(link.pages).toEqual(['1:0', '1:1', '1:2', '1:3']);
    server.stop();
  });

  it('drops what a seek has overtaken, also what is being read or waits for room', async () => {
    const { link, sources, server } = rig();
    const slow = new FakeSource();
    slow.held = [];
    sources.set(1, slow);
    link.ask(...Array.from({ length: 40 }, (_, page): [number, number] => [1, 3 * page]));
    await settled();
    link.seek();
    slow.release();
    link.ask([1, 500]);
    await settled();
    expect(link.pages).toEqual(['1:500']);

    link.room = 0;
    link.ask([1, 600], [1, 601]);
    await settled();
    link.seek();
    link.room = 10;
    link.ask([1, 700]);
    await settled();
    expect(link.pages).toEqual(['1:500', '1:700']);
    server.stop();
  });

  it('keeps one slow source from holding up the others', async () => {
    const { link, sources, server } = rig();
    const slow = new FakeSource();
    slow.held = [];
    sources.set(1, slow);
    sources.set(2, new FakeSource());
    link.ask([1, 0], [2, 0], [2, 1]);
    await settled();
    expect(link.pages).toEqual(['2:0', '2:1']);
    slow.release();
    await settled();
    expect(link.pages).toContain('1:0');
    server.stop();
  });

  it('answers what was asked of a source before it was opened, unless a seek came between', async () => {
    const { link, sources, server } = rig();
    link.ask([7, 0], [8, 4]);
    await settled();
    expect(link.pages).toEqual([]);
    sources.set(7, new FakeSource());
    server.opened(7);
    await settled();
    expect(link.pages).toEqual(['7:0']);
    link.seek();
    sources.set(8, new FakeSource());
    server.opened(8);
    await settled();
    expect(link.pages).toEqual(['7:0']);
    server.stop();
  });

  it('plays silence for a source that is missing or can’t be read, and says so', async () => {
    const { link, sources, failures, server } = rig();
    const broken = new FakeSource();
    broken.fails = true;
    sources.set(1, null);
    sources.set(2, broken);
    link.ask([1, 3], [2, 4]);
    await settled();
    expect(link.delivered.sort()).toEqual([
      [1, 3, 0],
      [2, 4, 0],
    ]);
    expect(failures.map(([handle]) => handle)).toEqual([2]);
    server.stop();
  });
});

describe('runs of pages', () => {
  const runs = (...pairs: [number, number][]) =>
    runsOf(Int32Array.from(pairs.flat()), pairs.length).map(({ handle, firstPage, count }) => [
      handle,
      firstPage,
      count,
    ]);

  it('join neighbours of a source, though others were asked for between', () => {
    expect(runs([1, 0], [2, 0], [1, 1], [2, 1], [1, 2])).toEqual([
      [1, 0, 3],
      [2, 0, 2],
    ]);
  });

  it('go forwards only, and end at half a megabyte', () => {
    expect(runs([1, 5], [1, 4], [1, 4])).toHaveLength(3);
    const long = Array.from({ length: 40 }, (_, page): [number, number] => [1, page]);
    expect(runs(...long)).toEqual([
      [1, 0, 16],
      [1, 16, 16],
      [1, 32, 8],
    ]);
  });
});
