import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { claimLink } from '@touchmark/certificates';
import { collectorReceiptsAbi } from '@touchmark/contracts';
import type { Browser, Page } from 'playwright-core';
import { privateKeyToAccount } from 'viem/accounts';
import { startTestApp, type TestApp } from '../support/app.js';
import { launchBrowser } from '../support/browser.js';
import { type BrowserWallet, putWallet } from '../support/browser-wallet.js';
import { chainReader } from '../support/builders/chain.js';
import { sealedKeyOf } from '../support/builders/claims.js';
import { signedIn } from '../support/builders/membership.js';
import { aProvenEdition, type ProvenEdition } from '../support/builders/pieces.js';
import { ask } from '../support/builders/production.js';
import { expectNoSidewaysScroll, openWindow, silentElements, type Window } from '../support/pages.js';

const COSIGN_DAYS = 30;

describe('the claim page, while the co-op signs claims too', () => {
  let app: TestApp;
  let browser: Browser;
  let edition: ProvenEdition;

  beforeAll(async () => {
    [app, browser] = await Promise.all([startTestApp({ pages: true }), launchBrowser()]);
    edition = await aProvenEdition(app, 1, { cosignDays: COSIGN_DAYS });
  });
  afterAll(async () => {
    await edition.publisher.close();
    await browser.close();
    await app.stop();
  });

  /** A phone on which the seal was opened. */
  async function phone(): Promise<Window & { readonly wallet: BrowserWallet }> {
    const window = await openWindow(browser, app, { phone: true });
    const wallet = await putWallet(window.page, app.chain);
    // The phone's clock is the chain's, which may have begun long before today.
    const { timestamp } = await chainReader(app.chain).getBlock();
    await window.page.clock.setSystemTime(Number(timestamp) * 1000);
    const key = await sealedKeyOf(app, edition.certificates[0]?.id ?? '');
    await window.page.goto(claimLink(edition.run.gtin, 1, key));
    return { ...window, wallet };
  }
  const why = async (page: Page): Promise<string> => (await page.getByRole('note').textContent()) ?? '';

  it('offers the relay, and says until when a wallet alone cannot send it and why', async () => {
    const { page, wallet, close } = await phone();
    await page.getByRole('button', { name: 'Connect Test wallet' }).click();
    await page.getByRole('button', { name: 'Let the co-op send it' }).waitFor();
    expect(await page.getByRole('button', { name: 'Send it with my wallet' }).count()).toBe(0);
    const [batch] = await app.database.query<{ day: string }>(
      `select to_char(cosign_until at time zone 'UTC', 'YYYY-MM-DD') as day from anchor_batch`,
    );
    expect(await why(page)).toContain(`Until ${batch?.day ?? 'never'} each claim of this piece needs`);
    expect(await why(page)).toContain('which a wallet alone does not have');
    expect(await silentElements(page)).toEqual([]);
    await expectNoSidewaysScroll(page);
    await page.getByRole('button', { name: 'Let the co-op send it' }).click();
    await page.getByRole('alert').getByText('handed over').waitFor();
    expect(wallet.asked).not.toContain('eth_sendTransaction');
    await close();
  });

  it('has the co-op send it with both signatures once the piece was handed over', async () => {
    const operator = { token: await signedIn(app, edition.run.operator.email) };
    const { coopId } = edition.coop;
    const handed = await ask(app, operator, 'handOver', { coopId, orderId: edition.run.orders[0]?.orderId });
    expect(handed.__typename).toBe('OrderHandedOver');
    const { page, close } = await phone();
    // Its letters are of both cases: of one in two thousand addresses nothing can be checked, and the page asks twice.
    const to = privateKeyToAccount(`0x${'11'.repeat(32)}`).address;
    await page.getByLabel('Or an address').fill(to);
    await page.getByRole('button', { name: 'Use this address' }).click();
    // Whoever typed an address is told as well: a wallet brought later could not send it either.
    expect(await why(page)).toContain('needs the co-op’s signature too');
    await page.getByRole('button', { name: 'Let the co-op send it' }).click();
    await page.getByRole('heading', { name: 'It is yours' }).waitFor();
    const owner = await chainReader(app.chain).readContract({
      abi: collectorReceiptsAbi,
      address: app.chain.contract,
      functionName: 'ownerOf',
      args: [BigInt(edition.certificates[0]?.token_id ?? 0)],
    });
    expect(owner).toBe(to);
    await close();
  });
});
