import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Bundle, didDocument, MAX_DID_BYTES, type NamedIssuer } from '@touchmark/certificates';
import { fetchDid } from '../../../apps/verify/src/index.js';
import { anIssuerOnChain, type IssuerOnChain } from '../../support/builders/pieces-on-chain.js';
import { createOwnChain, type OwnChain } from '../../support/chain.js';
import { startWebSite, type WebSite } from '../../support/web-site.js';
import { type Desk, openDesk, reportOf } from './scene.js';

const DOMAIN = 'coop.example';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

describe('the name of an issuer', () => {
  let chain: OwnChain;
  let issuer: IssuerOnChain;
  let piece: Bundle;
  let site: WebSite;
  let answer: Answer;
  const desk: Desk = openDesk();

  const saying =
    (issuers: readonly NamedIssuer[]): Answer =>
    (request, response) => {
      expect(request.url).toBe('/.well-known/did.json');
      response.end(JSON.stringify(didDocument(DOMAIN, issuers, [])));
    };
  const named = (changes: Partial<NamedIssuer> = {}): NamedIssuer => {
    const { chainId, contract } = piece;
    return { chainId, contract, issuer: issuer.address, validFrom: null, validUntil: null, ...changes };
  };
  const judged = async (did: Answer, trusted = true) => {
    answer = did;
    const ca = trusted ? ['--did-ca', desk.file('ca.pem', site.ca)] : [];
    const host = ['--did-host', `${DOMAIN}=127.0.0.1:${String(site.port)}`];
    const rpc = ['--rpc', chain.rpcUrl, '--contract', chain.contract];
    const said = await desk.command([desk.file('b.json', piece), '--json', ...rpc, ...host, ...ca]);
    const { verdict, name, axes } = reportOf(said);
    return { verdict, name, issuer: axes.find(({ axis }) => axis === 'issuer')?.reason };
  };

  beforeAll(async () => {
    chain = await createOwnChain();
    site = await startWebSite(DOMAIN, (request, response) => {
      answer(request, response);
    });
    issuer = await anIssuerOnChain(chain, DOMAIN);
    const edition = await issuer.openEdition();
    const [first] = await issuer.anchor(edition, [issuer.sign(edition, 1)]);
    if (first === undefined) throw new Error('Expected a piece.');
    piece = first;
    await chain.mine(3);
  });
  afterEach(() => {
    answer = (_, response) => response.end();
  });
  afterAll(async () => {
    desk.clear();
    await site.close();
    await chain.close();
  });

  it('is GENUINE by a did.json that names the issuer, and not by one that names another', async () => {
    expect(await judged(saying([named()]))).toMatchObject({ verdict: 'GENUINE', issuer: 'ISSUER_BOUND' });
    for (const other of [
      named({ issuer: `0x${'77'.repeat(20)}` }),
      named({ contract: `0x${'77'.repeat(20)}` }),
      named({ chainId: 1 }),
      named({ validUntil: piece.inclusion?.time ?? 0 }),
    ])
      expect(await judged(saying([other]))).toMatchObject({
        verdict: 'UNDETERMINED',
        issuer: 'ISSUER_NAME_NOT_CHECKED',
        name: { kind: 'NotConfirmed' },
      });
  });

  it('stays with what was anchored in its time after a home has ended', async () => {
    const ended = named({ validUntil: (piece.inclusion?.time ?? 0) + 1 });
    expect((await judged(saying([ended]))).verdict).toBe('GENUINE');
  });

  it('is not confirmed by a server whose certificate nobody was told to trust', async () => {
    const { verdict, name } = await judged(saying([named()]), false);
    expect([verdict, name.message]).toEqual(['UNDETERMINED', expect.stringContaining('SELF_SIGNED')]);
  });

  it.each<[string, RegExp, Answer]>([
    ['a redirect', /redirects elsewhere/, (_, response) => response.writeHead(302, { location: '/x' }).end()],
    ['an error', /HTTP status 500/, (_, response) => response.writeHead(500).end()],
    ['too much', /more than \d+ bytes/, (_, response) => response.end('a'.repeat(MAX_DID_BYTES + 1))],
    ['nothing', /not a JSON object/, (_, response) => response.end()],
    ['half an answer', /does not answer/, (_, response) => response.write('{') && response.destroy()],
    ['another domain', /its id is not/, (_, response) => response.end('{"id":"did:web:other.example"}')],
  ])('is not confirmed by %s', async (_, words, did) => {
    const { verdict, name } = await judged(did);
    expect([verdict, name.message]).toEqual(['UNDETERMINED', expect.stringMatching(words)]);
  });

  it('is not confirmed by a server that never ends', async () => {
    answer = (_, response) => response.write('{');
    const how = { ca: site.ca, connectTo: site, timeoutMs: 300 };
    expect(await fetchDid(DOMAIN, how)).toMatchObject({
      kind: 'DidRefused',
      message: expect.stringContaining('in time'),
    });
  });

  it('leads to no private address, whatever the domain resolves to, and asks nothing there', async () => {
    const before = site.requests();
    for (const addresses of [['127.0.0.1'], ['::1'], ['169.254.169.254'], ['1.1.1.1', '10.0.0.1'], []])
      expect(await fetchDid(DOMAIN, { ca: site.ca, resolve: async () => addresses })).toMatchObject({
        message: expect.stringContaining('not on the public internet'),
      });
    for (const domain of [
      'localhost',
      '127.0.0.1',
      'coop.example:8443',
      'coop.example/x',
      'printer.local',
      '',
    ])
      expect((await fetchDid(domain, { resolve: async () => ['1.1.1.1'] })).kind).toBe('DidRefused');
    expect(site.requests()).toBe(before);
  });

  it('is refused, not waited for, when the names of domains do not resolve', async () => {
    const never = new Promise<string[]>(() => undefined);
    expect(await fetchDid(DOMAIN, { timeoutMs: 50, resolve: () => never })).toMatchObject({
      message: expect.stringContaining('in time'),
    });
  });
});
