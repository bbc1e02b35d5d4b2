import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Hex } from '../hex.js';
import { didDocument, type NamedIssuer } from './did-document.js';
import { domainProblem } from './domain.js';
import { MAX_DID_BYTES, namesIssuer, readDid } from './read-did.js';

const address = (digit: string): Hex => `0x${digit.repeat(40)}`;
const home = { chainId: 31337, contract: address('c') };
const other = { chainId: 1, contract: address('c') };
const issuer = address('a');
const ever = { validFrom: null, validUntil: null };

function read(issuers: readonly NamedIssuer[], domain = 'coop.example') {
  return readDid(domain, JSON.stringify(didDocument('coop.example', issuers, [])));
}

function named(issuers: readonly NamedIssuer[], at: number, where = home): boolean {
  const did = read(issuers);
  return did.kind === 'DidRead' && namesIssuer(did, where, issuer, at);
}

describe('the did.json of a domain', () => {
  it('names an issuer at its one chain and contract, and at no other', () => {
    const issuers = [{ ...home, issuer, ...ever }];
    expect(named(issuers, 5)).toBe(true);
    expect(named(issuers, 5, other)).toBe(false);
    expect(named(issuers, 5, { ...home, contract: address('d') })).toBe(false);
    expect(named([{ ...home, issuer: address('b'), ...ever }], 5)).toBe(false);
  });

  it('names a home for its time, from its first second to before its last', () => {
    const issuers = [{ ...home, issuer, validFrom: 100, validUntil: 200 }];
    expect([99, 100, 199, 200].map((at) => named(issuers, at))).toEqual([false, true, true, false]);
  });

  it('is refused when one issuer has two homes at one time', () => {
    const first = { ...home, issuer, validFrom: null, validUntil: 200 };
    const then = { ...other, issuer, validFrom: 200, validUntil: null };
    expect(read([then, first]).kind).toBe('DidRead');
    expect(read([first, { ...then, validFrom: 199 }]).kind).toBe('DidRefused');
    expect(read([first, { ...then, validFrom: null }]).kind).toBe('DidRefused');
    expect(
      read([
        { ...home, issuer, ...ever },
        { ...other, issuer, ...ever },
      ]).kind,
    ).toBe('DidRefused');
  });

  it('is refused when it is that of another domain', () => {
    expect(read([], 'other.example')).toEqual({
      kind: 'DidRefused',
      message: 'The did.json of other.example is refused: its id is not did:web:other.example.',
    });
  });

  it('carries the keys of credentials beside the issuers', () => {
    const document = didDocument(
      'localhost:3000',
      [],
      [{ name: 'credentials', jwk: { kty: 'EC', crv: 'P-256' } }],
    );
    const id = 'did:web:localhost%3A3000';
    expect(document).toMatchObject({
      id,
      verificationMethod: [{ id: `${id}#credentials`, controller: id, publicKeyJwk: { kty: 'EC' } }],
      assertionMethod: [`${id}#credentials`],
    });
  });

  it.each([
    ['no JSON', 'did'],
    ['a list', '[]'],
    ['services that are no list', '{"id":"did:web:coop.example","service":{}}'],
    ['an endpoint of another form', service({ serviceEndpoint: `31337:${home.contract}:${issuer}` })],
    ['an endpoint that is no text', service({ serviceEndpoint: [1] })],
    [
      'a chain beyond all numbers',
      service({ serviceEndpoint: `touchmark:9999999999999999:${issuer}:${issuer}` }),
    ],
    ['a date that is none', service({ serviceEndpoint: endpoint(), validFrom: 'yesterday' })],
    ['too much', ' '.repeat(MAX_DID_BYTES + 1)],
  ])('is refused when it is %s', (_, content) => {
    expect(readDid('coop.example', content).kind).toBe('DidRefused');
  });

  it('passes over what is about something else', () => {
    const services = [null, 'x', { type: 'LinkedDomains', serviceEndpoint: 'https://coop.example' }];
    const content = JSON.stringify({ id: 'did:web:coop.example', service: services });
    expect(readDid('coop.example', content)).toMatchObject({ kind: 'DidRead', issuers: [] });
  });

  it('answers any text and any JSON, and never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (content) => {
        expect(['DidRead', 'DidRefused']).toContain(readDid('coop.example', content).kind);
      }),
    );
  });
});

describe('a domain', () => {
  it.each(['example.org', 'coop.touchmark.test', 'xn--bcher-kva.example', 'a-1.b2.co'])(
    'can be %s',
    (domain) => {
      expect(domainProblem(domain)).toBeNull();
    },
  );

  it.each([
    ...[
      '',
      'localhost',
      'a.localhost',
      'printer.local',
      'db.internal',
      'x.onion',
      'Example.org',
      'example.org.',
    ],
    ...[
      '127.0.0.1',
      '0x7f.1',
      'a.0x1',
      '[::1]',
      'a..b',
      '-a.org',
      'a-.org',
      'a_b.org',
      `${'a'.repeat(64)}.org`,
    ],
    ...[
      'example.org:8443',
      'example.org/x',
      'u@example.org',
      'exa mple.org',
      'example.org\n',
      'a'.repeat(260),
    ],
  ])('is not %j', (domain) => {
    expect(domainProblem(domain)).not.toBeNull();
  });
});

function endpoint(): string {
  return `touchmark:31337:${home.contract}:${issuer}`;
}

function service(members: Readonly<Record<string, unknown>>): string {
  const entry = { id: '#1', type: 'TouchmarkIssuer', ...members };
  return JSON.stringify({ id: 'did:web:coop.example', service: [entry] });
}
