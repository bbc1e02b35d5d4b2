import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { verifyChain, type Account, type TransactionKind } from '@touchmark/ledger';
import { CHECKS, CODE_CHECKS, Postings, type Posting } from '../../../apps/api/src/payouts/index.js';
import { Transactions } from '../../../apps/api/src/platform/database/index.js';
import { type TestApp, startTestApp } from '../../support/app.js';
import { type TestCoop, type TestMember, aCoop, aMember } from '../../support/builders/membership.js';
import { type TestAgreement, anAgreement } from '../../support/builders/payouts.js';

const BOOKS = `
  SELECT t.coop_id, t.sequence, t.kind, t.reference, t.currency, t.posted_at, t.hash,
         json_agg(json_build_object('account', e.account, 'partyId', e.party_id, 'amount', e.amount_minor::text)) AS entries
    FROM ledger_transaction t JOIN ledger_entry e ON e.coop_id = t.coop_id AND e.transaction_id = t.id
   WHERE t.coop_id = $1 GROUP BY t.coop_id, t.id ORDER BY t.sequence`;

interface BookRow {
  [column: string]: unknown;
  coop_id: string;
  sequence: string;
  kind: TransactionKind;
  reference: string;
  currency: string;
  posted_at: Date;
  hash: string;
  entries: { account: Account; partyId: string | null; amount: string }[];
}

