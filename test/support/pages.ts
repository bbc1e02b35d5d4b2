import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expect } from '@jest/globals';
import type { TestApp } from './app.js';
import { nextMail } from './mail.js';

/** A browser window at the product's address that remembers every complaint of the browser. */
export interface Window {
  readonly page: Page;
  readonly complaints: readonly string[];
  readonly close: () => Promise<void>;
}

export interface WindowOptions {
  readonly scripts?: boolean;
  readonly phone?: boolean;
  /** Shares the cookies of a window that is open. */
  readonly beside?: Window;
}

/** Stands for never: how long a page takes says nothing about whether it is right. */
const PATIENCE_MS = 120_000;
const size = { phone: { width: 390, height: 844 }, desk: { width: 1280, height: 900 } };

/** Opens a window of its own, or a second tab beside another one. */
export async function openWindow(
  browser: Browser,
  app: Pick<TestApp, 'url'>,
  { scripts = true, phone = false, beside }: WindowOptions = {},
): Promise<Window> {
  const viewport = phone ? size.phone : size.desk;
  const context: BrowserContext =
    beside?.page.context() ??
    (await browser.newContext({ baseURL: app.url, javaScriptEnabled: scripts, viewport, hasTouch: phone }));
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  return { page, complaints, close: () => (beside ? page.close() : context.close()) };
}

/** Signs a member in as they do it: by the form, with a password; lands on `next`. */
export async function signInByForm(
  page: Page,
  person: { readonly email: string; readonly password: string },
  next = '/orders',
): Promise<void> {
  await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
  const form = page.getByRole('region', { name: 'I am a member' });
  await form.getByLabel('E-mail').fill(person.email);
  await form.getByLabel('Password').fill(person.password);
  await form.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => url.pathname === next);
}

/** Signs a collector in by the form, with the code from their mail; the app needs a worker. */
export async function signInByCode(page: Page, app: TestApp, email: string, next = '/orders'): Promise<void> {
  await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
  const form = page.getByRole('region', { name: 'I collect' });
  await form.getByLabel('E-mail').fill(email);
  await form.getByRole('button', { name: 'Mail me a code' }).click();
  const mail = await nextMail(app, email, 'sign-in code');
  const code = /\b(\d{4} \d{4})\b/.exec(mail.text)?.[1];
  if (code === undefined) throw new Error(`Expected a code of eight digits in: ${mail.text}`);
  await page.getByLabel('Code').fill(code);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => url.pathname === next);
}

// What runs in the page is text: the tests are compiled for Node, which knows no DOM.
const inPage = {
  focusedWords: `(() => {
    const element = document.activeElement;
    const labels = [...(element.labels ?? [])].map((label) => label.textContent);
    return [element.getAttribute('aria-label'), ...labels, element.textContent].join(' ').trim();
  })()`,
  tooWide: 'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  silent: `(() => {
    const all = (selector) => [...document.querySelectorAll(selector)];
    const shown = (element) => element.getClientRects().length > 0;
    const named = (element) => Boolean(element.getAttribute('aria-label') || element.textContent.trim());
    const fields = all('input:not([type=hidden]), select, textarea').filter((field) => !field.labels?.length);
    const controls = all('a[href], button, summary, [role=img]').filter((control) => !named(control));
    const headings = all('h1').length === 1 ? [] : [document.body];
    const ids = all('[id]').map(({ id }) => id);
    const twice = all('[id]').filter(({ id }) => ids.indexOf(id) !== ids.lastIndexOf(id));
    return [...fields, ...controls, ...headings, ...twice].filter(shown).map((each) => each.outerHTML.slice(0, 160));
  })()`,
};

/** The words by which the element in focus is read out. */
export const focusedWords = (page: Page): Promise<string> => page.evaluate<string>(inPage.focusedWords);

/** Presses Tab until the element with this accessible name has the focus, as somebody without a mouse does. */
export async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let presses = 0; presses < 150; presses += 1) {
    await page.keyboard.press('Tab');
    if (name.test(await focusedWords(page))) return;
  }
  throw new Error(`150 presses of Tab reached nothing named ${String(name)}.`);
}

/** Fails when the page is wider than the window. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const tooWide = await page.evaluate<number>(inPage.tooWide);
  expect({ url: page.url(), tooWide }).toEqual({ url: page.url(), tooWide: 0 });
}

/** What a person who cannot see the page would miss: a label, a name, one main heading, an id of its own. */
export const silentElements = (page: Page): Promise<string[]> => page.evaluate<string[]>(inPage.silent);

/** Whoever signs in, and where the page stands. */
interface Visit {
  readonly person: { readonly email: string; readonly password: string };
  readonly path: string;
}

/** Opens a page without scripts on a phone as somebody, and looks before and after the work whether it fits and speaks. */
export async function visitOnPhone(
  browser: Browser,
  app: Pick<TestApp, 'url'>,
  { person, path }: Visit,
  work: (page: Page) => Promise<void>,
): Promise<void> {
  const { page, close } = await openWindow(browser, app, { scripts: false, phone: true });
  const look = async (): Promise<void> => {
    expect({ path, silent: await silentElements(page) }).toEqual({ path, silent: [] });
    await expectNoSidewaysScroll(page);
  };
  await signInByForm(page, person, path);
  await look();
  await work(page);
  await look();
  await close();
}
