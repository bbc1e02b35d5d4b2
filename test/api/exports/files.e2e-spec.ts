import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import library from 'digital-link.js';
import { JobRunner } from '../../../apps/api/src/platform/jobs/index.js';
import { ERC721_METADATA_SCHEMA } from '../../data/erc721-metadata.schema.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import {
  aMadeRun,
  certificatesOf,
  passAll,
  type StoredCertificate,
} from '../../support/builders/certificates.js';
import { aCoop } from '../../support/builders/membership.js';
import { type RawAnswer, rawRequest } from '../../support/raw-http.js';
import { readCode } from '../../support/read-code.js';
import { misfits } from '../../support/schema.js';
import { until } from '../../support/until.js';

const EPCIS_SCHEMA = JSON.parse(
  readFileSync(new URL('../../data/epcis-2.0.schema.json', import.meta.url), 'utf8'),
) as object;

describe('the files of a certificate', () => {
  let app: TestApp;
  let certificate: StoredCertificate;
  let printed: string;
  let gtin: string;
  const get = (path: string): Promise<RawAnswer> => rawRequest(app.url, path);

  beforeAll(async () => {
    app = await startTestApp();
    const run = await aMadeRun(app, await aCoop(app), [1]);
    await app.nest.get(JobRunner).start();
    await passAll(app, run);
    const [first] = await until('a certificate', async () => {
      const all = await certificatesOf(app, run.editionId);
      return all.length === 1 ? all : null;
    });
    if (first === undefined) throw new Error('Expected a certificate.');
    certificate = first;
    gtin = run.gtin;
    printed = `${app.url}/01/${run.gtin}/21/1`;
  });
  afterAll(() => app.stop());

  it('show a token to wallets by the schema of ERC-721', async () => {
    const answer = await get(`/metadata/${certificate.token_id}`);
    expect([answer.status, answer.headers['content-type']]).toEqual([200, 'application/json']);
    expect(answer.headers['access-control-allow-origin']).toBe('*');
    const metadata = JSON.parse(answer.text) as { readonly image: string; readonly name: string };
    expect(misfits(ERC721_METADATA_SCHEMA, metadata)).toEqual([]);
    expect(metadata).toMatchObject({
      name: expect.stringMatching(/, No\. 1 of \d+$/),
      external_url: printed,
      attributes: expect.arrayContaining([{ trait_type: 'Number', value: 1 }]),
    });
    const picture = await get(new URL(metadata.image).pathname);
    expect([picture.status, picture.headers['content-type']]).toEqual([200, 'image/svg+xml']);
    expect(picture.text).toContain(`<title>${metadata.name}</title>`);
    expect(picture.headers['content-security-policy']).toBe("default-src 'none'; sandbox");
  });

  it('print the GS1 Digital Link as a code that another library reads', async () => {
    const { status, text } = await get(`/exports/${certificate.id}/code.svg`);
    expect(status).toBe(200);
    const size = Number(/viewBox="0 0 (\d+) /.exec(text)?.[1]);
    const modules = new Set(
      [...text.matchAll(/M(\d+) (\d+)h1v1h-1z/g)].map(([, x, y]) => `${x ?? ''} ${y ?? ''}`),
    );
    expect(readCode(size, (x, y) => modules.has(`${String(x)} ${String(y)}`))).toBe(printed);
    const parsed = library.DigitalLink(printed);
    expect(parsed.isValid()).toBe(true);
    expect([parsed.getIdentifier(), parsed.getKeyQualifiers()]).toEqual([{ '01': gtin }, { '21': '1' }]);
    // Its last digit checks the others.
    const other = printed.replace(
      gtin,
      gtin.replace(/.$/, (digit) => String((Number(digit) + 1) % 10)),
    );
    expect(library.DigitalLink(other).isValid()).toBe(false);
  });

  it('tell how it was made by the schema of EPCIS 2.0, each event named by its hash', async () => {
    const answer = await get(`/exports/${certificate.id}/epcis.jsonld`);
    expect([answer.status, answer.headers['content-type']]).toEqual([200, 'application/ld+json']);
    const document = JSON.parse(answer.text) as {
      readonly 'touchmark:certificate': string;
      readonly epcisBody: { readonly eventList: readonly Readonly<Record<string, unknown>>[] };
    };
    expect(misfits(EPCIS_SCHEMA, document)).toEqual([]);
    expect(document['touchmark:certificate']).toBe(`${app.url}/certificates/${certificate.id}/bundle`);
    const [first, ...others] = document.epcisBody.eventList;
    expect(first).toMatchObject({
      ...{ action: 'ADD', bizStep: 'commissioning' },
      epcList: [`https://id.gs1.org${new URL(printed).pathname}`],
      eventID: expect.stringMatching(/^ni:\/\/\/sha-256;[0-9a-f]{64}[?]ver=CBV2[.]0$/),
    });
    expect(others.length).toBeGreaterThan(0);
    expect(new Set(document.epcisBody.eventList.map(({ eventID }) => eventID)).size).toBe(others.length + 1);
    expect(
      misfits(EPCIS_SCHEMA, { ...document, epcisBody: { eventList: [{ ...first, action: 'MAKE' }] } }),
    ).not.toEqual([]);
  });

  it.each([
    '/metadata/0',
    '/metadata/1.svg',
    '/metadata/.svg',
    '/metadata/0x12',
    '/metadata/-1',
    `/metadata/${'9'.repeat(78)}`,
    `/metadata/${'9'.repeat(5000)}`,
    '/metadata/%zz',
    '/metadata/%00',
    '/metadata/__proto__',
    '/metadata/',
    '/exports/nobody/code.svg',
    '/exports/01900000-0000-7000-8000-000000000000/code.svg',
    '/exports/%zz/code.svg',
    '/exports/..%2f..%2fetc/passwd',
  ])('are none for %s, and that is no fault', async (path) => {
    expect([400, 404]).toContain((await get(path)).status);
  });

  it('are none for a name that is no file', async () => {
    for (const name of ['code.svg%00', 'constructor', 'key', 'claim-key', 'code.SVG'])
      expect((await get(`/exports/${certificate.id}/${name}`)).status).toBe(404);
  });
});
