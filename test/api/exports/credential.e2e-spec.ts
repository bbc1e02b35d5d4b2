import type { INestApplicationContext } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addressOfKey, decideVerdict, factsFromBundle, parseBundle, trustOf } from '@touchmark/certificates';
import { type JWK, compactVerify, decodeProtectedHeader, generateKeyPair, importJWK } from 'jose';
import { JobRunner } from '../../../apps/api/src/platform/jobs/index.js';
import { collectorReceiptsAbi } from '@touchmark/contracts';
import { ERC721_METADATA_SCHEMA } from '../../data/erc721-metadata.schema.js';
import { CREDENTIAL_SCHEMA } from '../../data/verifiable-credential.schema.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import {
  aMadeRun,
  allFinal,
  bundleOf,
  certificatesOf,
  passAll,
  startPublisher,
  type StoredCertificate,
  verified as checked,
} from '../../support/builders/certificates.js';
import { chainReader, readyIssuer } from '../../support/builders/chain.js';
import { claimIn, claimed, sealedKeyOf, signedClaim } from '../../support/builders/claims.js';
import { aCoop, type TestCoop } from '../../support/builders/membership.js';
import { START, type TestRun } from '../../support/builders/production.js';
import { type RawAnswer, rawRequest } from '../../support/raw-http.js';
import { quadsOf, refusalOf } from '../../support/read-credential.js';
import { misfits } from '../../support/schema.js';
import { until } from '../../support/until.js';

const DOMAIN = 'heron.example';

interface Credential {
  readonly id: string;
  readonly issuer: { readonly id: string };
  readonly validFrom: string;
  readonly validUntil: string;
  readonly credentialSubject: Readonly<Record<string, unknown>>;
  readonly evidence: readonly { readonly bundle: string; readonly digestSRI: string }[];
}

interface Did {
  readonly id: string;
  readonly assertionMethod: readonly string[];
  readonly verificationMethod: readonly { readonly id: string; readonly publicKeyJwk: JWK }[];
}

