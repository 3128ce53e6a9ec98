import { expect, type Page, test } from '@playwright/test';
import { noise } from '../support/synth';
import { drop, exportFile, hear, openStudio, stemFile } from './studioPage';

declare global {
  var violations: string[];
}

/** What the page's policy refused: in the page by its event, in workers by what the browser writes to the console. */
async function watchPolicy(page: Page): Promise<() => Promise<string[]>> {
  const written: string[] = [];
  page.on('console', (message) => {
    if (/Content Security Policy|Trusted ?(Types|HTML|Script)/i.test(message.text()))
      written.push(message.text());
  });
  await page.addInitScript(() => {
    globalThis.violations = [];
    addEventListener('securitypolicyviolation', (event) => {
      const { effectiveDirective, blockedURI, sample } = event as SecurityPolicyViolationEvent;
      globalThis.violations.push(`${effectiveDirective} ${blockedURI} ${sample}`);
    });
  });
  return async () => [...written, ...(await page.evaluate(() => globalThis.violations))];
}

test('the studio keeps to its own policy, in every room and every worker', async ({ page }) => {
  const refused = await watchPolicy(page);
  await openStudio(page);
  const frames = 10 * 48000;
  await drop(
    page,
    [stemFile('Drums.wav', [noise(1, frames, 0.3)]), stemFile('Bass.wav', [noise(2, frames, 0.3)])],
    2,
  );
  for (const room of ['Mix', 'Master', 'Arrange'])
    await page.getByRole('tab', { name: room, exact: true }).click();
  expect((await hear(page, 4096)).left.length).toBeGreaterThan(0);
  expect((await exportFile(page)).bytes.length).toBeGreaterThan(frames * 6);
  await page.keyboard.press('?');
  await page.keyboard.press('Escape');
  expect(await refused()).toEqual([]);
});

test('the demo song’s worker starts within the policy', async ({ page }) => {
  const refused = await watchPolicy(page);
  await openStudio(page);
  const started = page.waitForEvent('worker', (worker) => worker.url().includes('demoWorker'));
  await page.getByRole('button', { name: 'Open the demo song' }).click();
  await started;
  expect(await refused()).toEqual([]);
});

test('the page of a link keeps to the policy', async ({ page }) => {
  const refused = await watchPolicy(page);
  await page.goto(`/s/${'A'.repeat(22)}#${'B'.repeat(43)}`);
  await expect(page.locator('#listen')).not.toBeEmpty();
  expect(await refused()).toEqual([]);
});

test('the policy refuses markup, scripts and policies that are not the page’s own', async ({ page }) => {
  const refused = await watchPolicy(page);
  await openStudio(page);
  const outcomes = await page.evaluate(() => {
    const tried = (work: () => unknown) => {
      try {
        work();
        return 'done';
      } catch (error) {
        return (error as Error).name;
      }
    };
    const { trustedTypes } = globalThis as unknown as {
      trustedTypes: { createPolicy(name: string, rules: object): unknown };
    };
    return [
      tried(() =>
        Object.assign(document.createElement('div'), { innerHTML: '<img src=x onerror=alert(1)>' }),
      ),
      tried(() => new Worker('data:text/javascript,0')),
      tried(() => trustedTypes.createPolicy('another', {})),
      tried(() => trustedTypes.createPolicy('mixwell-script', {})),
      tried(() => Object.assign(document.createElement('script'), { textContent: 'alert(1)' })),
    ];
  });
  expect(outcomes).not.toContain('done');
  await expect.poll(async () => (await refused()).length).toBeGreaterThan(3);
});
