import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser } from '@playwright/test';
import type { Bytes } from '../../web/src/share/encoding';

const bundle = fileURLToPath(
  new URL('../../node_modules/mediabunny/dist/bundles/mediabunny.cjs', import.meta.url),
);

/** A WebM file of Opus, as a share’s preview is: a tone that rises, so that it is never the same. */
export async function opusPreview(
  browser: Browser,
  baseURL: string,
  seconds: number,
  bitrate = 128_000,
): Promise<Bytes> {
  const context = await browser.newContext({ baseURL, bypassCSP: true, serviceWorkers: 'block' });
  const page = await context.newPage();
  await page.goto('/listen.html');
  const code = readFileSync(bundle, 'utf8');
  await page.evaluate((source) => {
    const module = { exports: {} };
    new Function('module', 'exports', source)(module, module.exports);
    Object.assign(globalThis, { mediabunny: module.exports });
  }, code);
  const base64 = await page.evaluate(
    async ({ seconds, bitrate }) => {
      // biome-ignore lint/suspicious/noExplicitAny: the library as the page has it.
      const library = (globalThis as any).mediabunny;
      const output = new library.Output({
        format: new library.WebMOutputFormat(),
        target: new library.BufferTarget(),
      });
      const source = new library.AudioSampleSource({ codec: 'opus', bitrate });
      output.addAudioTrack(source);
      await output.start();
      const rate = 48_000;
      let phase = 0;
      for (let second = 0; second < seconds; second++) {
        const data = new Float32Array(2 * rate);
        for (let frame = 0; frame < rate; frame++) {
          phase += (2 * Math.PI * (220 + second + frame / rate)) / rate;
          data[frame] = 0.3 * Math.sin(phase) + 0.05 * (Math.random() - 0.5);
          data[rate + frame] = 0.3 * Math.sin(1.5 * phase) + 0.05 * (Math.random() - 0.5);
        }
        const sample = new library.AudioSample({
          data,
          format: 'f32-planar',
          numberOfChannels: 2,
          sampleRate: rate,
          timestamp: second,
        });
        await source.add(sample);
        sample.close();
      }
      await output.finalize();
      const blob = new Blob([output.target.buffer]);
      return new Promise<string>((resolve) => {
        const reader = new FileReader();
        reader.onload = () => resolve(String(reader.result).split(',')[1] ?? '');
        reader.readAsDataURL(blob);
      });
    },
    { seconds, bitrate },
  );
  await context.close();
  return new Uint8Array(Buffer.from(base64, 'base64'));
}
