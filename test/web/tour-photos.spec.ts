import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { samplePng, sampleWebp } from '../../libs/production/src/photo/sample-photos.js';
import { JobRunner } from '../../apps/api/src/platform/jobs/index.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { launchBrowser } from '../support/browser.js';
import { aMadeRun, certificatesOf } from '../support/builders/certificates.js';
import { aCoop, signedIn, type TestCoop } from '../support/builders/membership.js';
import { passUnit, START, unitsOf } from '../support/builders/production.js';
import { expectNoSidewaysScroll, openWindow, signInByForm, silentElements } from '../support/pages.js';
import { until } from '../support/until.js';

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

describe('photos in the tour of a piece', () => {
  let app: TestApp;
  let browser: Browser;
  let run: Awaited<ReturnType<typeof aMadeRun>>;
  let gtin: string;
  let coop: TestCoop;

  const add = async (bytes: Uint8Array, caption: string): Promise<number> => {
    const query = new URLSearchParams({ coopId: run.coopId, runId: run.runId, caption });
    const { status } = await fetch(`${app.url}/photos?${query.toString()}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await signedIn(app, run.operator.email)}` },
      body: Uint8Array.from(bytes),
    });
    return status;
  };
  /** Passes the piece at this place of the run, and waits for its certificate. */
  const pass = async (place: number): Promise<void> => {
    const [unit, token] = [(await unitsOf(app, run.runId))[place], await signedIn(app, run.operator.email)];
    await passUnit(app, { token }, run.coopId, unit?.id ?? '');
    await until(
      'its certificate',
      async () => (await certificatesOf(app, run.editionId)).length === place + 1,
    );
  };
  const photosOf = (page: Page) => page.getByRole('region', { name: 'How it was made' }).getByRole('img');
  const visit = async (page: Page, serial: number, text: string): Promise<void> => {
    await page.goto(`/01/${gtin}/21/${String(serial)}`);
    expect(((await page.getByRole('main').textContent()) ?? '').replace(/\s+/g, ' ')).toContain(text);
  };

  beforeAll(async () => {
    [app, browser] = await Promise.all([startTestApp({ pages: true }), launchBrowser()]);
    await app.clock.freeze(START);
    coop = await aCoop(app, { name: 'Harbour Press' });
    run = await aMadeRun(app, coop, [2]);
    const rows = await app.database.query<{ gtin: string }>('select gtin from edition where id = $1', [
      run.editionId,
    ]);
    gtin = rows[0]?.gtin ?? '';
    await app.nest.get(JobRunner).start();
  });
  afterAll(async () => {
    await browser.close();
    await app.stop();
  });

  it('are for nobody outside the co-op before a certificate names them', async () => {
    expect(await add(samplePng, 'The second colour')).toBe(201);
    expect((await fetch(`${app.url}/photos/${digest(samplePng)}`)).status).toBe(404);
    const { page, close } = await openWindow(browser, app, { scripts: false, phone: true });
    await visit(page, 1, 'No certificate of serial 1 was issued');
    expect(await page.getByRole('img').count()).toBe(0);
    await close();
  });

  it('stand in it with their words, a place of their own and the bytes that were signed', async () => {
    await pass(0);
    const { page, complaints, close } = await openWindow(browser, app, { scripts: false, phone: true });
    await visit(page, 1, 'How it was made');
    const photo = photosOf(page);
    expect(await photo.count()).toBe(1);
    const named = ['src', 'alt', 'width', 'height'].map((name) => photo.getAttribute(name));
    expect(await Promise.all(named)).toEqual([
      `/photos/${digest(samplePng)}`,
      'Photo: The second colour',
      expect.stringMatching(/^\d+$/),
      expect.stringMatching(/^\d+$/),
    ]);
    await photo.scrollIntoViewIfNeeded();
    await until('the photo to be drawn', async () =>
      photo.evaluate((image) => Reflect.get(image, 'naturalWidth') === 24),
    );
    const answer = await fetch(`${app.url}/photos/${digest(samplePng)}`);
    expect(digest(new Uint8Array(await answer.arrayBuffer()))).toBe(digest(samplePng));
    await expectNoSidewaysScroll(page);
    expect(await silentElements(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await close();
  });

  it('are added to no certificate that is signed, and stand in those of the next pieces', async () => {
    await app.clock.step(60_000);
    expect(await add(sampleWebp, 'Drying')).toBe(201);
    const { page, close } = await openWindow(browser, app, { scripts: false });
    await visit(page, 1, 'How it was made');
    expect(await photosOf(page).count()).toBe(1);
    expect((await fetch(`${app.url}/photos/${digest(sampleWebp)}`)).status).toBe(404);
    await pass(1);
    await visit(page, 2, 'How it was made');
    expect(
      await photosOf(page).evaluateAll((all) => all.map((image) => String(Reflect.get(image, 'alt')))),
    ).toEqual(['Photo: The second colour', 'Photo: Drying']);
    await close();
  });

  it('are taken down by an operator who says why, and the tour says no more than that they were', async () => {
    const { page, complaints, close } = await openWindow(browser, app, { scripts: false, phone: true });
    await signInByForm(page, run.operator, `/${coop.slug}/runs/${run.runId}`);
    const photos = page.getByRole('region', { name: 'Photos' });
    const one = photos.getByRole('listitem').filter({ hasText: 'The second colour' });
    await one.getByText('Take down', { exact: true }).click();
    await one.getByLabel('Why The second colour is taken down').fill('Somebody in it asked for that.');
    await expectNoSidewaysScroll(page);
    expect(await silentElements(page)).toEqual([]);
    await one.getByRole('button', { name: 'Delete the picture' }).click();
    await one.getByText(/^Taken down on .*: Somebody in it asked for that\.$/).waitFor();
    expect(await one.getByRole('img').count()).toBe(0);
    expect((await fetch(`${app.url}/photos/${digest(samplePng)}`)).status).toBe(410);
    await visit(page, 1, 'The second colour');
    await visit(page, 1, 'This photo was taken down on');
    expect(await photosOf(page).count()).toBe(0);
    expect((await page.getByRole('main').textContent()) ?? '').not.toContain('Somebody in it');
    expect(complaints).toEqual([]);
    await close();
  });
});
