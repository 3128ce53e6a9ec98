import { afterEach, describe, expect, it } from 'vitest';
import {
  connectPageInlet,
  connectPageLink,
  createPageLink,
  type StreamLinkInit,
} from '../../../web/src/engine/pageLink';
import { pageFloats, pageFrames } from '../../../web/src/generated/engineLayout';

const ports: MessagePort[] = [];

function bothEnds(shared: boolean) {
  const ends = createPageLink(shared);
  const keep = (init: StreamLinkInit) => init.kind === 'port' && ports.push(init.port);
  keep(ends.worker);
  keep(ends.audio);
  return { link: connectPageLink(ends.worker), inlet: connectPageInlet(ends.audio) };
}

afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

describe.each([
  ['shared memory', true],
  ['messages', false],
])('page link over %s', (_, shared) => {
  it('carries requests one way and pages the other', async () => {
    const { link, inlet } = bothEnds(shared);
    inlet.request(5, 0);
    inlet.request(5, 1);
    inlet.flush();
    await link.waitForRequests();
    const into = new Int32Array(64);
    expect(link.takeRequests(into)).toBe(2);
    expect([...into.subarray(0, 4)]).toEqual([5, 0, 5, 1]);

    expect(link.push(5, 0, new Float32Array(pageFloats).fill(0.25))).toBe(true);
    expect(link.push(5, 1, new Float32Array(pageFrames).fill(0.5))).toBe(true);
    await settled();
    expect(inlet.length).toBe(2);
    expect([inlet.source, inlet.page, inlet.samples[pageFloats - 1]]).toEqual([5, 0, 0.25]);
    inlet.pop();
    expect([inlet.source, inlet.page, inlet.samples[pageFrames - 1]]).toEqual([5, 1, 0.5]);
    inlet.pop();
    expect(inlet.length).toBe(0);
  });

  it('forgets requests and says so by the generation', async () => {
    const { link, inlet } = bothEnds(shared);
    inlet.request(5, 0);
    inlet.flush();
    inlet.forget();
    inlet.request(6, 3);
    inlet.flush();
    await settled();
    const into = new Int32Array(64);
    expect(link.takeRequests(into)).toBe(1);
    expect([into[0], into[1]]).toEqual([6, 3]);
    expect(link.generation()).toBe(1);
  });

  it('holds the worker back while the audio thread does not take', async () => {
    const { link, inlet } = bothEnds(shared);
    let pushed = 0;
    while (link.push(1, pushed, new Float32Array(pageFrames))) pushed++;
    expect(pushed).toBe(64);
    await settled();
    inlet.pop();
    inlet.flush();
    await settled();
    expect(link.push(1, pushed, new Float32Array(pageFrames))).toBe(true);
  });
});
