import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TestApp, startTestApp } from '../../support/app.js';
import {
  type TestCoop,
  type TestPerson,
  aBrand,
  aCollector,
  aCoop,
  aMember,
} from '../../support/builders/membership.js';
import {
  DAY_MS,
  PLACE_ORDER,
  anOpenDrop,
  anOrder,
  askForUnits,
  brokenInvariants,
  orderStates,
  seenDrop,
} from '../../support/builders/orders.js';
import { until } from '../../support/until.js';

const ORDER = `query ($coopId: ID!, $id: ID!) { order(coopId: $coopId, id: $id) {
  id quantity unitPriceMinor amountMinor refundedMinor currency state drop { id edition { gtin } } } }`;

describe('an order', () => {
  let app: TestApp;
  let coop: TestCoop;
  let collector: TestPerson;
  beforeAll(async () => {
    app = await startTestApp({ worker: true });
    coop = await aCoop(app);
    collector = await aCollector(app);
  });
  afterAll(async () => {
    expect(await brokenInvariants(app)).toEqual({});
    await app.stop();
  });

  const seen = async (id: string, caller: object) =>
    (await app.gql<{ order: { state: string } | null }>(ORDER, { coopId: coop.coopId, id }, caller)).order;

  it.each(['12', '2026-02-31T00:00:00.000Z', '+012026-01-01T00:00:00.000Z'])(
    'has no page after %s, which is no instant of ours',
    async (at) => {
      const after = Buffer.from(JSON.stringify([at, randomUUID()])).toString('base64url');
      const { errors } = await app.ask(
        `query ($after: String) { myOrders(after: $after) { edges { cursor } } }`,
        { after },
        collector,
      );
      expect(errors[0]?.extensions?.code).toBe('BAD_USER_INPUT');
    },
  );

  it('holds its units for 15 minutes and is paid as soon as the provider has the money', async () => {
    const drop = await anOpenDrop(app, coop);
    const answer = await askForUnits(app, collector, drop, { quantity: 3 });
    const { order } = answer;
    expect(answer).toMatchObject({
      order: { state: 'AWAITING_PAYMENT', amountMinor: '13500', currency: 'EUR' },
    });
    expect(Date.parse(order?.payBy ?? '') - Date.parse(order?.placedAt ?? '')).toBe(15 * 60_000);
    const paid = await until('the order to be paid', async () => {
      const now = await seen(order?.id ?? '', collector);
      return now?.state === 'PAID' && now;
    });
    expect(paid).toMatchObject({
      quantity: 3,
      unitPriceMinor: '4500',
      refundedMinor: '0',
      drop: { id: drop.dropId },
    });
    expect(await seenDrop(app, drop)).toMatchObject({ unitsLeft: 47, unitsOrdered: 3 });
  });

  it('is placed once for one request, and refuses the request with another input', async () => {
    const drop = await anOpenDrop(app, coop);
    const requestId = randomUUID();
    const [first, again] = [
      await askForUnits(app, collector, drop, { requestId }),
      await askForUnits(app, collector, drop, { requestId }),
    ];
    expect(again.order?.id).toBe(first.order?.id);
    expect(await seenDrop(app, drop)).toMatchObject({ unitsOrdered: 1 });
    expect(await askForUnits(app, collector, drop, { requestId, quantity: 2 })).toMatchObject({
      __typename: 'RequestIdReused',
    });
  });

  it('says how many units are left when it asks for more, and may then take those', async () => {
    const drop = await anOpenDrop(app, coop, { edition: { size: 5 } });
    await anOrder(app, collector, drop, { quantity: 3 });
    const requestId = randomUUID();
    expect(await askForUnits(app, collector, drop, { quantity: 3, requestId })).toMatchObject({
      __typename: 'SoldOut',
      unitsLeft: 2,
    });
    // A refusal stores nothing, so the same request may come again with another input.
    expect(await askForUnits(app, collector, drop, { quantity: 2, requestId })).toMatchObject({
      __typename: 'OrderPlaced',
    });
  });

  it.each([
    ['quantity', { quantity: 0 }],
    ['quantity', { quantity: -1 }],
    ['quantity', { quantity: 1001 }],
    ['paymentMethod', { paymentMethod: 'card' }],
    ['paymentMethod', { paymentMethod: 'sandbox-delay-' }],
    ['paymentMethod', { paymentMethod: 'sandbox-delay-99999999' }],
  ])('is refused for its %s in %j', async (field, overrides) => {
    const drop = await anOpenDrop(app, coop);
    expect(await askForUnits(app, collector, drop, overrides)).toMatchObject({
      __typename: 'InputRefused',
      field,
    });
  });

  it("finds no drop by another co-op's id, by an unknown one, or by what is no id", async () => {
    const theirs = await anOpenDrop(app, await aCoop(app));
    for (const dropId of [theirs.dropId, randomUUID(), 'no id'])
      expect(await askForUnits(app, collector, { coopId: coop.coopId, dropId })).toMatchObject({
        __typename: 'NotFound',
        what: 'drop',
      });
  });

  it('is seen by its buyer and by those who make it, and by nobody else', async () => {
    const drop = await anOpenDrop(app, coop);
    const id = await anOrder(app, collector, drop);
    const operator = await aMember(app, coop, ['operator']);
    expect([await seen(id, collector), await seen(id, operator)]).toMatchObject([{ id }, { id }]);
    const others = [await aCollector(app), await aMember(app, coop), (await aCoop(app)).admin];
    for (const other of others) expect(await seen(id, other)).toBeNull();
    expect(await seen('no id', collector)).toBeNull();
  });

  it('needs a sign-in', async () => {
    const drop = await anOpenDrop(app, coop);
    const input = { coopId: coop.coopId, dropId: drop.dropId, quantity: 1, paymentMethod: 'sandbox-accept' };
    const { errors } = await app.ask(PLACE_ORDER, { input: { ...input, requestId: randomUUID() } });
    expect(errors[0]?.extensions?.code).toBe('UNAUTHENTICATED');
  });

  it('can be placed by a brand whose key may, and is listed as its own', async () => {
    const drop = await anOpenDrop(app, coop);
    const brand = await aBrand(app, coop.admin, ['orders:write']);
    const first = await anOrder(app, { apiKey: brand.apiKey }, drop);
    const second = await anOrder(app, { apiKey: brand.apiKey }, drop, { quantity: 2 });
    const { myOrders } = await app.gql<{ myOrders: { edges: { node: { id: string } }[] } }>(
      `{ myOrders { edges { node { id state } } } }`,
      {},
      { apiKey: brand.apiKey },
    );
    expect(myOrders.edges.map((edge) => edge.node.id)).toEqual([second, first]);
    const reader = await aBrand(app, coop.admin, ['catalog:read']);
    const { errors } = await app.ask(`{ myOrders { edges { cursor } } }`, {}, { apiKey: reader.apiKey });
    expect(errors[0]?.extensions?.code).toBe('FORBIDDEN');
  });

  it('is refused from the closing time on, before the drop is settled', async () => {
    const drop = await anOpenDrop(app, coop);
    await app.clock.step(7 * DAY_MS);
    try {
      const late = await aCollector(app, collector.email);
      expect(await askForUnits(app, late, drop)).toMatchObject({ __typename: 'DropNotOpen' });
    } finally {
      await app.clock.release();
    }
  });

  describe('at once', () => {
    it('sells exactly 50 units when 300 orders ask for an edition of 50', async () => {
      const drop = await anOpenDrop(app, coop, { edition: { size: 50 } });
      const buyers = await Promise.all(Array.from({ length: 10 }, () => aCollector(app)));
      const answers = await Promise.all(
        Array.from({ length: 300 }, (_, index) => askForUnits(app, buyers[index % 10] ?? collector, drop)),
      );
      const counted = (kind: string) => answers.filter((answer) => answer.__typename === kind).length;
      expect([counted('OrderPlaced'), counted('SoldOut'), answers.length]).toEqual([50, 250, 300]);
      await until('50 orders to be paid', async () => (await orderStates(app, drop))['paid'] === 50);
      expect(await orderStates(app, drop)).toEqual({ paid: 50 });
      expect(await seenDrop(app, drop)).toMatchObject({ unitsLeft: 0, unitsOrdered: 50 });
      const [units] = await app.database.query(
        'select units_held as held, units_sold as sold from edition_drop where id = $1',
        [drop.dropId],
      );
      expect(units).toEqual({ held: 0, sold: 50 });
    });

    it('sells orders of several units up to the size and never beyond', async () => {
      const drop = await anOpenDrop(app, coop, { edition: { size: 20 } });
      const answers = await Promise.all(
        Array.from({ length: 40 }, () => askForUnits(app, collector, drop, { quantity: 3 })),
      );
      expect(answers.filter((answer) => answer.__typename === 'OrderPlaced')).toHaveLength(6);
      const refused = answers.filter((answer) => answer.__typename === 'SoldOut');
      expect(refused).toHaveLength(34);
      expect(new Set(refused.map((answer) => answer.unitsLeft))).toEqual(new Set([2]));
    });

    it('is placed once when one request comes twenty times', async () => {
      const drop = await anOpenDrop(app, coop);
      const requestId = randomUUID();
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => askForUnits(app, collector, drop, { requestId })),
      );
      expect(new Set(answers.map((answer) => answer.order?.id)).size).toBe(1);
      expect(await seenDrop(app, drop)).toMatchObject({ unitsOrdered: 1 });
    });
  });
});
