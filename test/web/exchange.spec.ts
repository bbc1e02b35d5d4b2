import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { startTestApp, type TestApp } from '../support/app.js';
import { launchBrowser } from '../support/browser.js';
import {
  aProvider,
  anOffer,
  brokenTrade,
  type TestOffer,
  type TestProvider,
} from '../support/builders/exchange.js';
import { aCoop, aMember, type TestCoop, type TestMember } from '../support/builders/membership.js';
import { openWindow, signInByForm, type Window } from '../support/pages.js';

describe('the exchange', () => {
  let app: TestApp;
  let browser: Browser;
  let provider: TestProvider;
  let home: TestCoop;
  let offer: TestOffer;
  let treasurer: TestMember;
  let operator: TestMember;

  beforeAll(async () => {
    [app, browser] = await Promise.all([startTestApp({ pages: true }), launchBrowser()]);
    provider = await aProvider(app);
    home = await aCoop(app, { name: 'Harbour Press' });
    offer = await anOffer(app, provider, { title: 'Bags in two colours', kindsOfWork: ['bag-printing'] });
    treasurer = await aMember(app, home, ['treasurer']);
    operator = await aMember(app, provider, ['operator']);
  });
  afterAll(async () => {
    await browser.close();
    await app.stop();
  });

  const path = (): string => `/exchange/${provider.slug}/${offer.id}`;
  async function asking(window: Window, units: string): Promise<void> {
    const form = window.page.getByRole('region', { name: 'Ask for a quote' });
    await form.getByLabel('Units').fill(units);
    await form.getByLabel('Colour').selectOption({ label: 'red' });
    await form.getByRole('button', { name: 'Ask for a quote' }).click();
  }

  it('shows offers to anybody by kind of work, and claims nothing that was not measured', async () => {
    const { page, close } = await openWindow(browser, app, { scripts: false });
    await page.goto('/exchange?kind=weaving');
    await page.getByText('Nobody offers “weaving”').waitFor();
    await page.getByLabel('Kind of work').fill('bag-printing');
    await page.getByRole('button', { name: 'Show' }).click();
    await page.getByText('no orders yet').waitFor();
    await page.getByRole('link', { name: 'Bags in two colours' }).click();
    await page.waitForURL((url) => url.pathname === path());
    await page.getByRole('link', { name: 'Sign in to ask' }).waitFor();
    expect(await page.getByText('Each unit').count()).toBe(1);
    await close();
  });

  it('says beside the price of a unit what comes to it: the setup of a batch, the time of the machines', async () => {
    await anOffer(app, provider, {
      ...{ title: 'Printing by the hour', kindsOfWork: ['printing-by-time'] },
      steps: [{ cellKind: 'print', minutesPerBatch: 30, minutesPerUnit: 2, atPeerRate: true }],
      prices: [{ fromUnits: 1, setupMinor: '0', unitMinor: '0' }],
    });
    const { page, close } = await openWindow(browser, app, { scripts: false });
    const priceOf = async (kind: string): Promise<string> => {
      await page.goto(`/exchange?kind=${kind}`);
      const price = page.getByRole('listitem').filter({ hasText: 'Price from' }).locator('dl > div').first();
      return ((await price.textContent()) ?? '').replace(/\s+/g, ' ').trim();
    };
    expect(await priceOf('bag-printing')).toBe(
      'Price from 0.40 EUR a unit in batches of 100 and more, plus 20.00 EUR a batch',
    );
    expect(await priceOf('printing-by-time')).toBe(
      'Price from 0.00 EUR a unit in batches of 1 and more, plus the time of the machines',
    );
    await close();
  });

  it('quotes, refuses beside a form that stays filled, books, and shows both sides the order until it is handed over', async () => {
    const window = await openWindow(browser, app, { scripts: false });
    const { page } = window;
    await signInByForm(page, treasurer, path());
    await asking(window, '2');
    await page.getByRole('alert').getByText('10').waitFor();
    expect(await page.getByLabel('Units').inputValue()).toBe('2');
    expect(await page.getByLabel('Colour').inputValue()).toBe('"red"');
    await asking(window, '30');
    const quote = page.getByRole('region', { name: 'Your quote' });
    await quote.getByText('Price for 30 units').waitFor();
    await quote.getByText('26.50 EUR').first().waitFor();
    await quote.getByRole('button', { name: 'Accept and book' }).click();
    await page.waitForURL((url) =>
      url.pathname.startsWith(`/${home.slug}/exchange/orders/${provider.slug}/`),
    );
    await page.getByRole('heading', { name: '30 × Bags in two colours' }).waitFor();
    await page.getByLabel(/^Message to/).fill('The artwork follows.');
    await page.getByLabel(/^Links to files/).fill('https://files.example/artwork.pdf');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('The artwork follows.').last().waitFor();

    const other = await openWindow(browser, app, { scripts: false });
    await signInByForm(other.page, operator, `/${provider.slug}/exchange`);
    const sold = other.page.getByRole('region', { name: 'Made here for others' });
    await sold.getByRole('link', { name: '30 × Bags in two colours' }).click();
    await other.page.getByRole('link', { name: 'https://files.example/artwork.pdf' }).waitFor();
    await sameDay(other.page);
    for (const step of ['Begin production', 'Begin the quality check']) {
      await other.page.getByRole('button', { name: step }).click();
      await other.page.getByRole('button', { name: step }).waitFor({ state: 'detached' });
    }
    await other.page.getByLabel('Units that passed').fill('28');
    await other.page.getByRole('button', { name: 'Record the quality' }).click();
    await other.page.getByRole('alert').getByText('are not the 30 units').waitFor();
    await other.page.getByLabel('Units that failed').fill('2');
    await other.page.getByRole('button', { name: 'Record the quality' }).click();
    for (const step of ['It is ready', 'Hand it over']) {
      await other.page.getByRole('button', { name: step }).click();
      await other.page.getByRole('button', { name: step }).waitFor({ state: 'detached' });
    }
    await page.reload();
    await page.getByText(/From Test Co-op: handed over\./).waitFor();
    await page.goto(path());
    await page.getByText('93.3 %').waitFor();
    expect(await brokenTrade(app)).toEqual({});
    await other.close();
    await window.close();
  });

  /** On the day of the work it can be checked in; an order has nobody who could stay away. */
  async function sameDay(page: Page): Promise<void> {
    const [work] = await app.database.query<{ date: string }>(
      `select to_char(lower(during) at time zone 'Europe/Berlin', 'YYYY-MM-DD') as date from booking
        where service_order_id is not null and coop_id = $1 limit 1`,
      [provider.coopId],
    );
    const day = await page.context().newPage();
    await day.goto(`/${provider.slug}/day?date=${work?.date ?? ''}`);
    await day.getByRole('button', { name: 'Check in' }).first().waitFor();
    expect(await day.getByRole('button', { name: 'Nobody came' }).count()).toBe(0);
    await day.close();
  }

  it('lets an admin publish an offer, revise it and withdraw it', async () => {
    const admin = await aMember(app, provider, ['admin']);
    const { page, close } = await openWindow(browser, app, { scripts: false });
    await signInByForm(page, admin, `/${provider.slug}/exchange`);
    await page.getByRole('link', { name: 'Publish an offer' }).click();
    await page.getByLabel('Title').fill('Posters');
    await page.getByLabel('Kinds of work').fill('poster-printing');
    await page.getByLabel('Usual lead time in words').fill('A day.');
    await page.getByLabel('Batch of at least').first().fill('10');
    await page.getByLabel('Setup').first().fill('12');
    await page.getByLabel('Each unit').first().fill('0.9x');
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.getByRole('alert').getByText('is not an amount in EUR').waitFor();
    expect(await page.getByLabel('Title').inputValue()).toBe('Posters');
    await page.getByLabel('Each unit').first().fill('0.90');
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.getByRole('status').getByText('Published.').waitFor();

    await page.getByRole('link', { name: 'Revise or withdraw Posters' }).click();
    await page.getByRole('button', { name: 'Save as a new version' }).waitFor();
    expect(await page.getByLabel('Each unit').first().inputValue()).toBe('0.90');
    await page.getByLabel('Each unit').first().fill('0.80');
    await page.getByLabel('Batch of at least').nth(1).fill('10');
    await page.getByLabel('Setup').nth(1).fill('20');
    await page.getByLabel('Each unit').nth(1).fill('0.50');
    await page.getByRole('button', { name: 'Save as a new version' }).click();
    await page.getByRole('alert').getByText('Row 2 begins at 10 units like one before it').waitFor();
    expect(await page.getByLabel('Each unit').first().inputValue()).toBe('0.80');
    await page.getByLabel('Batch of at least').nth(1).fill('100');
    await page.getByRole('button', { name: 'Save as a new version' }).click();
    await page.getByRole('status').getByText('Saved as version 2.').waitFor();
    await page.getByRole('link', { name: 'See it as others do' }).click();
    await page.getByText('Version 2 of the offer.').waitFor();
    for (const price of ['0.80 EUR', '0.50 EUR']) await page.getByRole('cell', { name: price }).waitFor();

    await page.goto(`/${provider.slug}/exchange`);
    await page.getByRole('link', { name: 'Revise or withdraw Posters' }).click();
    await page.getByRole('button', { name: 'Withdraw the offer' }).click();
    await page.getByRole('status').getByText('Withdrawn.').waitFor();
    expect(await page.getByRole('link', { name: /Posters/ }).count()).toBe(0);
    await close();
  });

  it('is no place for a member who neither runs the workshop nor keeps its money', async () => {
    const member = await aMember(app, provider, ['member']);
    const { page, close } = await openWindow(browser, app, { scripts: false });
    await signInByForm(page, member);
    for (const page_ of ['exchange', 'exchange/publish', 'prices', 'rounds/open']) {
      const answer = await page.goto(`/${provider.slug}/${page_}`);
      expect({ page_, status: answer?.status() }).toEqual({ page_, status: 403 });
    }
    await close();
  });
});
