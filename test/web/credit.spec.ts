import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { jpegOfPhone, SECRET } from '../../libs/production/src/photo/sample-metadata.js';
import { sampleJpeg, sampleWebp } from '../../libs/production/src/photo/sample-photos.js';
import { JobRunner } from '../../apps/api/src/platform/jobs/index.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { launchBrowser } from '../support/browser.js';
import { certificatesOf } from '../support/builders/certificates.js';
import { aCoop, aMember, signedIn, type TestCoop, type TestMember } from '../support/builders/membership.js';
import { anAgreement } from '../support/builders/payouts.js';
import { aFloor, aRun, makeUnits, passUnit, unitsOf, type TestRun } from '../support/builders/production.js';
import { openWindow, signInByForm, type Window } from '../support/pages.js';
import { until } from '../support/until.js';

describe('credit and photos on their pages', () => {
  let app: TestApp;
  let browser: Browser;
  let coop: TestCoop;
  let operator: TestMember;
  let maker: TestMember;
  let run: TestRun;
  const windows: Window[] = [];

  /** A window of somebody who is signed in, with scripts or without. */
  const windowOf = async (member: TestMember, path: string, scripts = true): Promise<Window> => {
    const window = await openWindow(browser, app, { scripts });
    windows.push(window);
    await signInByForm(window.page, member, path);
    return window;
  };
  const documents = async (): Promise<string> =>
    (
      await app.database.query<{ document: string }>(
        'select document from certificate where edition_id = $1',
        [run.editionId],
      )
    )
      .map(({ document }) => document)
      .join();

  beforeAll(async () => {
    [app, browser] = await Promise.all([startTestApp({ pages: true }), launchBrowser()]);
    await app.clock.freeze(
      new Date(`${new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)}T01:00:00Z`),
    );
    coop = await aCoop(app, { name: 'Harbour Press' });
    await aFloor(app, coop);
    operator = await aMember(app, coop, ['operator']);
    maker = await aMember(app, coop);
    const { versionId } = await anAgreement(app, coop, [coop.admin, maker], ['1/2', '1/2']);
    run = await aRun(app, coop, [2], { agreementVersionId: versionId });
    await makeUnits(app, run, operator.accountId);
    await app.nest.get(JobRunner).start();
  });
  afterAll(async () => {
    for (const { close } of windows) await close();
    await browser.close();
    await app.stop();
  });

  it('says that printed names are permanent before it takes one, without scripts too', async () => {
    const { page } = await windowOf(maker, `/${coop.slug}/more`, false);
    await page.getByRole('link', { name: 'Your credit' }).click();
    await page
      .getByText(/^Maker \d+ of Harbour Press$/)
      .first()
      .waitFor();
    await page.getByText(/Printed names are permanent/).waitFor();
    await page.getByLabel('Name to be printed').fill('Maker 12 of another co-op');
    await page.getByLabel('I know that a printed name is permanent.').check();
    await page.getByRole('button', { name: 'Print this name from now on' }).click();
    await page.getByRole('alert').getByText('like a pseudonym').waitFor();
    expect(await page.getByLabel('Name to be printed').inputValue()).toBe('Maker 12 of another co-op');
    await page.getByLabel('Name to be printed').fill('Mira of the second press');
    await page.getByLabel('I know that a printed name is permanent.').check();
    await page.getByRole('button', { name: 'Print this name from now on' }).click();
    await page.getByRole('status').getByText('Set.').waitFor();
    await page.getByRole('button', { name: /^Print Maker \d+ of Harbour Press from now on$/ }).waitFor();
  });

  it('keeps a photo of the run, of its pieces, and shows why it does not', async () => {
    const { page } = await windowOf(operator, `/${coop.slug}/runs/${run.runId}`);
    const photos = page.getByRole('region', { name: 'Photos' });
    const put = async (name: string, bytes: Uint8Array, caption: string, of?: number): Promise<void> => {
      await photos.getByLabel('Photo', { exact: true }).setInputFiles({
        ...{ name, mimeType: 'image/jpeg', buffer: Buffer.from(bytes) },
      });
      await photos.getByLabel('What it shows').fill(caption);
      if (of !== undefined) await photos.getByLabel('Of', { exact: true }).selectOption({ index: of });
      await photos.getByRole('button', { name: 'Add the photo' }).click();
    };
    await put('a page.jpg', Buffer.from('<script>alert(1)</script>'), 'No picture');
    await photos.getByRole('alert').getByText('no JPEG, PNG or WebP').waitFor();
    expect(await photos.getByLabel('What it shows').inputValue()).toBe('No picture');
    // More than GraphQL takes, less than a photo may have; what is behind its end is not kept.
    await put(
      'phone.jpg',
      Buffer.concat([jpegOfPhone(sampleJpeg, 6), Buffer.alloc(1_900_000)]),
      'On the press',
    );
    await photos.getByRole('status').getByText('Kept.').waitFor();
    await photos.getByRole('img', { name: 'On the press' }).waitFor();
    await put('piece.webp', sampleWebp, 'One piece', 1);
    const shown = photos.getByRole('img', { name: 'On the press' });
    await photos.getByRole('img', { name: 'One piece' }).waitFor();
    // Drawn by a real browser, and turned as the camera was held.
    await shown.scrollIntoViewIfNeeded();
    await until('the photo to be drawn', async () =>
      shown.evaluate((image) => Reflect.get(image, 'naturalWidth') === 16),
    );
    const rows = await app.database.query<{ bytes: Buffer }>('select bytes from photo');
    expect(rows.map(({ bytes }) => bytes.includes(SECRET))).toEqual([false, false]);
    await photos.getByRole('button', { name: 'Remove One piece' }).click();
    await until('it to be gone', async () => (await photos.getByRole('img').count()) === 1);
  });

  it('lets members see photos and change nothing about them', async () => {
    const { page } = await windowOf(maker, `/${coop.slug}/runs/${run.runId}`);
    const photos = page.getByRole('region', { name: 'Photos' });
    await photos.getByRole('img', { name: 'On the press' }).waitFor();
    expect(await photos.getByRole('button').count()).toBe(0);
  });

  it('prints the name on the next pieces, and takes it out of all of them again', async () => {
    const token = await signedIn(app, operator.email);
    for (const unit of await unitsOf(app, run.runId)) await passUnit(app, { token }, coop.coopId, unit.id);
    await until('both certificates', async () => (await certificatesOf(app, run.editionId)).length === 2);
    expect(await documents()).toContain('Mira of the second press');
    const { page } = await windowOf(maker, `/${coop.slug}/credit`);
    const erase = page.getByRole('region', { name: 'Be erased' });
    await erase.getByLabel('I know that this cannot be undone.').check();
    await erase.getByRole('button', { name: 'Erase me from 2 certificates' }).click();
    await erase.getByRole('status').waitFor();
    await until('the erasure', async () => !(await documents()).includes('Mira'));
  });

  it('lets an admin erase somebody, and nobody else', async () => {
    const { page } = await windowOf({ ...coop.admin }, `/${coop.slug}/credit`);
    const erase = page.getByRole('region', { name: 'Erase for somebody' });
    await erase.getByLabel('Member').selectOption(maker.accountId);
    await erase.getByLabel('They asked for it').check();
    await erase.getByRole('button', { name: 'Erase them from all certificates' }).click();
    await erase.getByRole('status').waitFor();
    const other = await windowOf(operator, `/${coop.slug}/credit`);
    expect(await other.page.getByRole('region', { name: 'Erase for somebody' }).count()).toBe(0);
  });
});
