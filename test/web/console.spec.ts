import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { aMember } from '../support/builders/membership.js';
import { openWindow, signInByForm, tabTo } from '../support/pages.js';
import { until } from '../support/until.js';
import { aConsoleScene, type ConsoleScene, PIECES, standingOf } from './console-scene.js';
import { press, refused, told } from './settings-scene.js';

describe('the console of what a co-op has on chain', () => {
  let scene: ConsoleScene;
  const edition = (): string => `editions/${scene.editionId}`;

  beforeAll(async () => {
    scene = await aConsoleScene();
  });
  afterAll(async () => {
    await scene.stop();
  });

  it('shows how far each edition has come, and what is next', async () => {
    await scene.as(scene.operator, 'editions', async (page) => {
      const listed = page.getByRole('listitem').filter({ has: page.getByRole('heading', { level: 3 }) });
      expect(await listed.count()).toBe(1);
      const counts = await listed.getByRole('list').getByRole('listitem').allInnerTexts();
      expect(counts.map((text) => text.replace(/\s+/g, ' ').trim())).toEqual(
        ['sold', 'made', 'anchored', 'final'].map((name) => `${String(PIECES)} ${name}`),
      );
      await page.getByText('opened for 50, final').waitFor();
      await page.getByText('co-signed for 14 days').waitFor();
      await page.getByText(/^(?:Next|To do|Done):/).waitFor();
      await page.getByRole('link', { name: /^Certificates of/ }).click();
      await page.waitForURL((url) => url.pathname.endsWith(edition()));
      expect(await page.getByRole('checkbox').count()).toBe(0);
    });
  });

  it('withdraws many by one call, after it has said what cannot be undone', async () => {
    await scene.as(scene.coop.admin, edition(), async (page) => {
      await press(page, 'Withdraw the chosen');
      await page.getByText('No certificate was chosen.').waitFor();
      await page.goBack();
      await page.getByLabel('Choose No. 1').check();
      await page.getByLabel('Choose No. 2').check();
      await press(page, 'Withdraw the chosen');
      await page.getByText(`No. 1–2 of`).waitFor();
      await page.getByText('Nobody, the co-op included, can bring a withdrawn certificate back').waitFor();
      await page.getByLabel('Reason, which').selectOption('DEFECTIVE');
      await page.getByLabel('In words').fill('   ');
      await page.getByLabel('I have read what cannot be undone').check();
      await press(page, 'Withdraw these 2 certificates for good');
      await refused(page, /say in 1 to 500 why/, 'words');
      expect(await page.getByLabel('Reason, which').inputValue()).toBe('DEFECTIVE');
      expect((await standingOf(scene, 1)).withdrawn).toBeNull();
      await page.getByLabel('In words').fill('The ink runs.');
      await page.getByLabel('I have read what cannot be undone').check();
      await press(page, 'Withdraw these 2 certificates for good');
      await told(page, 'Withdrawn.');
      await page.getByText('The piece is defective: The ink runs.').first().waitFor();
      expect(await page.getByLabel('Choose No. 1').count()).toBe(0);
      const which = page.getByRole('navigation', { name: 'Which certificates' }).getByText('Withdrawn');
      await which.click();
      await which.and(page.locator('[aria-current]')).waitFor();
      await page.waitForLoadState();
      expect(await page.getByRole('listitem').filter({ hasText: 'The ink runs.' }).count()).toBe(2);
    });
    for (const serial of [1, 2])
      await until('it to stand on chain', async () => (await standingOf(scene, serial)).withdrawn === 3);
  });

  it('changes nothing for who has not ticked that it is for good', async () => {
    const { page, close } = await openWindow(scene.browser, scene.app, { scripts: false });
    await signInByForm(page, scene.coop.admin, `/${scene.coop.slug}/${edition()}`);
    await page.getByRole('link', { name: 'Replace No. 3' }).click();
    await page.getByLabel('Reason, which').selectOption('WRONG_DETAILS');
    await page.getByLabel('In words').fill('The title was misspelt.');
    // As a browser does that does not know the attribute.
    await page.locator('#understood').evaluate((box) => {
      (box as unknown as { required: boolean }).required = false;
    });
    await press(page, 'Replace it for good');
    await refused(page, 'nothing was changed');
    expect((await standingOf(scene, 3)).replaced).toBe(0);
    await close();
  });

  it('leads nobody who tabs through a list behind the bar at its foot', async () => {
    const { page, close } = await openWindow(scene.browser, scene.app);
    // So low that the list is longer than the window.
    await page.setViewportSize({ width: 1024, height: 420 });
    await signInByForm(page, scene.coop.admin, `/${scene.coop.slug}/${edition()}`);
    const bar = page.getByRole('button', { name: 'Withdraw the chosen' });
    for (const name of ['Card of No. 1', 'Card of No. 2', 'Card of No. 3', 'Card of No. 4']) {
      await tabTo(page, new RegExp(`^${name}`));
      const [link, foot] = [
        await page.getByRole('link', { name, exact: true }).boundingBox(),
        await bar.boundingBox(),
      ];
      expect({ name, covered: (link?.y ?? 0) + (link?.height ?? 0) > (foot?.y ?? 0) }).toEqual({
        name,
        covered: false,
      });
    }
    await close();
  });

  it('replaces a certificate by keyboard alone', async () => {
    const { page, close } = await openWindow(scene.browser, scene.app);
    await signInByForm(page, scene.coop.admin, `/${scene.coop.slug}/${edition()}`);
    await tabTo(page, /^Replace No\. 3/);
    await page.keyboard.press('Enter');
    await page.waitForURL(/replace/);
    await tabTo(page, /Reason, which/);
    await page.keyboard.type('What');
    await tabTo(page, /In words/);
    await page.keyboard.type('The title was misspelt.');
    await tabTo(page, /Seal a new key/);
    await page.keyboard.press('Space');
    await tabTo(page, /I have read/);
    await page.keyboard.press('Space');
    await tabTo(page, /Replace it for good/);
    await page.keyboard.press('Enter');
    await told(page, 'Replaced.');
    await page.getByText('What it says of the piece is wrong: The title was misspelt.').waitFor();
    await close();
    await until('it to stand on chain', async () => (await standingOf(scene, 3)).replaced === 1);
  });

  it('tells all keys, and changes and retires the signer', async () => {
    const { app, coop } = scene;
    const history = async (words: RegExp): Promise<void> =>
      scene.as(coop.admin, 'keys', async (page) => {
        await page.getByRole('listitem', { name: words }).waitFor();
      });
    await scene.as(coop.admin, 'keys', async (page) => {
      for (const name of ['Signer, in force', 'Publisher, in force', 'Co-signer, in force'])
        await page.getByRole('listitem', { name, exact: true }).waitFor();
      await page.getByLabel('the naming of a key').check();
      await press(page, 'Name the next signer');
      await refused(page, 'No next key was put in place');
      await page.getByText('Retire this key').click();
      await page.getByLabel('Why, for whoever').fill('Its year is over.');
      await page.getByLabel('it never comes back').check();
      await press(page, 'Retire it for good');
      await refused(page, 'This key signs now.');
      expect(await page.getByLabel('Why, for whoever').inputValue()).toBe('Its year is over.');
    });
    const next = generatePrivateKey();
    writeFileSync(join(app.chain.keysDir, 'signer.next.key'), next);
    await scene.as(coop.admin, 'keys', async (page) => {
      await page.getByLabel('the naming of a key').check();
      await press(page, 'Name the next signer');
      await told(page, 'The next key is being named');
      await page.getByText(privateKeyToAccount(next).address.toLowerCase()).waitFor();
    });
    await until(
      'the next key to sign',
      async () =>
        (
          await app.database.query('select 1 from issuer where coop_id = $1 and signer = $2', [
            coop.coopId,
            privateKeyToAccount(next).address.toLowerCase(),
          ])
        ).length === 1,
    );
    await scene.as(coop.admin, 'keys', async (page) => {
      await page.getByText('Retire this key').first().click();
      const form = page
        .locator('form', { has: page.getByRole('button', { name: 'Retire it for good' }) })
        .first();
      await form.getByLabel('At once').check();
      await form.getByLabel('Why, for whoever').fill('A laptop was stolen.');
      await form.getByLabel('it never comes back').check();
      await form.getByRole('button', { name: 'Retire it for good' }).click();
      await told(page, 'The key is being retired');
      await page.getByText('A laptop was stolen.').waitFor();
    });
    await until(
      'it to be retired on chain',
      async () =>
        (await app.database.query('select 1 from issuer_key where retired_at is not null')).length === 1,
    );
    await history(/^Signer, retired$/);
  });

  it('tells what was odd about how pieces were opened, by piece and country', async () => {
    await scene.as(scene.operator, 'scans', async (page) => {
      await page.getByText('Nothing odd was seen.').waitFor();
    });
    for (const country of ['DE', 'JP']) await scene.scan(4, country);
    await scene.as(scene.operator, 'scans', async (page) => {
      const odd = page.getByRole('listitem', { name: /No\. 4, Two countries at once/ });
      await odd.getByText('Germany, Japan').waitFor();
      expect(await page.getByText('192.0.2').count()).toBe(0);
    });
  });

  it('is shown to operators and admins only, and changes are for admins', async () => {
    const { app, coop, browser } = scene;
    const member = await aMember(app, coop, ['member']);
    const opened = async (person: { email: string; password: string }, path: string): Promise<number> => {
      const { page, close } = await openWindow(browser, app);
      await signInByForm(page, person);
      const answer = await page.goto(`/${coop.slug}/${path}`);
      const links = await page.getByRole('link', { name: /^(?:Editions on chain|Keys|Odd scans)$/ }).count();
      await close();
      return path === 'more' ? links : (answer?.status() ?? 0);
    };
    for (const path of ['editions', edition(), 'keys', 'scans']) expect(await opened(member, path)).toBe(403);
    expect(await opened(member, 'more')).toBe(0);
    expect(await opened(scene.operator, 'more')).toBe(3);
    for (const change of ['withdraw', 'replace'])
      expect(await opened(scene.operator, `${edition()}/${change}`)).toBe(403);
  });
});
