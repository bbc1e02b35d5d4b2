import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext } from 'playwright-core';
import { startTestApp, type TestApp } from '../support/app.js';
import { launchBrowser } from '../support/browser.js';
import { aCoop, aMember, anEmail, type TestCoop, type TestMember } from '../support/builders/membership.js';
import { openWindow, signInByCode, signInByForm } from '../support/pages.js';

const MINUTE_MS = 60_000;

interface Kept {
  a: string;
  e: number;
  r: string;
  x: number;
}

async function sessionIn(context: BrowserContext): Promise<Kept | null> {
  const cookie = (await context.cookies()).find(({ name }) => name === 'touchmark_session');
  return cookie ? (JSON.parse(Buffer.from(cookie.value, 'base64url').toString('utf8')) as Kept) : null;
}

describe('the session of the pages', () => {
  let app: TestApp;
  let browser: Browser;
  let coop: TestCoop;
  let member: TestMember;

  beforeAll(async () => {
    [app, browser] = await Promise.all([startTestApp({ worker: true, pages: true }), launchBrowser()]);
    coop = await aCoop(app);
    member = await aMember(app, coop);
  });
  afterAll(async () => {
    await browser.close();
    await app.stop();
  });

  /** Writes the cookie as it would be when its access token is about to expire. */
  async function age(context: BrowserContext, change: Partial<Kept> = {}): Promise<void> {
    const kept = await sessionIn(context);
    if (kept === null) throw new Error('Expected a session cookie to age.');
    const value = Buffer.from(JSON.stringify({ ...kept, e: Date.now() + 1000, ...change })).toString(
      'base64url',
    );
    await context.addCookies([
      { name: 'touchmark_session', value, url: app.url, httpOnly: true, sameSite: 'Lax' },
    ]);
  }

  it('is one cookie that no script can read', async () => {
    const { page, close } = await openWindow(browser, app);
    await signInByForm(page, member);
    const cookies = await page.context().cookies();
    expect(cookies.map(({ name, httpOnly, sameSite, path }) => ({ name, httpOnly, sameSite, path }))).toEqual(
      [{ name: 'touchmark_session', httpOnly: true, sameSite: 'Lax', path: '/' }],
    );
    expect(await page.evaluate<string>('document.cookie')).toBe('');
    await close();
  });

  it('is exchanged when it is about to expire, and the person notices nothing', async () => {
    const window = await openWindow(browser, app);
    await signInByForm(window.page, member);
    const before = await sessionIn(window.page.context());
    await age(window.page.context());
    await window.page.goto('/orders');
    expect(new URL(window.page.url()).pathname).toBe('/orders');
    const after = await sessionIn(window.page.context());
    expect(after?.r).not.toBe(before?.r);
    expect(after?.e).toBeGreaterThan(Date.now() + 5 * MINUTE_MS);
    await window.close();
  });

  it('survives ten tabs that exchange it at once', async () => {
    const window = await openWindow(browser, app);
    await signInByForm(window.page, member);
    const context = window.page.context();
    await age(context);
    // All within the grace of the API, however long ten tabs take.
    await app.clock.freeze(await app.clock.now());
    const tabs = await Promise.all(Array.from({ length: 10 }, () => context.newPage()));
    await Promise.all(tabs.map((tab) => tab.goto('/orders')));
    expect(tabs.map((tab) => new URL(tab.url()).pathname)).toEqual(tabs.map(() => '/orders'));
    await app.clock.release();
    await age(context);
    await window.page.goto('/orders');
    expect(new URL(window.page.url()).pathname).toBe('/orders');
    await window.close();
  });

  it('survives a page that was left before its answer came', async () => {
    const window = await openWindow(browser, app);
    await signInByForm(window.page, member);
    const context = window.page.context();
    const before = await sessionIn(context);
    await age(context);
    await window.page.goto('/orders');
    // The browser never saw the exchange: it comes back with the old token, later than the grace of the API.
    await app.clock.step(11_000);
    await age(context, before ?? {});
    await age(context);
    await window.page.goto('/orders');
    expect(new URL(window.page.url()).pathname).toBe('/orders');
    await window.close();
  });

  it('leads to the sign-in and back when it has ended', async () => {
    const { page, close } = await openWindow(browser, app);
    await signInByForm(page, member);
    await age(page.context(), { r: 'spent' });
    await page.goto('/orders');
    expect(page.url()).toBe(`${app.url}/sign-in?next=/orders`);
    expect(await sessionIn(page.context())).toBeNull();
    await close();
  });

  it('ends by signing out, here or everywhere', async () => {
    const [here, there] = [await openWindow(browser, app), await openWindow(browser, app)];
    await signInByForm(here.page, member);
    await signInByForm(there.page, member);
    await here.page.getByRole('button', { name: 'Sign out' }).click();
    await here.page.getByRole('link', { name: 'Sign in' }).waitFor();
    expect(await sessionIn(here.page.context())).toBeNull();
    await there.page.goto('/orders');
    expect(new URL(there.page.url()).pathname).toBe('/orders');

    await signInByForm(here.page, member);
    await here.page.goto('/sign-out');
    await here.page.getByRole('button', { name: 'Sign out everywhere' }).click();
    await here.page.getByRole('link', { name: 'Sign in' }).waitFor();
    await there.page.goto('/orders');
    expect(new URL(there.page.url()).pathname).toBe('/sign-in');
    await Promise.all([here.close(), there.close()]);
  });

  it('never leads to another site after signing in', async () => {
    const person = await aMember(app, coop);
    for (const next of ['https://elsewhere.example/', '//elsewhere.example', '/\\elsewhere.example']) {
      const { page, close } = await openWindow(browser, app);
      await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
      const form = page.getByRole('region', { name: 'I am a member' });
      await form.getByLabel('E-mail').fill(person.email);
      await form.getByLabel('Password').fill(person.password);
      await form.getByRole('button', { name: 'Sign in' }).click();
      await page.waitForURL((url) => url.pathname === '/');
      expect(new URL(page.url()).origin).toBe(app.url);
      await close();
    }
  });

  it('of a collector needs the browser that asked for the code', async () => {
    const email = anEmail('collector');
    const [asked, other] = [await openWindow(browser, app), await openWindow(browser, app)];
    await signInByCode(asked.page, app, email);
    await other.page.goto(`/sign-in/code?email=${encodeURIComponent(email)}`);
    await other.page.getByLabel('Code').fill('1234 5678');
    await other.page.getByRole('button', { name: 'Sign in' }).click();
    expect(await other.page.getByRole('alert').textContent()).toContain('asked for no code');
    expect(await sessionIn(other.page.context())).toBeNull();
    await Promise.all([asked.close(), other.close()]);
  });

  it('says no to a wrong password and keeps the address', async () => {
    const { page, close } = await openWindow(browser, app);
    await page.goto('/sign-in');
    const form = page.getByRole('region', { name: 'I am a member' });
    await form.getByLabel('E-mail').fill(member.email);
    await form.getByLabel('Password').fill('not the password at all');
    await form.getByRole('button', { name: 'Sign in' }).click();
    await form.getByRole('alert').waitFor();
    expect(await form.getByLabel('E-mail').inputValue()).toBe(member.email);
    expect(await form.getByLabel('Password').inputValue()).toBe('');
    await close();
  });
});
