import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mutate } from '../api/workshops/mutate.js';
import { signedIn } from '../support/builders/membership.js';
import { openWindow, signInByForm } from '../support/pages.js';
import { until } from '../support/until.js';
import { aSettingsScene, dateIn, press, refused, told, type SettingsScene } from './settings-scene.js';

describe('the pages by which a co-op sets the rules for its members', () => {
  let scene: SettingsScene;
  let app: SettingsScene['app'];
  let coop: SettingsScene['coop'];
  let admin: SettingsScene['admin'];
  let operator: SettingsScene['operator'];
  let member: SettingsScene['member'];
  let as: SettingsScene['as'];

  beforeAll(async () => {
    scene = await aSettingsScene();
    ({ app, coop, admin, operator, member, as } = scene);
  });
  afterAll(async () => {
    await scene.stop();
  });

  /** Takes all stations out of service on the day in four days, so that what is booked has to stay; the closures. */
  async function everyStationOut(): Promise<string[]> {
    const closures: string[] = [];
    const token = await signedIn(app, admin.email);
    for (const stationId of scene.cell.stationIds) {
      const input = {
        ...{ coopId: coop.coopId, stationId, reason: 'Broken belt', requestId: randomUUID() },
        ...{ fromAt: `${dateIn(4)}T06:00:00Z`, toAt: `${dateIn(4)}T18:00:00Z` },
      };
      const out = await mutate(
        app,
        { token },
        'takeOutOfService',
        'StationTakenOut { closure { id } }',
        input,
        '',
      );
      closures.push((out as unknown as { closure: { id: string } }).closure.id);
    }
    return closures;
  }

  it('tell a member what cancelling costs before it is pressed, and nothing where it is free', async () => {
    // Four days ahead is always less than a month of notice.
    const rule = (hours: string, percent: string): Promise<void> =>
      as(admin, 'policy', async (page) => {
        await page.getByLabel('With so many hours of notice').first().fill(hours);
        await page.getByLabel('cancelling costs').first().fill(percent);
        await press(page, 'Set the rules');
        await told(page, 'Set.');
      });
    const mine = `calendar?day=${dateIn(4)}`;
    await as(member, 'calendar', async (page) => {
      await page.getByLabel('Day', { exact: true }).fill(dateIn(4));
      await page.getByLabel('Start').fill('10:00');
      await press(page, 'Hold for 15 minutes');
      await press(page, 'Confirm');
      await told(page, 'Booked.');
      expect(await page.getByText(/costs .* now$/).count()).toBe(0);
    });
    await rule('0', '50');
    await as(member, 'calendar', async (page) => {
      await page.goto(`/${coop.slug}/${mine}`);
      const booking = page.getByRole('listitem', { name: /, 10:00 to 11:00$/ });
      expect(await booking.getByText(/costs .* now$/).textContent()).toBe('costs 12.00 EUR now');
    });
    await rule('720', '0');
    await as(member, 'calendar', async (page) => {
      await page.goto(`/${coop.slug}/${mine}`);
      const booking = page.getByRole('listitem', { name: /, 10:00 to 11:00$/ });
      expect(await booking.getByText(/costs .* now$/).textContent()).toBe('costs 24.00 EUR now');
      await booking.getByText('Move to another time').click();
      await booking.getByText('the old time still costs 24.00 EUR.').waitFor();
    });
    // Less than four days of notice: it is free until then.
    await rule('24', '0');
    await as(member, 'calendar', async (page) => {
      await page.goto(`/${coop.slug}/${mine}`);
      const booking = page.getByRole('listitem', { name: /, 10:00 to 11:00$/ });
      await booking.getByText(/^costs nothing until .*, \d\d:00$/).waitFor();
    });
    await rule('720', '0');
    const closed = await everyStationOut();
    await as(member, 'calendar', async (page) => {
      await page.goto(`/${coop.slug}/${mine}`);
      const booking = page.getByRole('listitem', { name: /, 10:00 to 11:00$/ });
      expect(await booking.getByText(/costs .* now$/).count()).toBe(0);
      await booking
        .getByText(/^Its station is out of service .* costs nothing\.$/)
        .first()
        .waitFor();
    });
    const token = await signedIn(app, admin.email);
    for (const closureId of closed) {
      const input = { coopId: coop.coopId, closureId, requestId: randomUUID() };
      await mutate(app, { token }, 'returnToService', 'StationReturned { sequence }', input, '');
    }
    await rule('0', '0');
  });

  it('say once why a time cannot be held, where it also says what would do instead', async () => {
    const { page, close } = await openWindow(scene.browser, app);
    await signInByForm(page, member, `/${coop.slug}/calendar`);
    const form = page.getByRole('region', { name: 'Hold a time' });
    await page.getByLabel('Day', { exact: true }).fill(dateIn(4));
    await page.getByLabel('Start').fill('23:00');
    const price = form.locator('[aria-live] > p');
    await price.waitFor();
    const why = (await price.textContent()) ?? '';
    await page.getByRole('button', { name: 'Hold for 15 minutes' }).click();
    await form.getByRole('alert').getByText(why).waitFor();
    await until('it to be said once', async () => (await form.getByText(why).count()) === 1);
    await close();
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
