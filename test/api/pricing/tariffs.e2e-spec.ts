import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { NO_TARIFF } from '@touchmark/pricing';
import { CODE_CHECKS, tariffJson, tariffOf } from '../../../apps/api/src/pricing/index.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import { aCoop, aMember, signedIn, type TestCoop } from '../../support/builders/membership.js';
import { aTariff, askForTariff } from '../../support/builders/pricing.js';
import { aCell, aWorkshop, type TestCell } from '../../support/builders/workshops.js';

const NOW = '2026-11-18T08:00:00.000Z';
const LATER = '2026-12-01T00:00:00.000Z';

let app: TestApp;
let coop: TestCoop;
let cell: TestCell;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(async () => {
  await app.stop();
});
beforeEach(async () => {
  await app.clock.freeze(new Date(NOW));
  coop = await aCoop(app);
  cell = await aCell(app, await aWorkshop(app, coop));
});

interface InForce {
  tariff: { peerPercent: number; bands: object[]; load: { enabled: boolean } };
  version: { cellId: string | null; setBy: string; validFrom: string } | null;
}

async function inForce(cellId?: string, token = coop.admin.token): Promise<InForce | null> {
  const query = `query ($coopId: ID!, $cellId: ID) { tariff(coopId: $coopId, cellId: $cellId) {
    tariff { peerPercent bands { weekday fromMinute toMinute percent label } load { enabled } }
    version { cellId setBy validFrom } } }`;
  const variables = { coopId: coop.coopId, ...(cellId === undefined ? {} : { cellId }) };
  return (await app.gql<{ tariff: InForce | null }>(query, variables, { token })).tariff;
}

const rowsOf = (): Promise<object[]> =>
  app.database.query('select id, content from tariff where coop_id = $1', [coop.coopId]);

const band = { weekday: 3, fromMinute: 960, toMinute: 1200, percent: 150, label: 'Evening' };

