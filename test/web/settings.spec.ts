import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aHold, changeClaim } from '../support/builders/workshops.js';
import { aSettingsScene, dateIn, press, refused, told, type SettingsScene } from './settings-scene.js';

describe('the pages by which a co-op sets its workshop up', () => {
  let scene: SettingsScene;
  let app: SettingsScene['app'];
  let coop: SettingsScene['coop'];
  let cell: SettingsScene['cell'];
  let admin: SettingsScene['admin'];
  let operator: SettingsScene['operator'];
  let member: SettingsScene['member'];
  let as: SettingsScene['as'];

  beforeAll(async () => {
    scene = await aSettingsScene();
    ({ app, coop, cell, admin, operator, member, as } = scene);
  });
  afterAll(async () => {
    await scene.stop();
  });

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
      await press(page, days.first().getByRole('button', { name: 'Lift it' }));
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
      await press(page, out.getByRole('button', { name: 'Return to service' }));
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
});
