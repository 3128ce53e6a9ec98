import { describe, expect, it } from 'vitest';
import { PageFifo, RequestRing } from '../../../web/src/engine/pageFifo';
import { pageFloats, pageFrames } from '../../../web/src/generated/engineLayout';

const filled = (value: number, length = pageFloats) => new Float32Array(length).fill(value);

describe('PageFifo', () => {
  it('hands pages over in order, up to its capacity', () => {
    const memory = PageFifo.create(4);
    const producer = new PageFifo(memory);
    const consumer = new PageFifo(memory);
    for (let page = 0; page < 4; page++) expect(producer.push(7, page, filled(page))).toBe(true);
    expect(producer.push(7, 4, filled(4))).toBe(false);
    expect(consumer.length).toBe(4);
    for (let page = 0; page < 4; page++) {
      expect([consumer.source, consumer.page, consumer.samples[0], consumer.samples[pageFloats - 1]]).toEqual(
        [7, page, page, page],
      );
      consumer.pop();
    }
    expect(consumer.length).toBe(0);
  });

  it('keeps the order through many turns of its slots', () => {
    const memory = PageFifo.create(2);
    const producer = new PageFifo(memory);
    const consumer = new PageFifo(memory);
    for (let page = 0; page < 101; page++) {
      expect(producer.push(1, page, filled(page))).toBe(true);
      expect(consumer.page).toBe(page);
      expect(consumer.samples[17]).toBe(page);
      consumer.pop();
    }
  });

  it('takes a mono page as the left half', () => {
    const fifo = new PageFifo(PageFifo.create(1));
    fifo.push(1, 0, filled(1));
    fifo.pop();
    fifo.push(1, 1, filled(0.5, pageFrames));
    expect(fifo.samples[pageFrames - 1]).toBe(0.5);
  });

  it('goes on where the counters leave 32 bits', () => {
    const memory = PageFifo.create(2);
    new Int32Array(memory, 0, 2).fill(0x7fffffff);
    const fifo = new PageFifo(memory);
    for (let page = 0; page < 5; page++) {
      expect(fifo.push(3, page, filled(page))).toBe(true);
      expect(fifo.length).toBe(1);
      expect(fifo.page).toBe(page);
      fifo.pop();
    }
  });

  it('wants a power of two', () => {
    expect(() => PageFifo.create(3)).toThrow(RangeError);
    expect(() => RequestRing.create(0)).toThrow(RangeError);
  });
});

describe('RequestRing', () => {
  it('hands requests over in order, refuses beyond its capacity', () => {
    const memory = RequestRing.create(4);
    const producer = new RequestRing(memory);
    const consumer = new RequestRing(memory);
    for (let page = 0; page < 4; page++) expect(producer.push(1, page)).toBe(true);
    expect(producer.push(1, 4)).toBe(false);
    const into = new Int32Array(6);
    expect(consumer.take(into)).toBe(3);
    expect([...into]).toEqual([1, 0, 1, 1, 1, 2]);
    expect(consumer.take(into)).toBe(1);
    expect(consumer.take(into)).toBe(0);
  });

  it('drops what was asked before the producer forgot, and only that', () => {
    const memory = RequestRing.create(8);
    const producer = new RequestRing(memory);
    const consumer = new RequestRing(memory);
    producer.push(1, 0);
    producer.push(1, 1);
    producer.forget();
    producer.push(2, 9);
    expect(consumer.generation).toBe(1);
    const into = new Int32Array(16);
    expect(consumer.take(into)).toBe(1);
    expect([into[0], into[1]]).toEqual([2, 9]);
    producer.push(2, 10);
    expect(consumer.take(into)).toBe(1);
    expect(into[1]).toBe(10);
  });

  it('wakes the consumer that waits', async () => {
    const memory = RequestRing.create(8);
    const producer = new RequestRing(memory);
    const consumer = new RequestRing(memory);
    const woken = consumer.waitForRequests();
    setTimeout(() => {
      producer.push(1, 1);
      producer.notify();
    }, 5);
    await woken;
    expect(consumer.length).toBe(1);
  });
});
