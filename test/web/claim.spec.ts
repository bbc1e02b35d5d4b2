import type { IncomingMessage } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { claimLink, type Hex } from '@touchmark/certificates';
import { collectorReceiptsAbi } from '@touchmark/contracts';
import type { Browser, Page } from 'playwright-core';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { startTestApp, type TestApp } from '../support/app.js';
import { launchBrowser } from '../support/browser.js';
import { putWallet } from '../support/browser-wallet.js';
import { bundleOf } from '../support/builders/certificates.js';
import { chainReader } from '../support/builders/chain.js';
import { sealedKeyOf } from '../support/builders/claims.js';
import { aProvenEdition, type ProvenEdition } from '../support/builders/pieces.js';
import { expectNoSidewaysScroll, openWindow, silentElements } from '../support/pages.js';
import { until } from '../support/until.js';

// Of an address whose letters are all of one case, as one of two thousand is, nothing can be checked, and the page asks twice.
const MIXED_ADDRESS = privateKeyToAccount(`0x${'11'.repeat(32)}`).address;
const SHELL_KEPT = `navigator.serviceWorker.ready.then(() => true)`;
const NETWORK = `fetch('/health').then(() => 'on', () => 'off')`;

describe('the claim page', () => {
  let app: TestApp;
  let browser: Browser;
  let edition: ProvenEdition;
  const requests: string[] = [];
  const idOf = (serial: number): string => edition.certificates[serial - 1]?.id ?? '';
  const ownerOf = async (serial: number): Promise<string> => {
    const tokenId = BigInt(edition.certificates[serial - 1]?.token_id ?? 0);
    const call = { abi: collectorReceiptsAbi, address: app.chain.contract, functionName: 'ownerOf' } as const;
    return (await chainReader(app.chain).readContract({ ...call, args: [tokenId] })).toLowerCase();
  };
  const linkOf = async (serial: number): Promise<{ readonly link: string; readonly key: Hex }> => {
    const key = await sealedKeyOf(app, idOf(serial));
    return { link: claimLink(edition.run.gtin, serial, key), key };
  };
  const step = (page: Page, name: string) => page.getByRole('listitem').filter({ hasText: name });

  beforeAll(async () => {
    [app, browser] = await Promise.all([
      startTestApp({ pages: true, env: { CHECKS_PER_MINUTE: '1000' } }),
      launchBrowser(),
    ]);
    edition = await aProvenEdition(app, 6);
    app.nest.getHttpServer().on('request', ({ url, headers, rawHeaders }: IncomingMessage) => {
      // Not the page but the browser looks for a newer worker, by itself and when it likes.
      if (headers['service-worker'] === undefined) requests.push([url, ...rawHeaders].join('\n'));
    });
  });
  afterAll(async () => {
    await edition.publisher.close();
    await browser.close();
    await app.stop();
  });

  it('has the co-op send a claim to an address that was typed, and gives the key to nobody', async () => {
    const { page, complaints, close } = await openWindow(browser, app, { phone: true });
    const { link, key } = await linkOf(1);
    const sent: string[] = [];
    page.context().on('request', (request) => {
      sent.push([request.url(), request.postData() ?? '', JSON.stringify(request.headers())].join('\n'));
    });
    const to = privateKeyToAccount(generatePrivateKey()).address;
    await page.goto(link);
    await page.getByLabel('Address', { exact: true }).waitFor();
    expect(page.url()).toBe(`${app.url}/claim`);
    expect(await step(page, 'The piece').textContent()).toContain('Heron No. 1 by Harbour Press, GENUINE');
    expect(await silentElements(page)).toEqual([]);
    await expectNoSidewaysScroll(page);
    await page.getByLabel('Address', { exact: true }).fill(`${to.slice(0, -1)}x`);
    await page.getByRole('button', { name: 'Use this address' }).click();
    expect(await page.getByRole('alert').textContent()).toContain('0x and 40 hex digits');
    await page.getByLabel('Address', { exact: true }).fill(to.toLowerCase());
    await page.getByRole('button', { name: 'Use this address' }).click();
    expect(await page.getByRole('status').textContent()).toContain(to);
    await page.getByRole('button', { name: 'Use this address' }).click();
    await page.getByRole('button', { name: 'Let the co-op send it' }).click();
    await page.getByRole('heading', { name: 'It is yours' }).waitFor();
    await expectNoSidewaysScroll(page);
    expect(await ownerOf(1)).toBe(to.toLowerCase());
    expect(sent.length).toBeGreaterThan(3);
    for (const request of [...sent, ...requests]) expect(request).not.toContain(key.slice(2));
    expect(await page.evaluate<string>('JSON.stringify(sessionStorage)')).not.toContain(key.slice(2));
    expect(complaints).toEqual([]);
    await page.getByRole('link', { name: 'Look at the piece' }).click();
    await page.getByRole('heading', { name: 'Holder and claim' }).waitFor();
    await until('the claim to be final', async () => {
      await page.reload();
      return (await page.getByText('The token of this piece is claimed since ').count()) > 0;
    });
    await page.goto(link);
    await page.getByRole('alert').getByText('claimed already').waitFor();
    await close();
  });

  it('connects a wallet, which shows by a signature that it holds its address', async () => {
    const { page, close } = await openWindow(browser, app);
    const wallet = await putWallet(page, app.chain);
    await page.goto((await linkOf(2)).link);
    await page.getByRole('button', { name: 'Connect Test wallet' }).click();
    await page.getByRole('button', { name: 'Let the co-op send it' }).waitFor();
    expect(await step(page, 'Who receives it').textContent()).toContain(wallet.address);
    expect(wallet.asked).toEqual(['eth_requestAccounts', 'personal_sign']);
    await page.getByRole('button', { name: 'Send it with my wallet' }).click();
    await page.getByRole('heading', { name: 'It is yours' }).waitFor();
    expect(await ownerOf(2)).toBe(wallet.address.toLowerCase());
    await close();
  });

  it('works with the certificate file and a wallet when the co-op’s service is gone', async () => {
    const { page, close } = await openWindow(browser, app, { phone: true });
    const wallet = await putWallet(page, app.chain);
    const bundle = await bundleOf(app, idOf(3));
    await page.goto('/claim');
    await page.evaluate(SHELL_KEPT);
    await page.context().setOffline(true);
    requests.length = 0;
    const { link } = await linkOf(3);
    await page.goto('about:blank');
    await page.goto(link);
    await page.getByText('cannot be reached').waitFor();
    expect(await page.evaluate(NETWORK)).toBe('off');
    const give = (text: string): Promise<void> =>
      page
        .getByLabel('Certificate file')
        .setInputFiles({ name: 'piece.json', mimeType: 'application/json', buffer: Buffer.from(text) });
    await give(bundle.replace('Heron', 'Egret'));
    expect(await page.getByRole('alert').textContent()).toContain('cannot be used');
    await give(bundle);
    await page.getByRole('button', { name: 'Connect Test wallet' }).click();
    await page.getByRole('button', { name: 'Send it with my wallet' }).click();
    await page.getByRole('heading', { name: 'It is yours' }).waitFor();
    expect(await ownerOf(3)).toBe(wallet.address.toLowerCase());
    expect(requests).toEqual([]);
    await close();
  });

  it('reports a piece missing by the wallet of its holder, and takes that back', async () => {
    const { page, close } = await openWindow(browser, app, { phone: true });
    const wallet = await putWallet(page, app.chain);
    await page.goto((await linkOf(5)).link);
    await page.getByRole('button', { name: 'Connect Test wallet' }).click();
    await page.getByRole('button', { name: 'Send it with my wallet' }).click();
    await page.getByRole('heading', { name: 'It is yours' }).waitFor();
    const piecePath = `/01/${edition.run.gtin}/21/5`;
    const tell = async (link: string, button: string): Promise<void> => {
      // The page reads final blocks, and the chain makes two more by itself.
      await until('the link', async () => {
        await page.goto(piecePath);
        return (await page.getByRole('link', { name: link }).count()) === 1;
      });
      await page.getByRole('link', { name: link }).click();
      await page.getByRole('button', { name: `${button} with Test wallet` }).waitFor();
      expect(await silentElements(page)).toEqual([]);
      await expectNoSidewaysScroll(page);
      await page.getByRole('button', { name: `${button} with Test wallet` }).click();
      await page.getByRole('status').getByText('The check shows it').waitFor();
    };
    await tell('Report it missing', 'Report it missing');
    await tell('take the report back', 'Take the report back');
    await until('the report to be gone', async () => {
      await page.goto(piecePath);
      return (await page.getByText('Reported missing.').count()) === 0;
    });
    expect(wallet.asked.filter((method) => method === 'eth_sendTransaction')).toHaveLength(3);
    await close();
  });

  it('says in words what the contract refuses, before anything is paid', async () => {
    const { page, close } = await openWindow(browser, app);
    const wallet = await putWallet(page, app.chain);
    const { link } = await linkOf(4);
    await page.goto(link);
    await page.getByRole('button', { name: 'Connect Test wallet' }).click();
    await page.getByRole('button', { name: 'Send it with my wallet' }).waitFor();
    const other = await openWindow(browser, app);
    await putWallet(other.page, app.chain);
    await other.page.goto(link);
    await other.page.getByRole('button', { name: 'Connect Test wallet' }).click();
    await other.page.getByRole('button', { name: 'Send it with my wallet' }).click();
    await other.page.getByRole('heading', { name: 'It is yours' }).waitFor();
    await page.getByRole('button', { name: 'Send it with my wallet' }).click();
    await page.getByRole('alert').getByText('claimed already').waitFor();
    expect(wallet.asked).not.toContain('eth_sendTransaction');
    await other.close();
    await close();
  });

  it('asks for the seal when the address names only the piece, and takes no other seal', async () => {
    const { page, close } = await openWindow(browser, app);
    await page.goto(claimLink(edition.run.gtin, 6));
    const seal = page.getByLabel('Or paste its address');
    await seal.fill((await linkOf(4)).link);
    await page.getByRole('button', { name: 'Open the seal' }).click();
    expect(await page.getByRole('alert').textContent()).toContain('another piece');
    await seal.fill(generatePrivateKey());
    await page.getByRole('button', { name: 'Open the seal' }).click();
    await page.getByRole('alert').getByText('not that of this certificate').waitFor();
    await close();
  });

  it('opens the seal whose link comes into a tab that has the page open, and leaves no key in its address', async () => {
    const { page, complaints, close } = await openWindow(browser, app, { phone: true });
    await page.goto('/claim');
    await page.getByLabel('Or paste its address').waitFor();
    // Only what stands behind the # changes, so no page is loaded.
    await page.goto((await linkOf(6)).link);
    await page.getByLabel('Address', { exact: true }).waitFor();
    expect(page.url()).toBe(`${app.url}/claim`);
    expect(await step(page, 'The piece').textContent()).toContain('Heron No. 6');
    expect(complaints).toEqual([]);
    await close();
  });

  it('tells a wallet that is a contract what to do, and gives the token to its address by the co-op', async () => {
    const { page, close } = await openWindow(browser, app, { phone: true });
    const contract = MIXED_ADDRESS;
    const wallet = await putWallet(page, app.chain, contract);
    await page.goto((await linkOf(6)).link);
    await page.getByRole('button', { name: 'Connect Test wallet' }).click();
    const words = page.getByRole('alert');
    await words.getByText('A wallet that is a contract').waitFor();
    expect(await words.textContent()).toContain(contract);
    expect(await words.textContent()).toContain(
      'exists on chain 31337, type its address below and let the co-op send the claim',
    );
    await expectNoSidewaysScroll(page);
    await page.getByLabel('Or an address').fill(contract);
    await page.getByRole('button', { name: 'Use this address' }).click();
    await page.getByRole('button', { name: 'Let the co-op send it' }).click();
    await page.getByRole('heading', { name: 'It is yours' }).waitFor();
    expect(await ownerOf(6)).toBe(contract.toLowerCase());
    expect(wallet.asked).toEqual(['eth_requestAccounts', 'personal_sign']);
    await close();
  });

  it('says without scripts why it needs one', async () => {
    const { page, close } = await openWindow(browser, app, { scripts: false, phone: true });
    await page.goto('/claim');
    const words = page.locator('noscript p');
    expect(await words.isVisible()).toBe(true);
    expect(await words.textContent()).toContain('Claiming needs a script');
    await close();
  });
});
