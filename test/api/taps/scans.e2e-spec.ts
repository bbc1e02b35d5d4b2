import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Type } from '@nestjs/common';
import { Database } from '../../../apps/api/src/platform/database/index.js';
import { Jobs } from '../../../apps/api/src/platform/jobs/index.js';
import { AnomaliesRepository } from '../../../apps/api/src/taps/anomalies.repository.js';
import { ForgetScans, SCANS_KEPT_DAYS } from '../../../apps/api/src/taps/forget-scans/forget-scans.js';
import { CHECKS, RecordScan } from '../../../apps/api/src/taps/index.js';
import { regionIn } from '../../../apps/api/src/taps/record-scan/place.js';
import { SCANS_PER_MINUTE } from '../../../apps/api/src/taps/record-scan/record-scan.js';
import { NETWORKS_TOLD_APART, ScansRepository } from '../../../apps/api/src/taps/scans.repository.js';
import { TagsRepository } from '../../../apps/api/src/taps/tags.repository.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import { aCoop, aMember, signedIn, type TestCoop } from '../../support/builders/membership.js';
import { certifiedPieces, type TestPieces } from '../../support/builders/taps.js';
import { until } from '../../support/until.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const ANOMALIES = `query ($coopId: ID!, $first: Int!, $after: String) {
  scanAnomalies(coopId: $coopId, first: $first, after: $after) { pageInfo { hasNextPage endCursor }
    edges { node { serial pattern times networks regions details firstAt lastAt edition { gtin } } } } }`;

interface Anomaly {
  readonly serial: number;
  readonly pattern: string;
  readonly networks: number;
  readonly regions: readonly string[];
  readonly details: string;
  readonly edition: { readonly gtin: string };
}
interface Page {
  readonly edges: readonly { readonly node: Anomaly }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}

/** An address of the documentation range, each in a network of its own. */
const ip = (n: number): string => `198.51.${String(n >> 8)}.${String(n & 255)}`;

describe('scans', () => {
  let app: TestApp;
  let coop: TestCoop;
  let pieces: TestPieces;
  let day: Date;
  let serial = 0;

  beforeAll(async () => {
    app = await startTestApp({ env: { REGION_HEADER: 'Cf-IPCountry', CHECKS_PER_MINUTE: '100000' } });
    coop = await aCoop(app);
    pieces = await certifiedPieces(app, coop, 12);
    day = new Date('2027-01-11T00:00:00Z');
  });
  afterAll(async () => {
    await app.stop();
  });
  // Each test has a piece and a day of its own.
  beforeEach(async () => {
    serial += 1;
    day = new Date(day.getTime() + DAY_MS);
    await app.clock.freeze(new Date(day.getTime() + 9.25 * HOUR_MS));
  });

  const scan = (network: number, region = '') =>
    app.nest.get(RecordScan, { strict: false }).run({ gtin: pieces.gtin, serial }, ip(network), region);
  const noticeOf = async (gtin = pieces.gtin): Promise<string | null> => {
    const { verify } = await app.gql<{ verify: { scanNotice: string | null } }>(
      'query ($input: VerifyInput!) { verify(input: $input) { scanNotice } }',
      { input: { gtin, serial } },
    );
    return verify.scanNotice;
  };
  const listed = async (first = 100, after: string | null = null, of = coop): Promise<Page> => {
    const member = of === coop ? pieces.operator : of.admin;
    const token = await signedIn(app, member.email);
    return (await app.gql<{ scanAnomalies: Page }>(ANOMALIES, { coopId: of.coopId, first, after }, { token }))
      .scanAnomalies;
  };
  const anomalies = async (): Promise<Anomaly[]> =>
    (await listed()).edges.map(({ node }) => node).filter((node) => node.serial === serial);
  const rows = <Row extends object>(sql: string): Promise<Row[]> =>
    app.database.query<Row & Record<string, unknown>>(sql);
  // Sweeps of the worker may be at it as well; a new one has not run yet.
  const forget = (): Promise<number> => {
    const of = <Part>(part: Type<Part>): Part => app.nest.get(part, { strict: false });
    return new ForgetScans(
      of(Database),
      of(ScansRepository),
      of(TagsRepository),
      of(AnomaliesRepository),
      new Jobs(),
    ).run();
  };

  it('are counted by hour and network, twenty at once in one row', async () => {
    await Promise.all(Array.from({ length: 20 }, () => scan(1)));
    await scan(2);
    const counted = await rows<{ times: number }>(
      `select times from scan where serial = ${String(serial)} order by times`,
    );
    expect(counted.map(({ times }) => times)).toEqual([1, 20]);
    expect(await noticeOf()).toBeNull();
    expect(await anomalies()).toEqual([]);
  });

  it('in two countries within an hour are told in general words, and to the co-op in detail', async () => {
    await scan(1, 'DE');
    expect(await noticeOf()).toBeNull();
    const answer = await scan(2, 'US');
    const notice = await noticeOf();
    expect(answer).toMatchObject({ kind: 'ScanRecorded', scanNotice: notice });
    expect(notice).toContain('places too far apart');
    expect(notice).not.toMatch(/DE|US|198|\d/);
    expect(await anomalies()).toMatchObject([
      {
        pattern: 'PLACES_AT_ONCE',
        regions: ['DE', 'US'],
        details: expect.stringContaining('DE, US'),
        edition: { gtin: pieces.gtin },
      },
    ]);
    await app.clock.step(7 * DAY_MS + 1);
    expect(await noticeOf()).toBeNull();
  });

  it('in two countries in two hours are not odd, and neither is a country that nobody knows', async () => {
    await scan(1, 'DE');
    await scan(2);
    await app.clock.step(HOUR_MS);
    await scan(3, 'US');
    expect(await noticeOf()).toBeNull();
  });

  it('from many networks in a day are told, and from as many in two days are not', async () => {
    for (let n = 0; n < 20; n += 1) await scan(n);
    await app.clock.step(15 * HOUR_MS);
    for (let n = 0; n < 29; n += 1) await scan(n);
    expect(await noticeOf()).toBeNull();
    await scan(29);
    expect(await noticeOf()).toContain('unusually often');
    expect(await anomalies()).toMatchObject([{ pattern: 'MANY_NETWORKS', networks: 30 }]);
  });

  it('are counted together beyond a hundred networks in an hour, so that a flood adds no rows', async () => {
    for (let n = 0; n < NETWORKS_TOLD_APART + 40; n += 1) await scan(n, 'DE');
    const [sum] = await rows<{ rows: number; times: number }>(
      `select count(*)::int as rows, sum(times)::int as times from scan where serial = ${String(serial)}`,
    );
    expect(sum).toEqual({ rows: NETWORKS_TOLD_APART + 1, times: NETWORKS_TOLD_APART + 40 });
  });

  it('are not counted beyond what one network may open in a minute', async () => {
    const kinds = [];
    for (let n = 0; n < SCANS_PER_MINUTE.network + 5; n += 1) kinds.push((await scan(1)).kind);
    expect(kinds.filter((kind) => kind === 'TooManyScans')).toHaveLength(5);
    expect(await rows(`select times from scan where serial = ${String(serial)}`)).toEqual([
      { times: SCANS_PER_MINUTE.network },
    ]);
  });

  it('of pieces that were never made are not counted', async () => {
    const record = app.nest.get(RecordScan, { strict: false });
    const before = await rows('select 1 from scan');
    for (const input of [
      { gtin: pieces.gtin, serial: 4000 },
      { gtin: '04012345000016', serial: 1 },
      { gtin: 'x', serial: -1 },
    ])
      expect(await record.run(input, ip(1), 'DE')).toMatchObject({ kind: 'NotFound' });
    expect(await rows('select 1 from scan')).toHaveLength(before.length);
  });

  it('keep no address, and are other hashes the next day', async () => {
    await scan(77, 'DE');
    await app.clock.step(DAY_MS);
    await scan(77, 'DE');
    const hashes = await rows<{ network: Buffer }>(
      `select network from scan where serial = ${String(serial)}`,
    );
    expect(new Set(hashes.map(({ network }) => network.toString('hex'))).size).toBe(2);
    for (const table of ['scan', 'scan_day', 'scan_anomaly', 'network_key', 'rate_limit', 'shown_tap']) {
      const [text] = await rows<{ all: string }>(
        `select coalesce(string_agg(t::text, ' '), '') || coalesce(string_agg(encode(t::text::bytea, 'escape'), ' '), '') as all from ${table} t`,
      );
      expect(text?.all).not.toContain(ip(77));
      expect(text?.all).not.toContain(Buffer.from(ip(77)).toString('hex'));
    }
  });

  it('can be told of no network once the key of their day is gone, after two days', async () => {
    await scan(1);
    const keys = () => rows<{ day: string }>('select day::text from network_key order by day');
    const today = day.toISOString().slice(0, 10);
    await app.clock.step(DAY_MS);
    await forget();
    expect((await keys()).map((key) => key.day)).toContain(today);
    await app.clock.step(DAY_MS);
    await until('the key to be gone', async () => {
      await forget();
      return (await keys()).every((key) => key.day !== today);
    });
  });

  it('are summed up by day when their time is over, and lose none', async () => {
    for (const [network, region] of [
      [1, 'DE'],
      [1, 'DE'],
      [2, 'FR'],
      [3, ''],
    ] as const)
      await scan(network, region);
    await app.clock.step((SCANS_KEPT_DAYS + 1) * DAY_MS);
    await until('the scans to be summed up', async () => {
      await Promise.all(Array.from({ length: 5 }, () => forget()));
      return (await rows(`select 1 from scan where serial = ${String(serial)}`)).length === 0;
    });
    expect(
      await rows(`select times, networks, regions from scan_day where serial = ${String(serial)}`),
    ).toEqual([{ times: 4, networks: 3, regions: ['DE', 'FR'] }]);
  });

  it('come from a page with the country that the proxy wrote, and with none that it did not', async () => {
    const record = (headers: Record<string, string>) =>
      app.gql<{ recordScan: { __typename: string; scanNotice: string | null } }>(
        'mutation ($input: RecordScanInput!) { recordScan(input: $input) { __typename ... on ScanRecorded { scanNotice } } }',
        { input: { gtin: pieces.gtin, serial } },
        { headers },
      );
    for (const headers of [{ 'cf-ipcountry': 'de-BE' }, { 'x-country': 'US' }, { 'cf-ipcountry': 'T1' }])
      expect(await record(headers)).toEqual({ recordScan: { __typename: 'ScanRecorded', scanNotice: null } });
    const regions = await rows<{ region: string }>(
      `select region from scan where serial = ${String(serial)} order by region`,
    );
    expect(regions).toEqual([{ region: '' }, { region: 'DE' }]);
    expect([regionIn('XX'), regionIn(['DE', 'US']), regionIn(undefined), regionIn("DE'--")]).toEqual([
      '',
      '',
      '',
      '',
    ]);
  });

  it('that are odd are listed to their own co-op alone, page by page', async () => {
    await scan(1, 'DE');
    await scan(2, 'FR');
    const other = await aCoop(app);
    expect((await listed(100, null, other)).edges).toEqual([]);
    const first = await listed(1);
    expect(first.pageInfo.hasNextPage).toBe(true);
    const second = await listed(1, first.pageInfo.endCursor);
    expect([...first.edges, ...second.edges].map(({ node }) => node)).toHaveLength(2);
    expect(first.edges[0]?.node).not.toEqual(second.edges[0]?.node);
    const member = await aMember(app, coop, ['member']);
    const refused = await app.ask(ANOMALIES, { coopId: coop.coopId, first: 1 }, member);
    expect(refused.errors[0]?.extensions?.code).toBe('FORBIDDEN');
  });

  it('keep the invariants of live data', async () => {
    await forget();
    for (const check of CHECKS) {
      expect([check.name, await app.database.query(check.violations)]).toEqual([check.name, []]);
    }
  });
});
