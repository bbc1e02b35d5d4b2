import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { startTestApp, type TestApp } from '../support/app.js';
import { launchBrowser } from '../support/browser.js';
import { aCoop, aMember, type TestCoop, type TestMember } from '../support/builders/membership.js';
import { aCell, aHold, aWorkshop, changeClaim, type TestCell } from '../support/builders/workshops.js';
import { visitOnPhone } from '../support/pages.js';

const DAY_MS = 86_400_000;
const dateIn = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);

describe('the pages by which a co-op sets its workshop up', () => {
  let app: TestApp;
  let browser: Browser;
  let coop: TestCoop;
  let cell: TestCell;
  let admin: TestMember;
  let operator: TestMember;
  let member: TestMember;

  beforeAll(async () => {
    [app, browser] = await Promise.all([startTestApp({ worker: true, pages: true }), launchBrowser()]);
    coop = await aCoop(app, { name: 'Harbour Press' });
    cell = await aCell(app, await aWorkshop(app, coop), { name: 'Press' });
    ({ admin } = coop);
    [operator, member] = await Promise.all([
      aMember(app, coop, ['operator']),
      aMember(app, coop, ['member']),
    ]);
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await app.stop();
  });

  const as = (person: TestMember, path: string, work: (page: Page) => Promise<void>): Promise<void> =>
    visitOnPhone(browser, app, { person, path: `/${coop.slug}/${path}` }, work);
  const press = (page: Page, name: string): Promise<void> => page.getByRole('button', { name }).click();
  const told = (page: Page, words: string): Promise<void> =>
    page.getByRole('status').getByText(words).waitFor();
  /** The refusal is read out, and the field that it is about is marked. */
  const refused = async (page: Page, words: string | RegExp, field?: string): Promise<void> => {
    await page.getByRole('alert').getByText(words).waitFor();
    if (field === undefined) return;
    const marked = page.locator('main [aria-invalid=true]').first();
    expect(await marked.getAttribute('name')).toBe(field);
  };

  it('set the hours of the workshop and of one station, and give it those of its cell again', async () => {
    await as(admin, 'workshops', async (page) => {
      const hours = page.getByRole('region', { name: 'Hours', exact: true });
      await hours.getByText('every day 08:00–20:00').waitFor();
      await page.getByLabel('Days').nth(1).selectOption('3');
      await page.getByLabel('Opens').nth(1).fill('19:00');
      await page.getByLabel('Closes').nth(1).fill('22:00');
      await press(page, 'Set these hours');
      await refused(page, 'Wed 19:00–22:00 overlaps Wed 08:00–20:00. Join them or move one.', 'from.1');
      await page.getByLabel('Opens').nth(1).fill('20:00');
      await press(page, 'Set these hours');
      await told(page, 'The hours are set.');
      await hours.getByText('Wed 20:00–22:00').waitFor();

      await page.getByLabel('Change the hours of').selectOption({ label: 'Press 2' });
      await press(page, 'Show');
      await page.getByLabel('Days').first().selectOption('weekend');
      await page.getByLabel('Opens').first().fill('10:00');
      await page.getByLabel('Closes').first().fill('00:00');
      await press(page, 'Set these hours');
      await hours.getByText('Sat, Sun 10:00–24:00').waitFor();
      await press(page, 'Open as its cell is');
      await told(page, 'The hours are set.');
      expect(await hours.getByText('Sat, Sun').count()).toBe(0);
    });
  });

  it('close a station for a time and the workshop for days, and lift it', async () => {
    await as(admin, 'workshops', async (page) => {
      await page.getByText('Close for a time').click();
      const form = page.locator('form', { has: page.getByRole('button', { name: 'Close it' }) });
      await form.getByLabel('What closes').selectOption({ label: 'Press 1' });
      await form.getByLabel('Until, day').fill(dateIn(-1));
      await form.getByLabel('Reason').fill('The drum is cleaned');
      await press(page, 'Close it');
      await refused(page, 'The closure ends before it starts.', 'toDay');
      expect(await form.getByLabel('Reason').inputValue()).toBe('The drum is cleaned');
      await form.getByLabel('Until, day').fill(dateIn(5));
      await press(page, 'Close it');
      await page.getByRole('listitem', { name: 'Press 1, The drum is cleaned' }).waitFor();

      await page.getByText('Close whole days').click();
      await page.getByLabel('First day').fill(dateIn(30));
      await page.getByLabel('Last day').fill(dateIn(31));
      await page.getByLabel('Reason').nth(1).fill('Harbour feast');
      await press(page, 'Close these days');
      const days = page.getByRole('listitem', { name: 'The whole workshop, Harbour feast' });
      await told(page, 'The closures below are in force.');
      expect(await days.count()).toBe(2);
      await days.first().getByRole('button', { name: 'Lift it' }).click();
      await told(page, 'The closures below are in force.');
      expect(await days.count()).toBe(1);
    });
  });

  it('take a station out of service beside its hours, and return it', async () => {
    await as(operator, 'workshops', async (page) => {
      expect(await page.getByRole('button', { name: 'Set these hours' }).count()).toBe(0);
      await page.getByText('Take a station out of service').click();
      await page.getByLabel('Station', { exact: true }).selectOption({ label: 'Press 2' });
      await page.getByLabel('Reason').fill('The drum leaks');
      await press(page, 'Take it out of service');
      await told(page, '0 moved, 0 left');
      const out = page.getByRole('listitem', { name: 'Press 2 out of service' });
      await out.getByText('The drum leaks').waitFor();
      await out.getByRole('button', { name: 'Return to service' }).click();
      await told(page, 'The station is in service again.');
      expect(await out.count()).toBe(0);
    });
  });

  it('set families and the matrix between them, and list the pairs that no longer fit', async () => {
    const booked = async (from: string, to: string, family: string): Promise<void> => {
      const window = [`${dateIn(8)}T${from}:00Z`, `${dateIn(8)}T${to}:00Z`] as const;
      const { id } = await aHold(app, member, cell, window, { family, stationId: cell.stationIds[0] });
      await changeClaim(app, member, 'confirmBooking', { coopId: coop.coopId, bookingId: id });
    };
    await as(admin, 'changeovers', async (page) => {
      await page.getByLabel('All that a station can be set up for').fill('black, White');
      await page.getByLabel('Whoever names none gets').fill('black');
      await press(page, 'Set the changeovers');
      await refused(page, 'A family takes 1 to 32 lower case letters', 'families');
      await page.getByLabel('All that a station can be set up for').fill('black, white');
      await press(page, 'Set the changeovers');
      await told(page, 'Set. All that is booked fits.');
      await booked('10:00', '11:00', 'black');
      await booked('11:30', '12:30', 'white');

      const minutes = page.getByLabel('black to white, minutes');
      await minutes.fill('-45');
      await page.getByLabel('any to any, minutes').fill('20');
      await page.getByLabel('any to any, cost').fill('1.50');
      await press(page, 'Set the changeovers');
      await refused(page, 'Black to white has -45 minutes.', 'minutes black white');
      await minutes.fill('45');
      await press(page, 'Set the changeovers');
      await told(page, '1 booked pair no longer fits');
      await page.getByRole('listitem').getByText('45 min').waitFor();
      await page.getByRole('listitem').getByText('30 min').waitFor();
      expect(await page.getByLabel('white to black, minutes').getAttribute('placeholder')).toBe('20');
      expect(await page.getByLabel('any to any, cost').inputValue()).toBe('1.50');

      await page.getByLabel('All that a station can be set up for').fill('black');
      await press(page, 'Set the changeovers');
      await refused(page, 'Coming holds or bookings use white.', 'families');
    });
  });

  it('set quotas and the class of a member, and put packs on and off sale', async () => {
    await as(admin, 'quotas', async (page) => {
      await page.getByLabel('Class of members').first().fill('standard');
      await page.getByLabel('Hours at most').first().fill('many');
      await press(page, 'Set the quotas');
      await refused(page, 'give hours such as 10 or 1:30', 'hours.0');
      await page.getByLabel('Hours at most').first().fill('7:30');
      await page.getByLabel('Class of members').nth(1).fill('standard');
      await page.getByLabel('Hours at most').nth(1).fill('8');
      await press(page, 'Set the quotas');
      await refused(page, 'The quota of standard is there twice', 'class.1');
      await page.getByLabel('Class of members').nth(1).fill('student');
      await page.getByLabel('Kind of machine').nth(1).selectOption('print');
      await page.getByLabel('In each').nth(1).selectOption('month');
      await press(page, 'Set the quotas');
      await told(page, 'Set. What is booked already stays');
      expect(await page.getByLabel('Hours at most').first().inputValue()).toBe('7:30');

      await page.getByText('Put a pack on sale').click();
      for (const [label, typed] of Object.entries({ Name: 'Ten hours', Hours: '10', 'Price, EUR': 'cheap' }))
        await page.getByLabel(label, { exact: true }).fill(typed);
      await page.getByLabel('Days to use it').fill('90');
      await press(page, 'Put it on sale');
      await refused(page, /cheap/, 'price');
      await page.getByLabel('Price, EUR').fill('200.00');
      await press(page, 'Put it on sale');
      const pack = page.getByRole('listitem', { name: 'Ten hours' });
      await pack.getByText('200.00 EUR').waitFor();
      await press(page, 'Take Ten hours off sale');
      await pack.getByText('off sale').waitFor();

      const theirs = page.getByRole('textbox', { name: /^Class of Member/ }).first();
      const set = page.getByRole('button', { name: /^Set the class of Member/ }).first();
      await theirs.fill('Student!');
      await set.click();
      await refused(page, 'memberClass takes 1 to 32 lower case letters', 'memberClass');
      expect(await theirs.inputValue()).toBe('Student!');
      await theirs.fill('student');
      await set.click();
      await told(page, 'Set. Quotas and prices follow');
      expect(await theirs.inputValue()).toBe('student');
    });
  });

  it('say which kinds need an induction, give and withdraw it, and tell the member', async () => {
    await as(admin, 'inductions', async (page) => {
      await page.getByLabel('How to get an induction for print').fill('Ask an operator on Tuesday.');
      await press(page, 'Set for print');
      await told(page, 'Set. New holds keep to it');
    });
    await as(operator, 'inductions', async (page) => {
      await page.getByText('Ask an operator on Tuesday.').waitFor();
      await page.getByLabel('Member', { exact: true }).selectOption(member.accountId);
      await page.getByLabel('Kind of machine').selectOption('print');
      await page.getByLabel('First day').fill(dateIn(3));
      await page.getByLabel('Last day').fill(dateIn(2));
      await press(page, 'Give the induction');
      await refused(page, 'The induction ends before it counts.', 'lastDay');
      await page.getByLabel('Last day').fill(dateIn(60));
      await press(page, 'Give the induction');
      await told(page, 'Done.');
      await page.getByLabel('Member', { exact: true }).selectOption(member.accountId);
      await page.getByLabel('Kind of machine').selectOption('print');
      await page.getByLabel('First day').fill(dateIn(10));
      await press(page, 'Give the induction');
      await refused(page, 'has an induction for print for some of that time already', 'accountId');
    });
    await as(member, 'inductions', async (page) => {
      await page.getByText('Ask an operator on Tuesday.').waitFor();
      const yours = page.getByRole('region', { name: 'Yours' });
      expect(await yours.getByRole('listitem').count()).toBe(1);
      expect(await page.getByRole('button', { name: /Withdraw/ }).count()).toBe(0);
    });
    await as(operator, 'inductions', async (page) => {
      await page.getByRole('button', { name: /^Withdraw print from / }).click();
      await told(page, 'Done.');
      await page.getByText('withdrawn', { exact: true }).waitFor();
    });
  });

  it('set what cancelling, staying away and longer work cost, for everybody to read', async () => {
    await as(admin, 'policy', async (page) => {
      const tier = async (row: number, hours: string, percent: string): Promise<void> => {
        await page.getByLabel('With so many hours of notice').nth(row).fill(hours);
        await page.getByLabel('cancelling costs').nth(row).fill(percent);
      };
      await tier(0, '12', '50');
      await tier(1, '48', '0');
      await press(page, 'Set the rules');
      await refused(page, 'The line of 48 hours asks for as much notice as', 'notice.1');
      await tier(0, '48', '0');
      await tier(1, '12', '50');
      await page.getByLabel('Work takes longer or shorter').selectOption('BOTH');
      await page.getByLabel('Minutes to answer').fill('1');
      await press(page, 'Set the rules');
      await refused(page, 'waitingAnswerMinutes was 1', 'waitingAnswerMinutes');
      await page.getByLabel('Minutes to answer').fill('90');
      await press(page, 'Set the rules');
      await told(page, 'Set.');
    });
    await as(member, 'policy', async (page) => {
      expect(await page.getByRole('definition').allTextContents()).toEqual([
        'costs nothing',
        'costs 50 %',
        'costs the whole price',
        'costs the whole price, from 15 min after the start',
        'longer is charged on, shorter is credited',
        'is held for 1 h 30 min',
      ]);
      expect(await page.getByRole('button', { name: 'Set the rules' }).count()).toBe(0);
    });
  });

  it('keep what is not theirs from members', async () => {
    await as(member, 'more', async (page) => {
      const paths = ['workshops', 'changeovers', 'quotas'];
      for (const path of paths) {
        expect(await page.locator(`a[href$="/${path}"]`).count()).toBe(0);
        expect((await fetch(`${app.url}/${coop.slug}/${path}`, { redirect: 'manual' })).status).toBe(303);
      }
      for (const path of paths) {
        expect((await page.goto(`/${coop.slug}/${path}`))?.status()).toBe(403);
        await page.getByText('looked after by').or(page.getByText('are set by')).waitFor();
      }
    });
  });
});
