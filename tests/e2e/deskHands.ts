import { expect, type Locator, type Page } from '@playwright/test';
import { snapshotOf } from './studioPage';

/** A track's strip or header, in whichever room is shown. */
export const strip = (page: Page, name: string): Locator =>
  page.getByRole('group', { name, exact: true }).locator('visible=true').first();

export async function trackOf(page: Page, name: string) {
  const find = async () => (await snapshotOf(page)).tracks.find((each) => each.name === name);
  // What an action loads when it is first used comes a moment later.
  await expect.poll(async () => (await find())?.name, { message: `a track ${name}` }).toBe(name);
  return (await find()) as NonNullable<Awaited<ReturnType<typeof find>>>;
}

export async function addDevice(page: Page, track: string, typed: string): Promise<void> {
  await strip(page, track).getByRole('button', { name: 'Add a device' }).click();
  await page.getByRole('combobox', { name: 'Find a device' }).fill(typed);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Add a device' })).toHaveCount(0);
}

export async function runCommand(page: Page, typed: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Find a command' }).fill(typed);
  await page.keyboard.press('Enter');
}

/** Types a number into a value that has or takes the focus. */
export async function typeValue(value: Locator, text: string): Promise<void> {
  await value.focus();
  await value.press('Enter');
  await value.page().keyboard.type(text);
  await value.page().keyboard.press('Enter');
}

/** The line of a parameter over time. */
export const laneOf = (page: Page, label: RegExp): Locator => page.getByRole('slider', { name: label });

export const pointsOf = async (page: Page, track: string, param: string) =>
  (await trackOf(page, track)).lanes.find((lane) => lane.param === param)?.points ?? [];

/** Unfolds a track's lanes in the Arrange room, where it has none that of its volume. */
export async function unfoldLanes(page: Page, track: string): Promise<void> {
  await strip(page, track).hover();
  await strip(page, track).getByRole('button', { name: 'Automation', exact: true }).click();
}

/** Where a frame is on the screen: the playhead is asked. */
export async function screenX(page: Page, frame: number): Promise<number> {
  await page.evaluate((at) => mixwell.transport.seek(at), frame);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  const box = await page.locator('.playhead').boundingBox();
  if (!box) throw new Error('there is no playhead');
  return box.x + box.width / 2;
}

/** A click in a lane at a frame and a share of its height; pauses so that the next is no double click. */
export async function clickAt(page: Page, lane: Locator, frame: number, share: number): Promise<void> {
  const box = await lane.boundingBox();
  if (!box) throw new Error('the lane is not shown');
  await page.mouse.click(await screenX(page, frame), box.y + box.height * share);
  await page.waitForTimeout(350);
}
