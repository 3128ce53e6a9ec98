import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { sineWav } from './madeFiles';

const stems = [
  sineWav('01_Kick In.wav', 60),
  sineWav('02_Bass DI.wav', 110),
  sineWav('03_Lead Vox.wav', 440),
];

const strip = (page: Page, name: string) => page.getByRole('group', { name, exact: true });
const volume = (page: Page, name: string) => strip(page, name).getByRole('slider', { name: 'Volume' });

/** A page on three tracks, in the Mix room. */
async function mixing(page: Page): Promise<void> {
  await page.goto('/');
  await page.getByLabel('Audio files').setInputFiles(stems);
  await expect(page.getByRole('button', { name: 'Play' })).toBeEnabled();
  await page.getByRole('tab', { name: 'Mix' }).click();
  await expect(volume(page, 'Kick In')).toBeVisible();
}

async function expectAccessible(page: Page, what: string): Promise<void> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
  const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`);
  expect(told, what).toEqual([]);
}

test.describe('the start page', () => {
  test('has its three doors, a place for files and nothing to play', async ({ page }) => {
    await page.goto('/');
    await expect(
      page.getByRole('heading', { name: /Drop stems, a mix or a \.mixwell file here/ }),
    ).toBeVisible();
    for (const name of ['Open the demo song', 'Mix stems', 'Master a file', 'Add audio']) {
      await expect(page.getByRole('button', { name })).toBeEnabled();
    }
    await expect(page.getByRole('button', { name: 'Play' })).toBeDisabled();
    await expect(page.getByRole('button', { name: 'Export' })).toBeDisabled();
  });

  test('opens the file dialog from its doors', async ({ page }) => {
    await page.goto('/');
    for (const name of ['Add audio', 'Mix stems', 'Master a file']) {
      const chooser = page.waitForEvent('filechooser');
      await page.getByRole('button', { name }).click();
      expect((await chooser).isMultiple()).toBe(true);
    }
  });

  test('brings a finished mix into the Master room', async ({ page }) => {
    await page.goto('/');
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Master a file' }).click();
    await (await chooser).setFiles([sineWav('My Song.wav', 300)]);
    await expect(page.getByRole('tab', { name: 'Master' })).toHaveAttribute('aria-selected', 'true');
    await expect(page.getByRole('combobox', { name: 'Target' })).toBeVisible();
  });
});

test.describe('the console', () => {
  test('names its controls as outside tools expect', async ({ page }) => {
    await mixing(page);
    for (const name of ['Kick In', 'Bass DI', 'Lead Vox']) {
      await expect(volume(page, name)).toHaveAttribute('aria-valuetext', '0.0 dB');
      await expect(strip(page, name).getByRole('slider', { name: 'Pan' })).toHaveAttribute(
        'aria-valuetext',
        'C',
      );
      await expect(strip(page, name).getByRole('button', { name: 'Mute' })).toHaveAttribute(
        'aria-pressed',
        'false',
      );
      await expect(strip(page, name).getByRole('button', { name: 'Solo' })).toBeVisible();
      await expect(strip(page, name).getByRole('meter', { name: 'Level' })).toBeVisible();
    }
    await expect(strip(page, 'Master').getByRole('meter', { name: 'Level' })).toBeVisible();
    await expect(page.getByRole('tablist', { name: 'Rooms' }).getByRole('tab')).toHaveText([
      'Arrange',
      'Mix',
      'Master',
    ]);
    await expect(page.getByRole('timer', { name: 'Position' })).toContainText('00:00:00.000');
  });

  test('makes a drag of the fader one step of undo', async ({ page }) => {
    await mixing(page);
    const fader = volume(page, 'Kick In');
    const box = await fader.boundingBox();
    if (!box) throw new Error('no fader');
    const x = box.x + box.width / 2;
    await page.mouse.move(x, box.y + 200);
    await page.mouse.down();
    for (let step = 1; step <= 20; step++) await page.mouse.move(x, box.y + 200 + step * 3);
    await expect(fader).not.toHaveAttribute('aria-valuetext', '0.0 dB');
    await page.mouse.up();
    const moved = await fader.getAttribute('aria-valuetext');
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(fader).toHaveAttribute('aria-valuetext', '0.0 dB');
    await page.getByRole('button', { name: 'Redo' }).click();
    await expect(fader).toHaveAttribute('aria-valuetext', moved ?? '');
  });

  test('takes a value by typing, by keys and by double-click', async ({ page }) => {
    await mixing(page);
    const fader = volume(page, 'Bass DI');
    await fader.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('-3 dB');
    await page.keyboard.press('Enter');
    await expect(fader).toHaveAttribute('aria-valuetext', '-3.0 dB');
    await page.keyboard.press('Shift+ArrowUp');
    await expect(fader).toHaveAttribute('aria-valuetext', '-2.0 dB');
    const pan = strip(page, 'Bass DI').getByRole('slider', { name: 'Pan' });
    await pan.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('L20');
    await page.keyboard.press('Enter');
    await expect(pan).toHaveAttribute('aria-valuetext', 'L20');
    await pan.dblclick();
    await expect(pan).toHaveAttribute('aria-valuetext', 'C');
  });

  test('moves selected faders together, by the same decibels', async ({ page }) => {
    await mixing(page);
    await volume(page, 'Bass DI').focus();
    await page.keyboard.press('PageDown');
    await strip(page, 'Kick In').locator('button.strip-name').click();
    await strip(page, 'Bass DI')
      .locator('button.strip-name')
      .click({ modifiers: ['Control'] });
    await volume(page, 'Kick In').focus();
    await page.keyboard.press('PageDown');
    await page.keyboard.press('Tab');
    await expect(volume(page, 'Kick In')).toHaveAttribute('aria-valuetext', '-3.0 dB');
    await expect(volume(page, 'Bass DI')).toHaveAttribute('aria-valuetext', '-6.0 dB');
    await expect(volume(page, 'Lead Vox')).toHaveAttribute('aria-valuetext', '0.0 dB');
  });

  test('shows what a solo silences, and solos one alone', async ({ page }) => {
    await mixing(page);
    const solo = (name: string) => strip(page, name).getByRole('button', { name: 'Solo' });
    await solo('Kick In').click();
    await expect(strip(page, 'Bass DI').getByRole('button', { name: 'Mute' })).toHaveClass(/silenced/);
    await solo('Lead Vox').click({ modifiers: ['Alt'] });
    await expect(solo('Kick In')).toHaveAttribute('aria-pressed', 'false');
    await expect(solo('Lead Vox')).toHaveAttribute('aria-pressed', 'true');
  });

  test('renames, duplicates and deletes by the strip’s menu', async ({ page }) => {
    await mixing(page);
    await strip(page, 'Lead Vox').locator('button.strip-name').dblclick();
    await page.keyboard.type('Voice');
    await page.keyboard.press('Enter');
    await expect(strip(page, 'Voice')).toBeVisible();
    await strip(page, 'Voice').locator('button.strip-name').click({ button: 'right' });
    await page.getByRole('menuitem', { name: /Duplicate/ }).click();
    await expect(page.locator('.strip[data-track]')).toHaveCount(4);
    await strip(page, 'Voice').locator('button.strip-name').click({ button: 'right' });
    await page.getByRole('menuitem', { name: /Delete/ }).click();
    await expect(strip(page, 'Voice')).toHaveCount(0);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(strip(page, 'Voice')).toBeVisible();
  });
});

test.describe('projects', () => {
  test('are opened, renamed, duplicated and deleted from their list, with a way back', async ({ page }) => {
    await mixing(page);
    await page.locator('.project-title').click();
    await page.getByRole('menuitem', { name: 'Rename…' }).click();
    await page.getByRole('dialog', { name: 'Rename project' }).getByLabel('Project name').fill('Night Ferry');
    await page.keyboard.press('Enter');
    await expect(page.locator('.project-title')).toHaveText('Night Ferry');

    await page.locator('.project-title').click();
    await page.getByRole('menuitem', { name: 'New project' }).click();
    await expect(page.getByRole('button', { name: 'Open the demo song' })).toBeVisible();
    await page.getByRole('button', { name: 'Show all' }).click();
    const rows = page.locator('.project-row').filter({ hasText: 'Night Ferry' });
    await expect(rows).toHaveCount(1);
    await page.getByRole('button', { name: 'More about Night Ferry' }).click();
    await page.getByRole('menuitem', { name: 'Duplicate' }).click();
    await expect(rows).toHaveCount(2);
    await page
      .getByRole('button', { name: /More about Night Ferry./ })
      .first()
      .click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await expect(rows).toHaveCount(1);
    await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
    await expect(rows).toHaveCount(2);
    await page.getByRole('button', { name: 'Night Ferry', exact: true }).click();
    await page.getByRole('tab', { name: 'Mix' }).click();
    await expect(volume(page, 'Kick In')).toBeVisible();
  });
});

test.describe('accessibility', () => {
  for (const theme of ['dark', 'light']) {
    test(`finds no fault in any room, ${theme}`, async ({ page }) => {
      await page.goto(`/?theme=${theme}`);
      await expect(page.getByRole('button', { name: 'Add audio' })).toBeVisible();
      await expectAccessible(page, 'start');
      await page.getByLabel('Audio files').setInputFiles(stems);
      await expect(page.getByRole('button', { name: 'Play' })).toBeEnabled();
      for (const room of ['Arrange', 'Mix', 'Master']) {
        await page.getByRole('tab', { name: room }).click();
        await expectAccessible(page, room);
      }
      await page.getByRole('button', { name: 'Export', exact: true }).click();
      await expect(page.getByRole('dialog', { name: 'Export' })).toBeVisible();
      await expectAccessible(page, 'export');
    });
  }
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('has one strip at a time, and the transport at the thumb', async ({ page }) => {
    await page.goto('/');
    await page.getByLabel('Audio files').setInputFiles(stems);
    await expect(page.getByRole('button', { name: 'Play' })).toBeEnabled();
    await page.getByRole('tab', { name: 'Mix' }).tap();
    await expect(volume(page, 'Kick In')).toBeVisible();
    await expect(volume(page, 'Bass DI')).toHaveCount(0);
    await page.getByRole('navigation', { name: 'Strips' }).getByRole('button', { name: 'Bass DI' }).tap();
    await expect(volume(page, 'Bass DI')).toBeVisible();
    await strip(page, 'Bass DI').getByRole('button', { name: 'Mute' }).tap();
    await expect(strip(page, 'Bass DI').getByRole('button', { name: 'Mute' })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
    const play = await page.getByRole('button', { name: 'Play' }).boundingBox();
    expect(play?.width).toBeGreaterThanOrEqual(64);
    expect(play?.y).toBeGreaterThan(844 - 150);
    await expectAccessible(page, 'phone');
  });
});
