import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Bundle, bundleText, didDocument, type NamedIssuer } from '@touchmark/certificates';
import { DID_FETCH } from '../../../apps/api/src/naming/index.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import { verified } from '../../support/builders/certificates.js';
import { anIssuerOnChain } from '../../support/builders/pieces-on-chain.js';
import { createTestChain, type TestChain } from '../../support/chain.js';
import { startWebSite, type WebSite } from '../../support/web-site.js';

const DOMAIN = 'coop.example';

describe('a check in production', () => {
  let chain: TestChain;
  let site: WebSite;
  let piece: Bundle;
  let named: readonly NamedIssuer[];
  const production = { TOUCHMARK_MODE: 'production', SMTP_URL: 'smtp://127.0.0.1:9', PAYMENTS: 'none' };

  /** What an installation answers that was just started, and so has asked nobody yet. */
  const checked = async (env: Record<string, string>, fetching: object) => {
    const app: TestApp = await startTestApp({ chain, env });
    try {
      Object.assign(app.nest.get<object>(DID_FETCH, { strict: false }), fetching);
      const { word, axes } = await verified(app, { bundle: bundleText(piece) });
      return [word, axes.find(({ axis }) => axis === 'issuer')?.reasonName];
    } finally {
      await app.stop();
    }
  };

  beforeAll(async () => {
    chain = await createTestChain();
    const issuer = await anIssuerOnChain(chain, DOMAIN);
    const edition = await issuer.openEdition();
    const [first] = await issuer.anchor(edition, [issuer.sign(edition, 1)]);
    if (first === undefined) throw new Error('Expected a piece.');
    piece = first;
    await chain.mine(3);
    const { chainId, contract } = piece;
    named = [{ chainId, contract, issuer: issuer.address, validFrom: null, validUntil: null }];
    site = await startWebSite(DOMAIN, (_, response) => {
      response.end(JSON.stringify(didDocument(DOMAIN, named, [])));
    });
  });
  afterAll(async () => {
    await site.close();
    await chain.close();
  });

  it('calls a piece of anybody genuine when its issuer and the domain name each other', async () => {
    expect(await checked(production, { ca: site.ca, connectTo: site })).toEqual(['GENUINE', 'ISSUER_BOUND']);
  });

  it('calls no piece genuine in production whose domain does not name its issuer, or is on a private network', async () => {
    const inside = { ca: site.ca, resolve: async () => ['10.0.0.1'] };
    expect(await checked(production, inside)).toEqual(['UNDETERMINED', 'ISSUER_NAME_NOT_CHECKED']);
    const issuers = named;
    named = [];
    const read = await checked(production, { ca: site.ca, connectTo: site });
    named = issuers;
    expect(read).toEqual(['UNDETERMINED', 'ISSUER_NAME_NOT_CHECKED']);
  });

  it('asks no domain in development, where only its own issuers are known', async () => {
    const before = site.requests();
    expect(await checked({}, { ca: site.ca, connectTo: site })).toEqual([
      'UNDETERMINED',
      'ISSUER_NAME_NOT_CHECKED',
    ]);
    expect(site.requests()).toBe(before);
  });
});
