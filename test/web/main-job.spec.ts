import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { startTestApp, type TestApp } from '../support/app.js';
import { launchBrowser } from '../support/browser.js';
import { aCoop, aMember, anEmail, type TestCoop, type TestMember } from '../support/builders/membership.js';
import { anOpenDrop, type TestDrop } from '../support/builders/orders.js';
import { aFloor } from '../support/builders/production.js';
import { openWindow, signInByCode, signInByForm } from '../support/pages.js';
import { until } from '../support/until.js';

// One day for the whole file, also when midnight comes between.
const TOMORROW = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);

describe('in a browser', () => {
  let app: TestApp;
  let browser: Browser;
  let coop: TestCoop;
  let member: TestMember;
  let drop: TestDrop;

  beforeAll(async () => {
    [app, browser] = await Promise.all([startTestApp({ worker: true, pages: true }), launchBrowser()]);
    coop = await aCoop(app, { name: 'Harbour Press' });
    await aFloor(app, coop);
    member = await aMember(app, coop);
    drop = await anOpenDrop(app, coop);
  });
  afterAll(async () => {
    await browser.close();
    await app.stop();
  });

  it.each([true, false])('a member signs in, holds a slot and confirms it (scripts: %s)', async (scripts) => {
    const { page, complaints, close } = await openWindow(browser, app, { scripts });
    await signInByForm(page, member, `/${coop.slug}/calendar`);
    await page.getByLabel('Day', { exact: true }).fill(TOMORROW);
    await page.getByLabel('Start').fill(scripts ? '09:00' : '13:00');
    await page.getByLabel('Length').selectOption({ label: '2 h' });
    await page.getByRole('button', { name: 'Hold for 15 minutes' }).click();

    const claim = page.getByRole('listitem', { name: scripts ? /, 09:00 to 11:00$/ : /, 13:00 to 15:00$/ });
    // It counts down once a script runs, which was not there yet when the form was sent before.
    const words = scripts ? /^1?\d:\d\d left$/ : /^until \d\d:\d\d$/;
    await claim.getByRole('timer').filter({ hasText: words }).waitFor();
    expect(await claim.textContent()).toContain('48.00 EUR');
    await claim.getByRole('button', { name: 'Confirm' }).click();
    await page
      .getByRole('status')
      .getByText(/^Booked\./)
      .waitFor();
    await claim.getByText('Booked', { exact: true }).waitFor();

    await page.goto(`/${coop.slug}/statement`);
    expect(await page.getByText('Machine time', { exact: true }).count()).toBe(scripts ? 1 : 2);
    expect(complaints).toEqual([]);
    await close();
  });

  it('a collector signs in with a code, orders, and finds the order', async () => {
    const { page, close } = await openWindow(browser, app, { scripts: false, phone: true });
    await page.goto(`/${coop.slug}`);
    await page.getByRole('link', { name: 'Heron' }).click();
    expect(await page.getByRole('heading', { name: /left$/ }).textContent()).toMatch(/50\s+of\s+50\s+left/);
    await signInByCode(page, app, anEmail('buyer'), `/${coop.slug}/drops/${drop.dropId}`);
    await page.getByLabel('How many').fill('2');
    await page.getByRole('button', { name: 'Order and pay' }).click();
    await page.getByText('Your order is placed.').waitFor();
    expect(await page.getByRole('listitem').filter({ hasText: 'Heron' }).first().textContent()).toContain(
      '90.00 EUR',
    );
    await page.goto(`/${coop.slug}/drops/${drop.dropId}`);
    expect(await page.getByRole('heading', { name: /left$/ }).textContent()).toMatch(/48\s+of\s+50\s+left/);
    await close();
  });

  it('tells a collector what is to pay while the payment is awaited, and what was paid once it arrived', async () => {
    const { page, close } = await openWindow(browser, app, { scripts: false, phone: true });
    const orders = async (): Promise<string> => {
      await page.goto('/orders');
      return ((await page.getByRole('main').textContent()) ?? '').replace(/\s+/g, ' ');
    };
    const orderBy = async (method: string): Promise<void> => {
      await page.goto(`/${coop.slug}/drops/${drop.dropId}`);
      await page.getByLabel('Pay by').selectOption({ label: method });
      await page.getByRole('button', { name: 'Order and pay' }).click();
      await page.getByText('Your order is placed.').waitFor();
    };
    await signInByCode(page, app, anEmail('buyer'), `/${coop.slug}/drops/${drop.dropId}`);
    try {
      // The bank takes a minute of a clock that stands still.
      await app.clock.freeze(await app.clock.now());
      await orderBy('Test transfer that takes a minute');
      expect(await orders()).toMatch(
        /Waiting for the payment\..* To pay 1 × 45\.00 EUR = 45\.00 EUR .*Pay until/,
      );
      await orderBy('Test card that is accepted');
      await until('the payment', async () => (await orders()).includes('Paid. '));
      expect(await orders()).toMatch(/Paid\. .* Paid 1 × 45\.00 EUR = 45\.00 EUR .*Orders close/);
    } finally {
      await app.clock.release();
      await close();
    }
  });

  it.each([true, false])(
    'who has just ordered sees the payment arrive, or is told to look again (scripts: %s)',
    async (scripts) => {
      const { page, complaints, close } = await openWindow(browser, app, { scripts, phone: true });
      await signInByCode(page, app, anEmail('buyer'), `/${coop.slug}/drops/${drop.dropId}`);
      try {
        await app.clock.freeze(await app.clock.now());
        await page.getByLabel('Pay by').selectOption({ label: 'Test transfer that takes a minute' });
        await page.getByRole('button', { name: 'Order and pay' }).click();
        await page.getByText('Your order is placed.').waitFor();
        await page.getByText('Waiting for the payment.').waitFor();
        const again = page.getByRole('link', { name: 'Look again' });
        if (scripts) await page.getByText('This page says so as soon as it arrives.').waitFor();
        else await again.waitFor();
        const address = scripts ? null : await again.getAttribute('href');
        await app.clock.step(60_000);
        const paid = page.getByText('Paid.', { exact: true });
        if (address !== null)
          await until('the payment', async () => {
            await page.goto(address);
            return (await paid.count()) === 1;
          });
        await paid.waitFor();
        expect(await again.count()).toBe(0);
        expect(complaints).toEqual([]);
      } finally {
        await app.clock.release();
        await close();
      }
    },
  );

  it('shows a refusal beside the form, which stays filled', async () => {
    const { page, close } = await openWindow(browser, app);
    await signInByForm(page, member, `/${coop.slug}/calendar`);
    await page.getByLabel('Day', { exact: true }).fill(TOMORROW);
    await page.getByLabel('Start').fill('19:00');
    await page.getByLabel('Length').selectOption({ label: '2 h' });
    await page.getByRole('button', { name: 'Hold for 15 minutes' }).click();
    const refusal = page.getByRole('region', { name: 'Hold a time' }).getByRole('alert');
    await refusal.waitFor();
    expect(await refusal.textContent()).toMatch(/open/i);
    expect(await page.getByLabel('Start').inputValue()).toBe('19:00');
    expect(await page.getByLabel('Length').inputValue()).toBe('120');
    await refusal.getByRole('link', { name: /instead$/ }).click();
    await page.waitForURL(/start=/);
    await refusal.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Hold for 15 minutes' }).click();
    await page.getByRole('timer').waitFor();
    await page.getByRole('button', { name: 'Release' }).click();
    await page.getByRole('status').getByText('Released. Nothing was charged.').waitFor();
    await page.getByRole('timer').waitFor({ state: 'detached' });
    await close();
  });

  it('offers the next free time by the clock of the product, also when a week is over', async () => {
    const { page, close } = await openWindow(browser, app);
    await signInByForm(page, member, `/${coop.slug}/calendar`);
    try {
      // Closed for today: tomorrow 22:00 in Berlin, or 21:00 in winter, by the clock of the product alone.
      await app.clock.freeze(new Date(`${TOMORROW}T20:00:00Z`));
      const first = new Date(Date.parse(TOMORROW) + 86_400_000).toISOString().slice(0, 10);
      await page.goto(`/${coop.slug}/calendar`);
      expect(await page.getByLabel('Day', { exact: true }).inputValue()).toBe(first);
      expect(await page.getByLabel('Start').inputValue()).toBe('08:00');
      await page.getByRole('button', { name: 'Hold for 15 minutes' }).click();
      const claim = page.getByRole('listitem', { name: /, 08:00 to 09:00$/ });
      await claim.getByRole('button', { name: 'Release' }).click();
      await page.getByRole('status').getByText('Released. Nothing was charged.').waitFor();
    } finally {
      await app.clock.release();
      await close();
    }
  });

  it('a click on free time fills the form with it', async () => {
    const { page, close } = await openWindow(browser, app);
    // On a page without a script, so that what goes live is the calendar that is clicked on.
    await signInByForm(page, member);
    // Until its script runs, the link of the free time leads to where that begins.
    const live = page.waitForEvent('websocket');
    await page.goto(`/${coop.slug}/calendar?day=${TOMORROW}`);
    await live;
    const free = page.getByRole('link', { name: /^Bench 1 free .* 08:00 to 20:00$/ }).last();
    await free.locator('rect').scrollIntoViewIfNeeded();
    const box = await free.locator('rect').boundingBox();
    if (box === null) throw new Error('Expected free time on the sheet, got none that can be seen.');
    await page.mouse.click(box.x + box.width / 2 + 1, box.y + box.height / 2);
    await page.waitForURL(/start=14%3A00/);
    await until('the form to follow', async () => (await page.getByLabel('Start').inputValue()) === '14:00');
    expect(await page.getByLabel('Cell', { exact: true }).locator('option:checked').textContent()).toBe(
      'Bench',
    );
    await close();
  });

  it('keeps what was typed before the script had arrived', async () => {
    const { page, close } = await openWindow(browser, app);
    await signInByForm(page, member);
    const scripts = Promise.withResolvers<undefined>();
    await page.route('**/*.js', async (route) => {
      await scripts.promise;
      await route.continue();
    });
    await page.goto(`/${coop.slug}/calendar`, { waitUntil: 'commit' });
    await page.getByLabel('Day', { exact: true }).fill(TOMORROW);
    await page.getByLabel('Start').fill('17:30');
    await page.getByLabel('Length').selectOption({ label: '2 h' });
    scripts.resolve(undefined);
    await page
      .getByRole('region', { name: 'Hold a time' })
      .locator('summary')
      .getByText('48.00 EUR')
      .waitFor();
    expect(await page.getByLabel('Day', { exact: true }).inputValue()).toBe(TOMORROW);
    expect(await page.getByLabel('Start').inputValue()).toBe('17:30');
    expect(await page.getByLabel('Length').inputValue()).toBe('120');
    await close();
  });
});
