import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { JobRunner } from '../../../apps/api/src/platform/jobs/index.js';
import { LINKSET_SCHEMA, RESOLVER_DESCRIPTION_SCHEMA } from '../../data/gs1-linkset.schema.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import { aMadeRun, certificatesOf, passAll } from '../../support/builders/certificates.js';
import { aCoop } from '../../support/builders/membership.js';
import { type RawAnswer, rawRequest } from '../../support/raw-http.js';
import { misfits } from '../../support/schema.js';
import { until } from '../../support/until.js';

const LINKSET = 'application/linkset+json';
const PIP = 'https://ref.gs1.org/voc/pip';
const CERTIFICATE = 'https://ref.gs1.org/voc/certificationInfo';

describe('the printed link, asked by machines', () => {
  let app: TestApp;
  let path: string;
  let id: string;
  const ask = (
    asked: string,
    headers: Readonly<Record<string, string>> = { accept: LINKSET },
    method = 'GET',
  ): Promise<RawAnswer> => rawRequest(app.url, asked, { method, headers });
  const links = async (asked: string): Promise<Record<string, { readonly href: string }[]>> => {
    const { linkset } = JSON.parse((await ask(asked)).text) as {
      readonly linkset: readonly Record<string, { readonly href: string }[]>[];
    };
    return linkset[0] ?? {};
  };

  beforeAll(async () => {
    app = await startTestApp();
    const run = await aMadeRun(app, await aCoop(app), [1]);
    await app.nest.get(JobRunner).start();
    await passAll(app, run);
    const [certificate] = await until('a certificate', async () => {
      const all = await certificatesOf(app, run.editionId);
      return all.length === 1 ? all : null;
    });
    if (certificate === undefined) throw new Error('Expected a certificate.');
    path = `/01/${run.gtin}/21/1`;
    id = certificate.id;
  });
  afterAll(() => app.stop());

  it('answers a linkset that fits the standard and says where it is from', async () => {
    const answer = await ask(path);
    expect([answer.status, answer.headers['content-type']]).toEqual([200, LINKSET]);
    expect(misfits(LINKSET_SCHEMA, JSON.parse(answer.text))).toEqual([]);
    expect(await links(path)).toMatchObject({
      anchor: `${app.url}${path}`,
      [PIP]: [{ href: `${app.url}${path}` }],
      [CERTIFICATE]: expect.arrayContaining([
        expect.objectContaining({ href: `${app.url}/certificates/${id}/bundle` }),
      ]),
    });
    expect(answer.headers.link).toContain(`<${app.url}${path}?linkType=linkset>; rel="linkset"`);
    expect(answer.headers.link).toContain('rel="http://www.w3.org/ns/json-ld#context"');
    expect(answer.headers.vary).toBe('Accept');
    expect(answer.headers['access-control-allow-origin']).toBe('*');
  });

  it('is the same printed link with its digits in percent signs', async () => {
    const coded = path.replace('/01/0', '/%30%31/%30').replace(/1$/, '%31');
    const answer = await ask(coded);
    expect([answer.status, answer.headers['content-type']]).toEqual([200, LINKSET]);
    expect(answer.text).toBe((await ask(path)).text);
  });

  it('takes 13 digits for 14, and another case of the type', async () => {
    expect(path.startsWith('/01/0')).toBe(true);
    const short = path.replace('/01/0', '/01/');
    expect((await ask(short, { accept: 'Application/LinkSet+JSON' })).text).toBe((await ask(path)).text);
  });

  it.each([
    [{ accept: 'application/json' }, '', 'application/json'],
    [{ accept: 'text/html' }, '?linkType=linkset', LINKSET],
    [{ accept: 'text/html' }, '?linkType=all', LINKSET],
    [{ accept: 'text/html;q=0.5, application/linkset+json' }, '', LINKSET],
  ])('answers %j%s with %s', async (headers, query, type) => {
    const answer = await ask(`${path}${query}`, headers);
    expect([answer.status, answer.headers['content-type']]).toEqual([200, type]);
  });

  it.each([
    { accept: 'text/html' },
    { accept: '*/*' },
    { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' },
    { accept: 'text/html, application/linkset+json;q=0.5' },
    {},
  ])('leaves %j to the page', async (headers) => {
    // No pages are mounted here, so the API says that nothing else is at this address.
    const { status, headers: answered } = await ask(path, headers);
    expect([status, answered['content-type']]).toEqual([404, expect.stringContaining('application/json')]);
  });

  it('leads to one link by its type, and passes on what else was asked', async () => {
    const answer = await ask(`${path}?linkType=gs1:pip`, { accept: 'text/html' });
    expect([answer.status, answer.headers.location, answer.text]).toEqual([307, `${app.url}${path}`, '']);
    expect(answer.headers['content-type']).toBeUndefined();
    const full = await ask(`${path}?x=1&linkType=${encodeURIComponent(CERTIFICATE)}`, {
      accept: 'application/json',
    });
    expect(full.headers.location).toBe(`${app.url}/certificates/${id}/bundle?x=1`);
  });

  it('answers HEAD as GET without content, and OPTIONS for any page', async () => {
    const [head, get] = [await ask(path, { accept: LINKSET }, 'HEAD'), await ask(path)];
    expect([head.status, head.bytes.length]).toEqual([200, 0]);
    for (const name of ['content-type', 'content-length', 'link', 'vary', 'etag'])
      expect([name, head.headers[name]]).toEqual([name, get.headers[name]]);
    const options = await ask(
      path,
      { origin: 'https://shop.example', 'access-control-request-method': 'GET' },
      'OPTIONS',
    );
    expect([options.status, options.headers.allow]).toEqual([204, 'GET, HEAD, OPTIONS']);
    expect(options.headers['access-control-allow-methods']).toBe('GET, HEAD, OPTIONS');
    expect(options.headers['access-control-allow-origin']).toBe('*');
  });

  it.each(['gs1:recipeInfo', 'recipeInfo', 'schema:image', 'gs1:__proto__', 'gs1:constructor'])(
    'knows no link of the type %s',
    async (type) => {
      expect((await ask(`${path}?linkType=${type}`)).status).toBe(404);
    },
  );

  it('knows no piece that was not made, and nothing of what it never marks', async () => {
    for (const unknown of [
      path.replace(/1$/, '2'),
      '/01/04006381333931/21/1',
      path.replace('/21/1', ''),
      `${path}00A`,
    ])
      expect((await ask(unknown)).status).toBe(404);
  });

  it('describes itself where the standard wants it', async () => {
    const answer = await ask('/.well-known/gs1resolver', {});
    expect(answer.status).toBe(200);
    expect(answer.headers['access-control-allow-origin']).toBe('*');
    expect(misfits(RESOLVER_DESCRIPTION_SCHEMA, JSON.parse(answer.text))).toEqual([]);
    expect(JSON.parse(answer.text)).toMatchObject({ resolverRoot: app.url, supportedPrimaryKeys: ['01'] });
    const options = await ask('/.well-known/gs1resolver', { origin: 'https://shop.example' }, 'OPTIONS');
    expect([options.status, options.headers.allow]).toEqual([204, 'GET, HEAD, OPTIONS']);
    expect(options.headers['access-control-allow-origin']).toBe('*');
  });

  describe('by hostile hands', () => {
    const bad: [string, (good: string) => string, number][] = [
      [
        'a wrong check digit',
        (good) => good.replace(/\d\/21/, (end) => `${String((Number(end[0]) + 1) % 10)}/21`),
        400,
      ],
      ['a percent sign that is none', (good) => `${good}%zz`, 400],
      ['half a character', (good) => `${good}%C3`, 400],
      ['half a character in its query', (good) => `${good}?linkType=gs1:pip&x=%C3%28`, 400],
      ['a NUL', (good) => `${good}%00`, 400],
      ['a line break in its path', (good) => `${good}%0d%0aSet-Cookie:%20a=b`, 400],
      ['a line break in its link type', (good) => `${good}?linkType=gs1:pip%0d%0aSet-Cookie:%20a=b`, 400],
      ['two link types', (good) => `${good}?linkType=gs1:pip&linkType=gs1:certificationInfo`, 400],
      ['a link type that is a list', (good) => `${good}?linkType[]=gs1:pip&linkType=`, 400],
      ['two contexts', (good) => `${good}?linkType=gs1:pip&context=a&context=b`, 400],
      ['dots', (good) => `/01/..${good}`, 400],
      ['coded dots', (good) => `/01/%2e%2e%2f%2e%2e${good}`, 400],
      ['a doubled slash', (good) => good.replace('/21', '//21'), 400],
      ['a slash at its end', (good) => `${good}/`, 400],
      ['a backslash', (good) => good.replace('/21/', '\\21\\'), 400],
      ['nothing behind its key', () => '/01/', 400],
      ['nothing but its key', () => '/01', 400],
      ['a path that is too long', (good) => `${good}${'1'.repeat(3000)}`, 414],
      ['a query that is too long', (good) => `${good}?linkType=${'a'.repeat(3000)}`, 414],
      ['letters', () => '/01/abcdefghijklmn/21/1', 400],
      ['code', () => '/01/%27%20OR%201=1--/21/1', 400],
    ];
    it.each(bad)('refuses %s, and repeats nothing of it', async (_what, worsen, status) => {
      const asked = worsen(path);
      for (const method of ['GET', 'HEAD']) {
        const answer = await ask(asked, { accept: LINKSET }, method);
        expect([method, answer.status]).toEqual([method, status]);
        expect(answer.headers['set-cookie']).toBeUndefined();
        expect(answer.text).not.toMatch(/Set-Cookie|%2e|OR 1=1|abcdefghij/);
      }
    });

    it('never leads anywhere else by what is passed on', async () => {
      const query = '//evil.example/%0d%0aLocation:%20https://evil.example&@evil.example';
      const answer = await ask(`${path}?linkType=gs1:pip&${query}`, {});
      expect(answer.status).toBe(307);
      expect(new URL(answer.headers.location ?? '').origin).toBe(app.url);
      expect(answer.headers.location).not.toMatch(/[\r\n]/);
    });

    it.each([
      ['an Accept without sense', { accept: ';;;,,,/;q=x' }],
      ['an Accept without end', { accept: `${'a/b,'.repeat(2500)}application/linkset+json` }],
      ['another host', { accept: LINKSET, host: 'evil.example' }],
      [
        'headers of a proxy',
        { accept: LINKSET, 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'ftp' },
      ],
    ])('is not led astray by %s', async (_what, headers) => {
      const answer = await ask(path, headers);
      expect([200, 404]).toContain(answer.status);
      expect(answer.text + String(answer.headers.link)).not.toContain('evil.example');
    });

    it('has a limit for each network', async () => {
      // Limits are by the minute: however slowly these come, they come in one.
      await app.clock.freeze(new Date());
      const statuses = new Set<number>();
      for (let round = 0; round < 35 && !statuses.has(429); round += 1) {
        const answers = await Promise.all(
          Array.from({ length: 20 }, () => ask(path, { accept: LINKSET }, 'HEAD')),
        );
        for (const { status, headers } of answers) {
          statuses.add(status);
          if (status === 429) expect(headers['retry-after']).toBe('60');
        }
      }
      expect([...statuses].sort()).toEqual([200, 429]);
    });

    it('keeps no address of whoever asked, though it counts what each network asks', async () => {
      for (const asked of [path, `/exports/${id}/code.svg`, `/.well-known/did.json?domain=${id}`])
        await ask(asked);
      const kept = await app.database.query<{ key: string }>('select key from rate_limit');
      expect(kept.length).toBeGreaterThan(2);
      for (const { key } of kept) expect(key).not.toMatch(/127[.]0[.]0[.]1|::1|(\b0:){3}/);
    });
  });
});
