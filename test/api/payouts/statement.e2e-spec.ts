import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Postings, type Posting } from '../../../apps/api/src/payouts/index.js';
import { Transactions } from '../../../apps/api/src/platform/database/index.js';
import { type TestApp, startTestApp } from '../../support/app.js';
import { type TestCoop, type TestMember, aCoop, aMember } from '../../support/builders/membership.js';
import { anAgreement } from '../../support/builders/payouts.js';

const STATEMENT = `query ($coopId: ID!, $accountId: ID, $first: Int!, $after: String) {
  statement(coopId: $coopId, currency: "EUR", accountId: $accountId) { earnedMinor payableMinor owedMinor
    lines(first: $first, after: $after) { pageInfo { hasNextPage endCursor } edges { node {
      kind account amountMinor totalBeforeMinor totalAfterMinor targetBeforeMinor targetAfterMinor share fee } } } } }`;

interface Line {
  readonly kind: string;
  readonly account: string;
  readonly amountMinor: string;
  readonly targetBeforeMinor: string | null;
  readonly targetAfterMinor: string | null;
}
interface Page {
  readonly statement: {
    readonly earnedMinor: string;
    readonly payableMinor: string;
    readonly owedMinor: string;
    readonly lines: {
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
      readonly edges: { readonly node: Line }[];
    };
  };
}

describe('a statement', () => {
  let app: TestApp;
  let coop: TestCoop;
  let first: TestMember;
  let second: TestMember;
  beforeAll(async () => {
    app = await startTestApp();
    coop = await aCoop(app);
    first = await aMember(app, coop);
    second = await aMember(app, coop, ['treasurer']);
    const { versionId } = await anAgreement(app, coop, [first, second], ['2/3', '1/3'], '1/8');
    const of = { reference: '', partyId: second.accountId, currency: 'EUR' };
    const orders = [1999n, 1n, 700n].map((amountMinor) => ({ reference: randomUUID(), amountMinor }));
    const postings: Posting[] = orders.flatMap((order) => [
      { ...of, kind: 'deposit_received', ...order },
      { ...of, kind: 'sale_made', versionId, ...order },
      { kind: 'handed_over', currency: 'EUR', versionId, ...order },
    ]);
    postings.push({
      ...of,
      kind: 'booking_charged',
      reference: randomUUID(),
      partyId: first.accountId,
      amountMinor: 450n,
    });
    await app.nest.get(Transactions).run(['Posted'], async (tx) => {
      await app.nest.get(Postings, { strict: false }).post(tx, coop.coopId, postings);
      return { kind: 'Posted' as const };
    });
  });
  afterAll(async () => {
    await app.stop();
  });

  const page = async (variables: object, as: TestMember): Promise<Page['statement']> =>
    (await app.gql<Page>(STATEMENT, { coopId: coop.coopId, first: 100, ...variables }, as)).statement;

  it('sums to what its lines say, and each line to the difference of its targets', async () => {
    const { lines, ...sums } = await page({}, first);
    // Of 2700 cents the fee takes 337 (7 to 1, seats in turn); of the rest, 2363, two thirds are 1575 1/3, and the tie for
    // the last cent goes to the party named first.
    expect(sums).toEqual({ earnedMinor: '0', payableMinor: '1576', owedMinor: '450' });
    for (const { node } of lines.edges.filter((edge) => edge.node.targetAfterMinor !== null)) {
      const difference = BigInt(node.targetAfterMinor ?? 0) - BigInt(node.targetBeforeMinor ?? 0);
      const given = node.kind === 'handed_over' && node.account === 'earned' ? -difference : difference;
      expect(BigInt(node.amountMinor)).toBe(given);
    }
    const total = (account: string): bigint =>
      lines.edges
        .filter((edge) => edge.node.account === account)
        .reduce((sum, edge) => sum + BigInt(edge.node.amountMinor), 0n);
    expect([total('earned'), total('payable'), total('member_receivable')]).toEqual([0n, 1576n, -450n]);
  });

  it('is paged newest first without losing or repeating a line', async () => {
    const whole = await page({}, first);
    const kinds: string[] = [];
    let after: string | null = null;
    do {
      const part: Page['statement'] = await page({ first: 2, after }, first);
      kinds.push(...part.lines.edges.map((edge) => edge.node.kind));
      after = part.lines.pageInfo.hasNextPage ? part.lines.pageInfo.endCursor : null;
    } while (after !== null);
    expect(kinds).toEqual(whole.lines.edges.map((edge) => edge.node.kind));
    expect(kinds[0]).toBe('booking_charged');
  });

  it("is another member's only for a treasurer or an admin", async () => {
    expect((await page({ accountId: first.accountId }, second)).owedMinor).toBe('450');
    const { errors } = await app.ask(
      STATEMENT,
      { coopId: coop.coopId, first: 5, accountId: second.accountId },
      first,
    );
    expect(errors[0]?.extensions?.code).toBe('FORBIDDEN');
  });

  it('opens into the same arithmetic however the id of the member is spelt', async () => {
    const lower = await page({ accountId: first.accountId }, second);
    expect(await page({ accountId: first.accountId.toUpperCase() }, second)).toEqual(lower);
    expect(lower.lines.edges.some((edge) => edge.node.targetAfterMinor !== '0')).toBe(true);
  });

  it('is there in a currency only: any other text has none', async () => {
    const other = STATEMENT.replace('"EUR"', JSON.stringify('E\u0000R'));
    const { data, errors } = await app.ask(other, { coopId: coop.coopId, first: 5 }, first);
    expect([data, errors]).toEqual([{ statement: null }, []]);
  });

  it('refuses a page of more than 100 and a broken cursor', async () => {
    const forged = (...keys: string[]) => Buffer.from(JSON.stringify(keys)).toString('base64url');
    const cursors = ['bm9wZQ', forged('x', '1'), forged('1', '99999999999'), forged('1'.repeat(30), '1')];
    for (const variables of [{ first: 101 }, ...cursors.map((after) => ({ first: 5, after }))]) {
      const { errors } = await app.ask(STATEMENT, { coopId: coop.coopId, ...variables }, first);
      expect(errors[0]?.extensions?.code).toBe('BAD_USER_INPUT');
    }
  });
});
