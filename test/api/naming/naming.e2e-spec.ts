import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readDid } from '@touchmark/certificates';
import { DID_FETCH } from '../../../apps/api/src/naming/index.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import { anIssuer, type TestIssuer } from '../../support/builders/chain.js';

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
}

describe('the did.json of this installation', () => {
  let app: TestApp;
  let coop: TestIssuer;
  let other: TestIssuer;

  /** Asks as a load balancer passes it on: with the host that was asked for. */
  const ask = (host: string, path = '/.well-known/did.json'): Promise<Answer> =>
    new Promise((resolve, reject) => {
      request(`${app.url}${path}`, { headers: { host } }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => {
          const text = Buffer.concat(parts).toString();
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
        });
      })
        .on('error', reject)
        .end();
    });
  const issuersIn = (domain: string, { text }: Answer): unknown => {
    const did = readDid(domain, text);
    if (did.kind === 'DidRefused') throw new Error(did.message);
    return did.issuers.map(({ issuer }) => issuer);
  };

  beforeAll(async () => {
    app = await startTestApp({ worker: true });
    coop = await anIssuer(app, { domain: 'heron.example' });
    other = await anIssuer(app, { domain: 'Other.example' });
  });
  afterAll(() => app.stop());

  it("names in the did.json of a co-op's domain its issuer and no other", async () => {
    const answer = await ask('heron.example');
    expect([answer.status, answer.headers['content-type']]).toEqual([
      200,
      expect.stringContaining('application/did+json'),
    ]);
    expect(answer.headers['access-control-allow-origin']).toBe('*');
    const chainId = Number(await app.chain.rpc('eth_chainId'));
    const contract = app.chain.contract.toLowerCase();
    expect(readDid('heron.example', answer.text)).toEqual({
      kind: 'DidRead',
      domain: 'heron.example',
      issuers: [{ chainId, contract, issuer: coop.issuer.toLowerCase(), validFrom: null, validUntil: null }],
    });
    expect(issuersIn('other.example', await ask('OTHER.example'))).toEqual([other.issuer.toLowerCase()]);
  });

  it('names all issuers at its own address', async () => {
    const host = new URL(app.url).host;
    const named = issuersIn(host, await ask(host));
    expect(new Set(named as string[])).toEqual(
      new Set([coop, other].map(({ issuer }) => issuer.toLowerCase())),
    );
  });

  it('gives a co-op its document for a domain that is served elsewhere', async () => {
    const asked = await ask(new URL(app.url).host, '/.well-known/did.json?domain=heron.example');
    expect(issuersIn('heron.example', asked)).toEqual([coop.issuer.toLowerCase()]);
  });

  it.each([
    ['a domain of nobody', '/.well-known/did.json?domain=nobody.example'],
    ['no domain', '/.well-known/did.json?domain=%00'],
    ['two domains', '/.well-known/did.json?domain=heron.example&domain=other.example'],
    ['a domain that is too long', `/.well-known/did.json?domain=${'a'.repeat(3000)}`],
  ])('knows nothing of %s', async (_, path) => {
    const { status, text } = await ask('heron.example', path);
    expect([status, text]).toEqual([404, 'Nobody issues certificates here in the name of this domain.\n']);
  });

  it('fetches the names of others from the public web alone', () => {
    expect(app.nest.get(DID_FETCH, { strict: false })).toEqual({});
  });

  it('is not given more often than a network has reason to ask', async () => {
    // A minute in which nothing was asked yet: long ago.
    await app.clock.freeze(new Date('2026-01-05T10:00:00Z'));
    const answers = await Promise.all(Array.from({ length: 130 }, () => ask('heron.example')));
    const limited = answers.filter(({ status }) => status === 429);
    expect(limited).toHaveLength(10);
    expect(limited[0]?.headers['retry-after']).toBe('60');
  });
});
