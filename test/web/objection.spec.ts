import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { claimLink } from '@touchmark/certificates';
import type { Browser, Page } from 'playwright-core';
import { startTestApp, type TestApp } from '../support/app.js';
import { launchBrowser } from '../support/browser.js';
import { putWallet } from '../support/browser-wallet.js';
import { batchesOf } from '../support/builders/certificates.js';
import { sealedKeyOf } from '../support/builders/claims.js';
import { aProvenEdition, type ProvenEdition } from '../support/builders/pieces.js';
import { openWindow, signInByForm, tabTo, visitOnPhone } from '../support/pages.js';
import { until } from '../support/until.js';
import { press, refused, told } from './settings-scene.js';

const PIECES = 2;
const WORDS = 'The wrong photos were signed.';

describe('a batch that the co-op may still object to', () => {
  let app: TestApp;
  let browser: Browser;
  let edition: ProvenEdition;
  const home = (): string => `/${edition.coop.slug}/editions`;
  const page = (): string => `${home()}/${edition.run.editionId}`;
  const stateIs = (state: string): Promise<unknown> =>
    until(`a batch to be ${state}`, async () =>
      (await batchesOf(app, edition.run.editionId)).some((batch) => batch.state === state),
    );
  /** Looks at it as an admin on a phone, without scripts. */
  const asAdmin = (path: string, work: (page: Page) => Promise<void>): Promise<void> =>
    visitOnPhone(browser, app, { person: edition.coop.admin, path }, work);
  const verdict = async (word: string): Promise<void> => {
    const window = await openWindow(browser, app, { phone: true, scripts: false });
    await until(`the piece to read ${word}`, async () => {
      await window.page.goto(`/01/${edition.run.gtin}/21/1`);
      return (await window.page.getByText(word, { exact: true }).count()) > 0;
    });
    await window.close();
  };

  beforeAll(async () => {
    // Pages are asked again and again until the chain is far enough.
    const env = { CHECKS_PER_MINUTE: '100000' };
    [app, browser] = await Promise.all([startTestApp({ pages: true, env }), launchBrowser()]);
    edition = await aProvenEdition(app, PIECES, { objectionDays: 2 });
  });
  afterAll(async () => {
    await edition.publisher.close();
    await browser.close();
    await app.stop();
  });

  it('is not claimed, by the co-op or by a wallet, and both say why before anything is sent', async () => {
    const window = await openWindow(browser, app, { phone: true });
    const wallet = await putWallet(window.page, app.chain);
    const key = await sealedKeyOf(app, edition.certificates[0]?.id ?? '');
    await window.page.goto(claimLink(edition.run.gtin, 1, key));
    await window.page.getByRole('button', { name: 'Connect Test wallet' }).click();
    await window.page.getByRole('button', { name: 'Let the co-op send it' }).click();
    await window.page
      .getByRole('alert')
      .getByText(/may still object .* until 20\d\d-/)
      .waitFor();
    await window.page.getByRole('button', { name: 'Send it with my wallet' }).click();
    await window.page.getByRole('alert').getByText('The objection time of its batch is not over').waitFor();
    expect(wallet.asked).not.toContain('eth_sendTransaction');
    await window.close();
    await verdict('PROVISIONAL');
  });

  it('is voided after the page has said what cannot be undone, without scripts on a phone', async () => {
    await asAdmin(page(), async (shown) => {
      await shown.getByText('2 days after each batch').waitFor();
      await shown.getByRole('link', { name: 'Void the last batch' }).click();
      await shown.getByText(`No. 1–${String(PIECES)} of`).waitFor();
      await shown.getByText('Objections until').waitFor();
      await shown.getByText('The chain never takes this batch again.').waitFor();
      await shown.getByLabel('Why, for whoever').fill('   ');
      await shown.getByLabel('I have read what cannot be undone').check();
      await press(shown, 'Void this batch for good');
      await refused(shown, /say in 1 to 500 why/, 'words');
      await shown.getByLabel('Why, for whoever').fill(WORDS);
      // As a browser does that does not know the attribute.
      await shown.locator('#understood').evaluate((box) => {
        (box as unknown as { required: boolean }).required = false;
      });
      await press(shown, 'Void this batch for good');
      await refused(shown, 'nothing was changed');
      expect(await app.database.query('select 1 from batch_void')).toEqual([]);
      expect(await shown.getByLabel('Why, for whoever').inputValue()).toBe(WORDS);
    });
    const { page: shown, close } = await openWindow(browser, app);
    await signInByForm(shown, edition.coop.admin, `${page()}/void`);
    await tabTo(shown, /Why, for whoever/);
    await shown.keyboard.type(WORDS);
    await tabTo(shown, /I have read/);
    await shown.keyboard.press('Space');
    await tabTo(shown, /Void this batch for good/);
    await shown.keyboard.press('Enter');
    await told(shown, 'Being voided.');
    await close();
    await stateIs('voided');
    await verdict('NOT GENUINE');
  });

  it('is told as voided, and its pieces are certified anew on the page of editions', async () => {
    await asAdmin(`${page()}/void`, async (shown) => {
      await shown.getByText('Nothing of this edition stands on chain').waitFor();
      await shown.getByRole('listitem', { name: `No. 1–${String(PIECES)}, voided` }).waitFor();
      await shown.getByText(WORDS).waitFor();
    });
    await asAdmin(page(), async (shown) => {
      await shown.getByText('voided: to be issued anew').first().waitFor();
    });
    await asAdmin(home(), async (shown) => {
      await shown.getByText('To do:').waitFor();
      await shown.getByText('Issue the certificates anew', { exact: true }).click();
      await shown.getByLabel('What was found and done').fill('The photos were put right.');
      await press(shown, 'Issue them anew');
      await told(shown, 'before the publisher again');
    });
    await stateIs('anchored');
    await verdict('PROVISIONAL');
  });

  it('is voided by admins only', async () => {
    const { page: shown, close } = await openWindow(browser, app);
    await signInByForm(shown, edition.run.operator);
    expect((await shown.goto(`${page()}/void`))?.status()).toBe(403);
    await shown.goto(page());
    await shown.getByRole('heading', { level: 1 }).waitFor();
    expect(await shown.getByRole('link', { name: 'Void the last batch' }).count()).toBe(0);
    await close();
  });
});
