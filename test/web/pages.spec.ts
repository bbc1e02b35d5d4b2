import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { startTestApp, type TestApp } from '../support/app.js';
import { launchBrowser } from '../support/browser.js';
import { anOffer } from '../support/builders/exchange.js';
import { aCoop, aMember, type TestCoop, type TestMember } from '../support/builders/membership.js';
import { anOpenDrop, anOrder, type TestDrop } from '../support/builders/orders.js';
import { aFloor } from '../support/builders/production.js';
import {
  expectNoSidewaysScroll,
  focusedWords,
  openWindow,
  signInByForm,
  silentElements,
  tabTo,
  type Window,
} from '../support/pages.js';

// One day for the whole file, also when midnight comes between.
const TOMORROW = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);

describe('the pages', () => {
  let app: TestApp;
  let browser: Browser;
  let coop: TestCoop;
  let member: TestMember;
  let drop: TestDrop;
  let publicPaths: string[];
  let privatePaths: string[];

  beforeAll(async () => {
    [app, browser] = await Promise.all([startTestApp({ worker: true, pages: true }), launchBrowser()]);
    coop = await aCoop(app, { name: 'Harbour Press' });
    await aFloor(app, coop);
    member = await aMember(app, coop, ['member', 'operator', 'admin']);
    const offer = await anOffer(app, coop);
    drop = await anOpenDrop(app, coop);
    const window = await openWindow(browser, app);
    await signInByForm(window.page, member);
    await window.close();
    const home = `/${coop.slug}`;
    const open = [
      '/',
      '/exchange',
      '/exchange?kind=weaving',
      `/exchange/${coop.slug}/${offer.id}`,
      home,
      `${home}/drops/${drop.dropId}`,
      '/verify',
      '/sign-in',
      '/forgot-password',
    ];
    publicPaths = [...open, '/invitation?token=x', '/reset-password?token=x'];
    privatePaths = [
      `${home}/calendar`,
      `${home}/series`,
      `${home}/feeds`,
      `${home}/day`,
      `${home}/statement`,
      '/orders',
      '/orders/placed',
      '/sign-out',
      '/notices',
    ];
    const settings = ['workshops', 'changeovers', 'quotas', 'inductions', 'policy'];
    settings.push('editions', 'keys', 'scans');
    for (const name of [
      ...['more', 'rounds', 'rounds/open', 'allowance', 'credit', 'utilisation', 'exchange'],
      ...settings,
    ])
      privatePaths.push(`${home}/${name}`);
  });
  afterAll(async () => {
    await browser.close();
    await app.stop();
  });

  async function visit({ page, complaints }: Window, path: string, expected = 200): Promise<void> {
    const answer = await page.goto(path);
    expect({ path, status: answer?.status(), landed: new URL(page.url()).pathname }).toEqual({
      path,
      status: expected,
      landed: path.split('?')[0],
    });
    await expectNoSidewaysScroll(page);
    expect({ path, silent: await silentElements(page) }).toEqual({ path, silent: [] });
    // The browser itself complains of a page that answers with an error.
    const own = complaints.filter((words) => expected === 200 || !words.includes(String(expected)));
    expect({ path, complaints: own }).toEqual({ path, complaints: [] });
  }

  it('for everybody need no script, fit a phone, and leave nobody out who cannot see', async () => {
    const window = await openWindow(browser, app, { phone: true });
    for (const path of publicPaths) {
      await visit(window, path);
      expect(await window.page.locator('script').count()).toBe(0);
    }
    await visit(window, '/01/04006381333931/21/7', 404);
    expect(await window.page.locator('script').count()).toBe(0);
    await window.close();
  });

  it.each([true, false])('for members fit a phone and leave nobody out (scripts: %s)', async (scripts) => {
    const { token } = member;
    await anOrder(app, { token }, drop);
    const window = await openWindow(browser, app, { phone: true, scripts });
    await signInByForm(window.page, member);
    for (const path of privatePaths) await visit(window, path);
    await window.close();
  });

  it('fit a phone also where names are one long word', async () => {
    const word = 'Siebdruckwerkstattgenossenschaften';
    const long = await aCoop(app, { name: word });
    await aFloor(app, long);
    const [theirs, offer] = await Promise.all([anOpenDrop(app, long), anOffer(app, long, { title: word })]);
    const maker = await aMember(app, long, ['member', 'operator', 'admin']);
    const window = await openWindow(browser, app, { phone: true, scripts: false });
    await signInByForm(window.page, maker);
    const home = `/${long.slug}`;
    const own = ['calendar', 'day', 'statement', 'more', 'policy', 'credit', 'prices', 'exchange'];
    for (const path of [home, `${home}/drops/${theirs.dropId}`, `/exchange${home}/${offer.id}`, '/orders'])
      await visit(window, path);
    for (const name of own) await visit(window, `${home}/${name}`);
    await window.close();
  });

  it('can be used by keyboard alone: sign in, hold a time, confirm it', async () => {
    const { page, close } = await openWindow(browser, app);
    await page.goto(`/sign-in?next=/${coop.slug}/calendar`);
    await page.keyboard.press('Tab');
    expect(await focusedWords(page)).toBe('Skip to the content');
    await tabTo(page, /Mail me a code/);
    await tabTo(page, /E-mail/);
    await page.keyboard.type(member.email);
    await tabTo(page, /Password/);
    await page.keyboard.type(member.password);
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname === `/${coop.slug}/calendar`);
    await page.goto(`/${coop.slug}/calendar?day=${TOMORROW}`);
    await tabTo(page, /^Print 2 free/);
    await page.keyboard.press('Enter');
    await page.waitForURL(/station=/);
    await tabTo(page, /Hold for 15 minutes/);
    await page.keyboard.press('Enter');
    await page.getByRole('timer').waitFor();
    await tabTo(page, /^Confirm$/);
    await page.keyboard.press('Enter');
    await page
      .getByRole('status')
      .getByText(/^Booked\./)
      .waitFor();
    await close();
  });

  it('forbid every script and style that is not theirs', async () => {
    for (const path of ['/', `/${coop.slug}`, '/nowhere/at/all']) {
      const policy = (await fetch(`${app.url}${path}`)).headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toMatch(/script-src 'self'(?: 'nonce-[\w+/=-]+')?;/);
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain('unsafe-inline');
      expect(policy).not.toContain('unsafe-eval');
    }
  });

  it('say in plain words what is not there', async () => {
    const { page, close } = await openWindow(browser, app);
    for (const path of ['/nowhere', `/${coop.slug}/drops/01900000-0000-7000-8000-000000000000`]) {
      const answer = await page.goto(path);
      expect(answer?.status()).toBe(404);
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Nothing here');
      expect(await page.getByRole('link', { name: 'Go to the front page' }).count()).toBe(1);
    }
    await close();
  });

  it('say beside the field that a number of a piece was mistyped, and keep what was typed', async () => {
    const { page, close } = await openWindow(browser, app, { scripts: false, phone: true });
    await page.goto('/verify');
    await page.getByLabel('GTIN').fill('4006381333932');
    await page.getByLabel('Serial').fill('7');
    await page.getByRole('button', { name: 'Check the piece' }).click();
    await page.getByRole('alert').getByText('The last digit of this GTIN does not fit the others').waitFor();
    expect(await page.locator('main [aria-invalid=true]').getAttribute('name')).toBe('gtin');
    expect(await page.getByLabel('Serial').inputValue()).toBe('7');
    expect(await page.getByLabel('GTIN').inputValue()).toBe('4006381333932');
    await page.getByLabel('GTIN').fill('4006381333931');
    await page.getByRole('button', { name: 'Check the piece' }).click();
    await page.waitForURL('/01/04006381333931/21/7');
    await close();
  });

  it('refuse a form that another site posts', async () => {
    const answer = await fetch(`${app.url}/sign-in?/password`, {
      method: 'POST',
      headers: { origin: 'https://elsewhere.example', 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ email: member.email, password: member.password }),
    });
    expect(answer.status).toBe(403);
    expect(answer.headers.get('set-cookie')).toBeNull();
  });

  it('show no part of another co-op’s day or statement to somebody who is no member of it', async () => {
    const elsewhere = await aCoop(app, { name: 'Other Press' });
    await aFloor(app, elsewhere);
    const { page, close } = await openWindow(browser, app);
    await signInByForm(page, member);
    for (const name of ['day', 'statement', 'calendar']) {
      const answer = await page.goto(`/${elsewhere.slug}/${name}`);
      expect({ name, status: answer?.status() }).toEqual({ name, status: 403 });
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('This is not for you to see');
    }
    await close();
  });
});