describe('a certificate as a verifiable credential', () => {
  let app: TestApp;
  let coop: TestCoop;
  let run: TestRun;
  let certificate: StoredCertificate;
  let beforeFinality: RawAnswer;
  let jwt: string;
  const stops: (() => Promise<unknown>)[] = [];
  const file = (id: string): Promise<RawAnswer> => rawRequest(app.url, `/exports/${id}/credential.jwt`);
  const didJson = async (url = app.url): Promise<Did> =>
    JSON.parse((await rawRequest(url, `/.well-known/did.json?domain=${DOMAIN}`)).text) as Did;
  /** As any verifier does it: the key that the header names, from the did.json of the issuer as it is served. */
  const verified = async (text: string): Promise<Credential> => {
    const did = await didJson();
    const { kid } = decodeProtectedHeader(text);
    const method = did.verificationMethod.find(({ id }) => id === kid);
    if (method === undefined || !did.assertionMethod.includes(method.id)) throw new Error('No such key.');
    const { payload } = await compactVerify(text, await importJWK(method.publicKeyJwk, 'ES256'));
    return JSON.parse(new TextDecoder().decode(payload)) as Credential;
  };

  beforeAll(async () => {
    app = await startTestApp({ env: { CREDENTIALS: 'on', CHECKS_PER_MINUTE: '1000' } });
    stops.push(() => app.stop());
    await app.clock.freeze(START);
    coop = await aCoop(app, { domain: DOMAIN });
    const made = await aMadeRun(app, coop, [1]);
    run = made;
    await app.nest.get(JobRunner).start();
    // A sale opens only when the issuer stands on chain; this drop was opened by hand.
    await readyIssuer(app, coop.coopId);
    await passAll(app, made);
    const [first] = await until('a certificate', async () => {
      const all = await certificatesOf(app, run.editionId);
      return all.length === 1 ? all : null;
    });
    if (first === undefined) throw new Error('Expected a certificate.');
    certificate = first;
    beforeFinality = await file(certificate.id);
    const publisher: INestApplicationContext = await startPublisher(app);
    stops.push(() => publisher.close());
    await until('the credential', async () => {
      await allFinal(app, coop.coopId);
      const answer = await file(certificate.id);
      jwt = answer.text;
      return answer.status === 200;
    });
  });
  afterAll(async () => {
    for (const stop of stops.reverse()) await stop();
  });

  it('is there only after finality', () => {
    expect([beforeFinality.status, beforeFinality.headers['cache-control']]).toEqual([409, 'no-store']);
    expect(beforeFinality.text).toContain('it is PROVISIONAL');
  });

  it('is verified by the key in did.json as it is served, and says what it is', async () => {
    const { alg, typ, cty, kid } = decodeProtectedHeader(jwt);
    expect([alg, typ, cty]).toEqual(['ES256', 'vc+jwt', 'vc']);
    expect(kid).toMatch(/^did:web:heron[.]example#es256-/);
    const credential = await verified(jwt);
    expect(misfits(CREDENTIAL_SCHEMA, credential)).toEqual([]);
    expect(credential).toMatchObject({
      id: `${app.url}/exports/${certificate.id}/credential.jwt`,
      issuer: { id: `did:web:${DOMAIN}` },
      credentialSubject: {
        id: `${app.url}/01/${run.gtin}/21/1`,
        serial: 1,
        token: { tokenId: certificate.token_id },
      },
    });
    expect(Date.parse(credential.validUntil) - Date.parse(credential.validFrom)).toBe(90 * 86_400_000);
  });

  it('is taken by a library of others, which refuses what is amiss in it', async () => {
    const credential = await verified(jwt);
    const from = new Date(credential.validFrom);
    expect(refusalOf(credential, from)).toBeNull();
    const later = new Date(Date.parse(credential.validUntil) + 3_600_000);
    expect(refusalOf(credential, later)).toContain('is after "validUntil"');
    const { issuer, ...nobodys } = credential;
    expect(issuer.id).toBe(`did:web:${DOMAIN}`);
    expect(refusalOf(nobodys, from)).toContain('"issuer" property is required');
    const [evidence] = credential.evidence;
    const untyped = { ...credential, evidence: [{ id: 'https://a.example/1', bundle: evidence?.bundle }] };
    expect(refusalOf(untyped, from)).toContain('must have property type');
  });

  it('means something in each of its terms, to whoever reads it as linked data without a network', async () => {
    const credential = await verified(jwt);
    const quads = await quadsOf(credential);
    const about = `<${app.url}/01/${run.gtin}/21/1>`;
    expect(quads).toEqual(
      expect.arrayContaining([
        `${about} <urn:touchmark:credential:serial> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .`,
        `${about} <https://schema.org/gtin> "${run.gtin}" .`,
        expect.stringMatching(/ <urn:touchmark:credential:passedAt> .*#dateTime> [.]$/),
        expect.stringMatching(/ <urn:touchmark:credential:bundle> "/),
      ]),
    );
    expect(quads.join()).not.toContain('undefined-term');
    const stray = { ...credential, credentialSubject: { ...credential.credentialSubject, colour: 'blue' } };
    await expect(quadsOf(stray)).rejects.toThrow('Safe mode');
  });

  it('carries as evidence the bundle, which is GENUINE without it and without a network', async () => {
    const [evidence] = (await verified(jwt)).evidence;
    const read = parseBundle(evidence?.bundle ?? '');
    if (read.kind === 'BundleRefused' || read.provenBlock === null)
      throw new Error('Expected a proven bundle.');
    const { chainId, contract, issuer } = read.bundle;
    const root = { chainId, contract, issuer, codeHash: null, blockHash: read.provenBlock.hash };
    const facts = factsFromBundle(root, read);
    expect(decideVerdict({ bundle: read, chainFacts: facts, trust: trustOf(root) }).verdict).toBe('GENUINE');
    const digest = createHash('sha256')
      .update(evidence?.bundle ?? '')
      .digest('base64');
    expect(evidence?.digestSRI).toBe(`sha256-${digest}`);
    const kept = parseBundle(await bundleOf(app, certificate.id));
    expect(kept.kind === 'BundleRead' && kept.bundle.signature).toBe(read.bundle.signature);
  });

  it('is refused with one letter changed, and by another key', async () => {
    const [header = '', payload = '', signature = ''] = jwt.split('.');
    const place = Math.floor(payload.length / 2);
    const other = payload[place] === 'A' ? 'B' : 'A';
    const changed = `${payload.slice(0, place)}${other}${payload.slice(place + 1)}`;
    await expect(verified(`${header}.${changed}.${signature}`)).rejects.toThrow(
      'signature verification failed',
    );
    const { publicKey } = await generateKeyPair('ES256');
    await expect(compactVerify(jwt, publicKey)).rejects.toThrow('signature verification failed');
  });

  it('shows of its key the public half alone', async () => {
    const did = await didJson();
    expect(did.verificationMethod.map(({ publicKeyJwk }) => Object.keys(publicKeyJwk).sort())).toEqual([
      ['alg', 'crv', 'kty', 'use', 'x', 'y'],
    ]);
  });

  it('is found from the printed link by its type', async () => {
    const headers = { accept: 'application/vc+jwt' };
    const answer = await rawRequest(app.url, `/01/${run.gtin}/21/1?linkType=gs1:certificationInfo`, {
      headers,
    });
    expect([answer.status, answer.headers.location]).toEqual([
      307,
      `${app.url}/exports/${certificate.id}/credential.jwt`,
    ]);
  });

  it('is not there for a certificate that another hand changed', async () => {
    const change = (from: string, to: string): Promise<unknown> =>
      app.database.query('update certificate set document = replace(document, $2, $3) where id = $1', [
        ...[certificate.id, from, to],
      ]);
    await change('Heron', 'Egret');
    const answer = await file(certificate.id);
    await change('Egret', 'Heron');
    expect([answer.status, answer.text]).toEqual([409, expect.stringContaining('it is NOT_GENUINE')]);
  });

  it('is said to be asked for too often, never to be of a doubtful piece', async () => {
    const env = { DATABASE_URL: app.database.url, CREDENTIALS: 'on', CHECKS_PER_MINUTE: '1' };
    const busy = await startTestApp({ chain: app.chain, env });
    stops.push(() => busy.stop());
    await checked(busy, { certificateId: certificate.id });
    const answer = await rawRequest(busy.url, `/exports/${certificate.id}/credential.jwt`);
    const { 'retry-after': retryAfter, 'cache-control': kept } = answer.headers;
    expect([answer.status, retryAfter, kept]).toEqual([429, '60', 'no-store']);
    expect(answer.text).toContain('nobody looked');
    expect(answer.text).not.toMatch(/GENUINE|UNDETERMINED|PROVISIONAL/);
  });

  it('has its token shown to wallets from the first claim on, where the contract says', async () => {
    const recipient = addressOfKey(`0x${'5a'.repeat(32)}`);
    const claim = await signedClaim(app, certificate.id, recipient, await sealedKeyOf(app, certificate.id));
    const answer = await claimed(app, claim);
    await claimIn(app, answer.claim?.id ?? '', 'CLAIMED');
    const address = await until('the address of the metadata', async () => {
      const told = await chainReader(app.chain).readContract({
        ...{ abi: collectorReceiptsAbi, address: app.chain.contract, functionName: 'tokenURI' },
        args: [BigInt(certificate.token_id)],
      });
      return told === '' ? null : told;
    });
    expect(address).toBe(`${app.url}/metadata/${certificate.token_id}`);
    const metadata: unknown = JSON.parse((await rawRequest(app.url, new URL(address).pathname)).text);
    expect(misfits(ERC721_METADATA_SCHEMA, metadata)).toEqual([]);
    expect(metadata).toMatchObject({ external_url: `${app.url}/01/${run.gtin}/21/1` });
  });

  describe('without a key', () => {
    let keysDir: string;
    beforeAll(() => {
      keysDir = mkdtempSync(join(tmpdir(), 'touchmark-no-credential-key-'));
      cpSync(app.chain.keysDir, keysDir, {
        recursive: true,
        filter: (from) => !from.endsWith('credential.key'),
      });
    });
    afterAll(() => {
      rmSync(keysDir, { recursive: true, force: true });
    });
    const start = (env: Readonly<Record<string, string>>): Promise<TestApp> =>
      startTestApp({ chain: app.chain, env: { KEYS_DIR: keysDir, ...env } });

    it('is issued by nobody, and no process starts that is to issue it', async () => {
      await expect(start({ CREDENTIALS: 'on' })).rejects.toThrow(
        'KEYS_DIR holds no credential.key. Make one with',
      );
      writeFileSync(join(keysDir, 'credential.key'), `0x${'12'.repeat(32)}`);
      const words = await start({ CREDENTIALS: 'on' }).then(() => 'it started', String);
      expect(words).toContain('credential.key is no P-256 key');
      expect(words).not.toContain('1212');
      rmSync(join(keysDir, 'credential.key'));
    });

    it('is no hindrance while credentials are off, or when the environment gives the key', async () => {
      const off = await start({});
      stops.push(() => off.stop());
      expect(
        (await rawRequest(off.url, '/exports/01900000-0000-7000-8000-000000000000/credential.jwt')).status,
      ).toBe(404);
      const own = JSON.parse((await rawRequest(off.url, '/.well-known/did.json')).text) as Did;
      expect(own.verificationMethod).toEqual([]);
      const { privateKey } = await import('node:crypto').then(({ generateKeyPairSync }) =>
        generateKeyPairSync('ec', { namedCurve: 'P-256' }),
      );
      const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString().replaceAll('\n', '\\n');
      const given = await start({ CREDENTIALS: 'on', KEY_CREDENTIAL: pem });
      stops.push(() => given.stop());
      const did = JSON.parse((await rawRequest(given.url, '/.well-known/did.json')).text) as Did;
      expect(did.verificationMethod).toHaveLength(1);
    });
  });
});
