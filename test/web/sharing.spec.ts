import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { startTestApp, type TestApp } from '../support/app.js';
import { launchBrowser } from '../support/browser.js';
import { aCreditPack, quotas } from '../support/builders/allowances.js';
import { aCoop, aMember, signedIn, type TestCoop, type TestMember } from '../support/builders/membership.js';
import { aPastBooking } from '../support/builders/pricing.js';
import { aRound, drawn, passDeadline } from '../support/builders/rounds.js';
import { aCell, aWorkshop, type TestCell } from '../support/builders/workshops.js';
import { createOwnChain, type OwnChain } from '../support/chain.js';
import { visitOnPhone } from '../support/pages.js';

const DAY_MS = 86_400_000;
// Counted from one moment for the whole file, also when midnight comes between.
const NOW = Date.now();
const dateIn = (days: number): string => new Date(NOW + days * DAY_MS).toISOString().slice(0, 10);

describe('the pages of shared machines', () => {
  // Its own: the time of the chain that all files share is nothing that one of them may step.
  let chain: OwnChain;
  let app: TestApp;
  let browser: Browser;
  let coop: TestCoop;
  let cell: TestCell;
  let member: TestMember;
  let operator: TestMember;
  let treasurer: TestMember;

  beforeAll(async () => {
    chain = await createOwnChain();
    [app, browser] = await Promise.all([startTestApp({ worker: true, pages: true, chain }), launchBrowser()]);
    coop = await aCoop(app, { name: 'Harbour Press' });
    cell = await aCell(app, await aWorkshop(app, coop), { name: 'Press' });
    member = await aMember(app, coop, ['member']);
    operator = await aMember(app, coop, ['operator']);
    treasurer = await aMember(app, coop, ['treasurer']);
    for (const days of [-3, -10])
      await aPastBooking(app, cell, member, [`${dateIn(days)}T08:00:00Z`, `${dateIn(days)}T10:00:00Z`], {});
  });
  afterAll(async () => {
    await browser.close();
    await app.stop();
    await chain.close();
  });

  const as = (person: TestMember, path: string, work: (page: Page) => Promise<void>): Promise<void> =>
    visitOnPhone(browser, app, { person, path: `/${coop.slug}/${path}` }, work);

  it('are found from one page, by what each role may see', async () => {
    await as(member, 'more', async (page) => {
      expect(await page.getByRole('link', { name: 'Prices' }).count()).toBe(0);
      await page.getByRole('link', { name: 'Utilisation' }).click();
      await page.getByRole('heading', { name: 'Utilisation' }).waitFor();
    });
    await as(treasurer, 'more', (page) => page.getByRole('link', { name: 'Prices' }).waitFor());
  });

  it('let who opened a round call it off: who asked is told, and its times can be booked again', async () => {
    const deadlineAt = new Date(Date.now() + DAY_MS).toISOString();
    const slot = ['14:00', '16:00'].map((time) => `${dateIn(6)}T${time}:00Z`) as [string, string];
    const { id } = await aRound(app, operator, cell, [slot], { deadlineAt });
    await as(member, `rounds/${id}`, async (page) => {
      await page.getByRole('button', { name: 'Ask for it' }).click();
      await page.getByRole('status').getByText('Your request stands.').waitFor();
    });
    await as(operator, `rounds/${id}`, async (page) => {
      await page.getByRole('button', { name: 'Call the round off' }).click();
      await page.getByRole('status').getByText('The round is called off').waitFor();
      await page.getByText('nothing is drawn, and everybody can book these times again').waitFor();
    });
    await as(member, `rounds/${id}`, async (page) => {
      await page.getByRole('heading', { name: 'Your request' }).waitFor();
      expect(await page.getByRole('button', { name: 'Withdraw my request' }).count()).toBe(0);
      expect(await page.getByRole('button', { name: 'Call the round off' }).count()).toBe(0);
    });
    await visitOnPhone(browser, app, { person: member, path: '/notices' }, (page) =>
      page.getByText('The round was called off: nothing is drawn').waitFor(),
    );
  });

  it('give scarce time out by a round: opened, asked for, drawn, and to be checked by anybody', async () => {
    let path = '';
    await as(operator, 'rounds/open', async (page) => {
      await page.getByLabel('Requests until, day').fill(dateIn(2));
      await page.getByLabel('Slot 1, day').fill(dateIn(1));
      await page.getByLabel('from').first().fill('10:00');
      await page.getByRole('button', { name: 'Open the round' }).click();
      await page.getByRole('alert').waitFor();
      await page.getByLabel('Slot 1, day').fill(dateIn(4));
      await page.getByLabel('Slot 2, day').fill(dateIn(4));
      await page.getByLabel('from').nth(1).fill('12:00');
      await page.getByRole('button', { name: 'Open the round' }).click();
      await page.getByRole('heading', { name: '2 slots on Press' }).waitFor();
      path = new URL(page.url()).pathname.slice(coop.slug.length + 2);
    });
    await as(member, 'rounds', async (page) => {
      await page.getByRole('link', { name: '2 slots on Press' }).click();
      await page.getByLabel('First choice').selectOption('2');
      await page.getByLabel('Second choice').selectOption('1');
      await page.getByRole('button', { name: 'Ask for it' }).click();
      await page.getByRole('status').getByText('Your request stands.').waitFor();
      await page.getByRole('button', { name: 'Withdraw my request' }).click();
      await page.getByRole('status').getByText('Your request is withdrawn.').waitFor();
      await page.getByLabel('First choice').selectOption('2');
      await page.getByLabel('Second choice').selectOption('1');
      await page.getByRole('button', { name: 'Ask for it' }).click();
      await page.getByRole('button', { name: 'Change my request' }).waitFor();
      expect(await page.getByRole('button', { name: 'Call the round off' }).count()).toBe(0);
    });
    const id = path.split('/').at(-1) ?? '';
    const [{ deadlineAt } = { deadlineAt: '' }] = await app.database.query<{ deadlineAt: string }>(
      'select to_json(deadline_at) #>> \'{}\' as "deadlineAt" from capacity_round where id = $1',
      [id],
    );
    await passDeadline(app, { deadlineAt });
    // Days have passed: whoever looks on signs in again.
    const again = { token: await signedIn(app, member.email) };
    const round = await drawn(app, again, coop.coopId, { id });
    await as(member, path, async (page) => {
      await page.getByRole('row', { name: /^2 .*yours/ }).waitFor();
      await page.getByText(round.seed ?? 'no seed').waitFor();
      await page.getByText(`npm run round -- ${app.url}/rounds/${coop.coopId}/${id}.json`).waitFor();
      expect((await fetch(`${app.url}/rounds/${coop.coopId}/${id}.json`)).status).toBe(200);
    });
  });

  it('show how full each hour was, as a drawing and as a table', async () => {
    await as(operator, 'utilisation', async (page) => {
      expect(await page.getByRole('img', { name: /% booked$/ }).count()).toBeGreaterThan(0);
      await page.getByText('As a table').click();
      await page.getByRole('rowheader', { name: '10:00' }).waitFor();
      await page.getByRole('link', { name: '13 weeks' }).click();
      await page.getByRole('link', { name: '13 weeks' }).and(page.locator('[aria-current]')).waitFor();
    });
  });

  it('try a tariff on the past quarter before it is switched on', async () => {
    await as(treasurer, 'prices', async (page) => {
      await page.getByText('Nothing is set: every hour costs the base rate.').waitFor();
      await page.getByLabel('Days').first().selectOption('every');
      await page.getByLabel('Name on the quote').first().fill('Peak');
      await page.getByLabel('From', { exact: true }).first().fill('08:00');
      await page.getByLabel('To', { exact: true }).first().fill('20:00');
      await page.getByLabel('% of base', { exact: true }).first().fill('150');
      await page.getByLabel('Never below, % of base').fill('90');
      await page.getByLabel('Never above, % of base').fill('80');
      await page.getByRole('button', { name: 'Try it on the past quarter' }).click();
      await page.getByRole('alert').waitFor();
      expect(await page.getByLabel('Name on the quote').first().inputValue()).toBe('Peak');
      await page.getByLabel('Never above, % of base').fill('200');
      await page.getByRole('button', { name: 'Try it on the past quarter' }).click();
      await page.getByText('+48.00 EUR').first().waitFor();
      await page.getByRole('img', { name: /^Revenue a week/ }).waitFor();
      await page.getByText('Nothing is set: every hour costs the base rate.').waitFor();
      await page.getByRole('button', { name: 'Switch it on' }).click();
      await page.getByRole('status').getByText('Switched on.').waitFor();
      await page.getByRole('cell', { name: /Peak every day 08:00–20:00/ }).waitFor();
    });
  });

  it('show what is left of quotas and sell hours ahead', async () => {
    await quotas(app, coop, [{ memberClass: 'standard', cellKind: null, period: 'week', minutes: 600 }]);
    await aCreditPack(app, coop);
    await as(member, 'allowance', async (page) => {
      await page.getByRole('img', { name: /used of 10 h$/ }).waitFor();
      await page.getByRole('button', { name: 'Buy Ten hours' }).click();
      await page.getByRole('status').getByText('Bought.').waitFor();
      const credits = page.getByRole('region', { name: 'Your credits' });
      await credits.getByText('Ten hours').waitFor();
    });
  });
});
