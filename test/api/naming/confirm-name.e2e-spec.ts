import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { didDocument, type Hex, type Home } from '@touchmark/certificates';
import { ConfirmName } from '../../../apps/api/src/naming/index.js';
import { startWebSite, type WebSite } from '../../support/web-site.js';

const DOMAIN = 'coop.example';
const home: Home = { chainId: 31337, contract: `0x${'cc'.repeat(20)}` };
const issuer: Hex = `0x${'aa'.repeat(20)}`;
const stranger: Hex = `0x${'bb'.repeat(20)}`;

describe('the name of an issuer, as the API confirms it', () => {
  let site: WebSite;
  let answer: (response: ServerResponse) => void;

  beforeEach(async () => {
    answer = (response) => {
      const named = { ...home, issuer, validFrom: null, validUntil: null };
      response.end(JSON.stringify(didDocument(DOMAIN, [named], [])));
    };
    site = await startWebSite(DOMAIN, (_, response) => {
      answer(response);
    });
  });
  afterEach(() => site.close());

  it('asks a domain once for many questions at once and for those after them', async () => {
    const names = new ConfirmName({ ca: site.ca, connectTo: site });
    const many = Array.from({ length: 20 }, () => names.run(DOMAIN, home, issuer, 1));
    expect(new Set(await Promise.all(many))).toEqual(new Set([true]));
    expect(await names.run(DOMAIN, home, stranger, 1)).toBe(false);
    expect(site.requests()).toBe(1);
  });

  it('confirms nothing while the domain fails, and does not ask it again at once', async () => {
    answer = (response) => response.writeHead(503).end();
    const names = new ConfirmName({ ca: site.ca, connectTo: site });
    expect([await names.run(DOMAIN, home, issuer, 1), await names.run(DOMAIN, home, issuer, 1)]).toEqual([
      false,
      false,
    ]);
    expect(site.requests()).toBe(1);
  });

  it('asks nobody at a private address, whatever a domain leads to', async () => {
    const names = new ConfirmName({ ca: site.ca, resolve: async () => [site.address] });
    expect(await names.run(DOMAIN, home, issuer, 1)).toBe(false);
    expect(await new ConfirmName({}).run('localhost', home, issuer, 1)).toBe(false);
    expect(site.requests()).toBe(0);
  });

  it('does not let a flood of domains become one of requests', async () => {
    const held: ServerResponse[] = [];
    answer = (response) => held.push(response);
    const names = new ConfirmName({ ca: site.ca, connectTo: site, timeoutMs: 500 });
    const domains = Array.from({ length: 50 }, (_, place) => `d${String(place)}.example`);
    expect(new Set(await Promise.all(domains.map((domain) => names.run(domain, home, issuer, 1))))).toEqual(
      new Set([false]),
    );
    expect(site.requests()).toBeLessThanOrEqual(10);
  });
});