describe('tariffs', () => {
  it('are the base rate alone until one is set, and nothing for a cell that is not there', async () => {
    expect(await inForce(cell.cellId)).toMatchObject({
      tariff: { bands: [], peerPercent: 100 },
      version: null,
    });
    expect(await inForce(randomUUID())).toBeNull();
  });

  it('count for every cell, but for one that has its own, and fall back when that is taken away', async () => {
    const { coopId, cellId } = cell;
    await aTariff(app, coop.admin, { coopId }, { bands: [band], peerPercent: 120 });
    expect(await inForce(cellId)).toMatchObject({
      tariff: { bands: [band], peerPercent: 120 },
      version: { cellId: null, setBy: coop.admin.accountId, validFrom: NOW },
    });
    await aTariff(app, coop.admin, { coopId, cellId }, { peerPercent: 130 });
    expect((await inForce(cellId))?.tariff).toMatchObject({ bands: [], peerPercent: 130 });
    expect((await inForce())?.tariff.peerPercent).toBe(120);
    await aTariff(app, coop.admin, { coopId, cellId }, null);
    expect((await inForce(cellId))?.tariff.peerPercent).toBe(120);
    await aTariff(app, coop.admin, { coopId }, null);
    expect(await inForce(cellId)).toMatchObject({ tariff: { peerPercent: 100 }, version: null });
  });

  it('can be announced, and count from that very moment', async () => {
    const { coopId, cellId } = cell;
    await aTariff(app, coop.admin, { coopId, validFrom: LATER }, { peerPercent: 140 });
    await app.clock.freeze(new Date(Date.parse(LATER) - 1));
    const token = await signedIn(app, coop.admin.email);
    expect((await inForce(cellId, token))?.tariff.peerPercent).toBe(100);
    await app.clock.step(1);
    expect((await inForce(cellId, token))?.tariff.peerPercent).toBe(140);
  });

  it('list all that was set, newest and announced first, page by page', async () => {
    const { coopId } = cell;
    await aTariff(app, coop.admin, { coopId, validFrom: LATER }, { peerPercent: 140 });
    await aTariff(app, coop.admin, { coopId }, { peerPercent: 110 });
    await aTariff(app, coop.admin, { coopId }, { peerPercent: 120 });
    await aTariff(app, coop.admin, { coopId, cellId: cell.cellId }, { peerPercent: 999 });
    const query = `query ($coopId: ID!, $cellId: ID, $after: String) { tariffVersions(coopId: $coopId, cellId: $cellId,
      first: 2, after: $after) { edges { node { tariff { peerPercent } } } pageInfo { endCursor hasNextPage } } }`;
    const page = async (more: object): Promise<[number[], string, boolean]> => {
      const { tariffVersions } = await app.gql<{
        tariffVersions: {
          edges: { node: { tariff: { peerPercent: number } } }[];
          pageInfo: { endCursor: string; hasNextPage: boolean };
        };
      }>(query, { coopId, ...more }, { token: coop.admin.token });
      const { edges, pageInfo } = tariffVersions;
      return [edges.map(({ node }) => node.tariff.peerPercent), pageInfo.endCursor, pageInfo.hasNextPage];
    };
    const [first, after, more] = await page({});
    expect([first, more]).toEqual([[140, 120], true]);
    expect((await page({ after }))[0]).toEqual([110]);
    expect((await page({ cellId: cell.cellId }))[0]).toEqual([999]);
  });

  it.each([
    [
      { load: { ...NO_TARIFF.load, floorPercent: 120, ceilingPercent: 80 } },
      { __typename: 'FloorAboveCeiling', floorPercent: 120, ceilingPercent: 80 },
    ],
    [{ bands: [band, { ...band, fromMinute: 1000 }] }, { __typename: 'BandsOverlap', row: 2 }],
    [{ bands: [{ ...band, percent: -1 }] }, { __typename: 'InputRefused', field: 'tariff.bands[0].percent' }],
    [{ peerPercent: 1001 }, { __typename: 'InputRefused', field: 'tariff.peerPercent' }],
    [
      {
        load: {
          ...NO_TARIFF.load,
          utilisation: [
            { atPercent: 50, percent: 120 },
            { atPercent: 50, percent: 130 },
          ],
        },
      },
      { __typename: 'InputRefused', field: 'tariff.load.utilisation[1]' },
    ],
  ])('are refused as %j, and nothing is set', async (tariff, refusal) => {
    expect(await askForTariff(app, coop.admin, { coopId: coop.coopId }, tariff)).toMatchObject(refusal);
    expect(await rowsOf()).toEqual([]);
  });

  it('are refused for the past and for a cell of somebody else', async () => {
    const { coopId } = coop;
    const past = { coopId, validFrom: '2026-11-18T07:59:59.999Z' };
    expect(await askForTariff(app, coop.admin, past, {})).toMatchObject({ field: 'validFrom' });
    const other = await aCell(app, await aWorkshop(app, await aCoop(app)));
    for (const cellId of [other.cellId, randomUUID(), 'print'])
      expect(await askForTariff(app, coop.admin, { coopId, cellId }, {})).toMatchObject({
        __typename: 'NotFound',
      });
    expect(await rowsOf()).toEqual([]);
  });

  it('are set by the treasurer, not by a member', async () => {
    const member = await aMember(app, coop);
    await expect(askForTariff(app, member, { coopId: coop.coopId }, {})).rejects.toThrow(/role/);
    await aTariff(app, await aMember(app, coop, ['treasurer']), { coopId: coop.coopId }, {});
  });

  it('are never changed or taken out of the history', async () => {
    await aTariff(app, coop.admin, { coopId: coop.coopId }, { peerPercent: 120 });
    for (const change of [`update tariff set content = null`, 'delete from tariff', 'truncate tariff'])
      await expect(app.database.query(change)).rejects.toThrow('append-only');
  });

  it('are found by the check when one was stored that cannot be', async () => {
    const [check] = CODE_CHECKS;
    const find = (): Promise<readonly object[]> | undefined =>
      check?.find((text) => app.database.query(text));
    await aTariff(app, coop.admin, { coopId: coop.coopId }, { bands: [band] });
    expect(await find()).toEqual([]);
    const content = JSON.stringify({ ...NO_TARIFF, peerPercent: -5 });
    await app.database.query(
      'insert into tariff (coop_id, valid_from, set_by, set_at, content) values ($1, $2, $3, $2, $4)',
      [coop.coopId, NOW, coop.admin.accountId, content],
    );
    expect(await find()).toHaveLength(1);
  });

  it('reach a quote by one expression, read once for each text', async () => {
    const { coopId, cellId } = cell;
    const read = async (): Promise<string | null> => {
      const [row] = await app.database.query<{ text: string | null }>(
        `select ${tariffJson('$1', '$2')} as text`,
        [coopId, cellId],
      );
      return row?.text ?? null;
    };
    expect(tariffOf(await read())).toBe(NO_TARIFF);
    await aTariff(app, coop.admin, { coopId }, { bands: [band] });
    await aTariff(app, coop.admin, { coopId, cellId, validFrom: LATER }, { bands: [] });
    const text = await read();
    expect(tariffOf(text)).toEqual({ ...NO_TARIFF, bands: [band] });
    expect(tariffOf(text)).toBe(tariffOf(await read()));
  });
});