describe('the ledger', () => {
  let app: TestApp;
  let coop: TestCoop;
  let makers: TestMember[];
  let buyer: TestMember;
  let split: TestAgreement;
  beforeAll(async () => {
    app = await startTestApp();
    coop = await aCoop(app);
    makers = [await aMember(app, coop), await aMember(app, coop), await aMember(app, coop)];
    buyer = await aMember(app, coop);
    split = await anAgreement(app, coop, makers, ['70%', '20%', '10%'], '1/10');
  });
  afterAll(async () => {
    await app.stop();
  });

  const post = (...postings: Posting[]) =>
    app.nest.get(Transactions).run(['Posted'], async (tx) => {
      await app.nest.get(Postings, { strict: false }).post(tx, coop.coopId, postings);
      return { kind: 'Posted' as const };
    });
  const deposit = (amountMinor: bigint): Posting => ({
    kind: 'deposit_received',
    reference: randomUUID(),
    partyId: buyer.accountId,
    amountMinor,
    currency: 'EUR',
  });
  const sale = (amountMinor: bigint): Posting => ({
    kind: 'sale_made',
    reference: randomUUID(),
    partyId: buyer.accountId,
    versionId: split.versionId,
    amountMinor,
    currency: 'EUR',
  });
  const books = async () => {
    const rows = await app.database.query<BookRow>(BOOKS, [coop.coopId]);
    return rows.map((row) => ({
      coopId: row.coop_id,
      sequence: Number(row.sequence),
      kind: row.kind,
      reference: row.reference,
      currency: row.currency,
      postedAt: row.posted_at.getTime(),
      hash: row.hash,
      entries: row.entries.map(({ account, partyId, amount }) => ({
        account,
        partyId,
        amountMinor: BigInt(amount),
      })),
    }));
  };
  const earned = async (): Promise<string[]> => {
    const rows = await app.database.query<{ party_id: string; sum: string }>(
      `SELECT party_id, -sum(amount_minor) AS sum FROM ledger_entry WHERE coop_id = $1 AND account = 'earned' GROUP BY party_id`,
      [coop.coopId],
    );
    return makers.map((maker) => rows.find((row) => row.party_id === maker.accountId)?.sum ?? '0');
  };

  it('parts 100 sales of 3 cents posted at once to the cent, in one unbroken chain', async () => {
    await Promise.all(Array.from({ length: 100 }, () => post(deposit(3n), sale(3n))));
    expect(await earned()).toEqual(['189', '54', '27']);
    const chain = verifyChain(await books());
    expect(chain).toMatchObject({ kind: 'ChainIntact', count: 200 });
    const [head] = await app.database.query('SELECT hash, sequence FROM ledger_head WHERE coop_id = $1', [
      coop.coopId,
    ]);
    expect(head).toEqual({ hash: chain.kind === 'ChainIntact' ? chain.headHash : '', sequence: '200' });
  });

  it('moves running totals back on a refund and leaves everybody where one sale less would', async () => {
    const before = await earned();
    await post(deposit(1001n), sale(1001n));
    await post({
      kind: 'sale_refunded',
      reference: randomUUID(),
      versionId: split.versionId,
      amountMinor: 1001n,
      currency: 'EUR',
    });
    expect(await earned()).toEqual(before);
  });

  it('posts the same thing once', async () => {
    const once = deposit(500n);
    await post(once);
    await expect(post(once)).rejects.toThrow('ledger_transaction_reference_once');
  });

  it.each([
    ['changed', `UPDATE ledger_entry SET amount_minor = amount_minor + 1 WHERE coop_id = $1`],
    ['deleted', `DELETE FROM ledger_entry WHERE coop_id = $1`],
    ['renumbered', `UPDATE ledger_transaction SET sequence = sequence + 1 WHERE coop_id = $1`],
    ['forgotten', `DELETE FROM ledger_transaction WHERE coop_id = $1`],
  ])('cannot be %s', async (_, statement) => {
    await expect(app.database.query(statement, [coop.coopId])).rejects.toThrow('append-only');
  });

  it('cannot be emptied', async () => {
    await expect(app.database.query('TRUNCATE ledger_transaction, ledger_entry')).rejects.toThrow(
      'append-only',
    );
  });

  it('takes no line after its transaction and no transaction that does not balance', async () => {
    const late = `INSERT INTO ledger_entry SELECT coop_id, id, 99, 'cash', NULL, 5, sequence, currency FROM ledger_transaction WHERE coop_id = $1 LIMIT 1`;
    await expect(app.database.query(late, [coop.coopId])).rejects.toThrow('already posted');
    const lone = `WITH t AS (INSERT INTO ledger_transaction (coop_id, sequence, kind, reference, currency, posted_at, hash)
        VALUES ($1, 999999, 'deposit_received', uuidv7(), 'EUR', now(), 'x') RETURNING id)
      INSERT INTO ledger_entry SELECT $1, id, 1, 'cash', NULL, 5, 999999, 'EUR' FROM t`;
    await expect(app.database.query(lone, [coop.coopId])).rejects.toThrow('sum to 5');
  });

  it.each([
    ['sequence', "999998, 'EUR'"],
    ['currency', "999999, 'USD'"],
  ])('takes no line that says another %s than its transaction', async (_, said) => {
    const astray = `WITH t AS (INSERT INTO ledger_transaction (coop_id, sequence, kind, reference, currency, posted_at, hash)
        VALUES ($1, 999999, 'deposit_received', uuidv7(), 'EUR', now(), 'x') RETURNING id)
      INSERT INTO ledger_entry SELECT $1, id, line, 'cash', NULL, line * 2 - 3, ${said} FROM t, generate_series(1, 2) AS line`;
    await expect(app.database.query(astray, [coop.coopId])).rejects.toThrow('another sequence or currency');
  });

  it('passes its own checks, and a head that was moved is found by them', async () => {
    const violations = async (): Promise<number[]> => {
      const byQuery = await Promise.all(CHECKS.map((check) => app.database.query(check.violations)));
      const byCode = await Promise.all(
        CODE_CHECKS.map((check) => check.find((text, values) => app.database.query(text, values))),
      );
      return [...byQuery, ...byCode].map((rows) => rows.length);
    };
    expect(await violations()).toEqual([...CHECKS, ...CODE_CHECKS].map(() => 0));
    await app.database.query('UPDATE ledger_head SET sequence = sequence - 1 WHERE coop_id = $1', [
      coop.coopId,
    ]);
    expect((await violations()).filter((count) => count > 0).length).toBeGreaterThan(0);
    await app.database.query('UPDATE ledger_head SET sequence = sequence + 1 WHERE coop_id = $1', [
      coop.coopId,
    ]);
  });

  it('is found out by its checks when somebody with the keys to the database moves a cent', async () => {
    const found = async (): Promise<number[]> =>
      (
        await Promise.all(
          CODE_CHECKS.map((check) => check.find((text, values) => app.database.query(text, values))),
        )
      ).map((rows) => rows.length);
    const move = (cents: number): Promise<object[]> =>
      app.database.query(
        `WITH switched_off AS (SELECT set_config('session_replication_role', 'replica', true))
         UPDATE ledger_entry SET amount_minor = amount_minor + CASE party_id WHEN $2 THEN $4::bigint ELSE -$4::bigint END
           FROM switched_off WHERE coop_id = $1 AND account = 'earned' AND party_id = ANY (ARRAY[$2, $3]::uuid[])
            AND transaction_id = (SELECT transaction_id FROM ledger_entry WHERE coop_id = $1 AND account = 'earned'
              AND party_id = ANY (ARRAY[$2, $3]::uuid[]) GROUP BY transaction_id HAVING count(*) = 2 ORDER BY 1 LIMIT 1)`,
        [coop.coopId, makers[0]?.accountId, makers[1]?.accountId, cents],
      );
    await move(1);
    expect(await found()).toEqual([1, 2]);
    await move(-1);
    expect(await found()).toEqual([0, 0]);
  });
});
