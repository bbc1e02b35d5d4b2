import { Injectable } from '@nestjs/common';
import type { Queryable, Transaction } from '../../platform/database/index.js';
import type { Charge } from '../payments/payment-provider.js';

/** A charge in the sandbox's books. */
export interface SandboxCharge extends Charge {
  readonly idempotencyKey: string;
  readonly amountMinor: bigint;
  readonly currency: string;
}

type ChargeRecord = Omit<SandboxCharge, 'amountMinor'> & { amountMinor: string };

const COLUMNS = `idempotency_key AS "idempotencyKey", reference, amount_minor AS "amountMinor", currency,
  state AS "result"`;

const INSERT = `INSERT INTO sandbox_charge (idempotency_key, amount_minor, currency, state, due_at)
  VALUES ($1, $2, $3, $4, app_now() + make_interval(secs => $5)) ON CONFLICT DO NOTHING`;

const BY_KEY = `SELECT ${COLUMNS} FROM sandbox_charge WHERE idempotency_key = $1`;

const CAPTURE_DUE = `UPDATE sandbox_charge SET state = 'captured' WHERE idempotency_key IN (
    SELECT idempotency_key FROM sandbox_charge WHERE state = 'pending' AND due_at <= (SELECT app_now())
     ORDER BY due_at LIMIT 100 FOR NO KEY UPDATE SKIP LOCKED)
  RETURNING idempotency_key AS "idempotencyKey"`;

// The row of the refund makes it happen once; the charge's check constraint refuses more than was captured.
const REFUND = `WITH fresh AS (
    INSERT INTO sandbox_refund (idempotency_key, reference, amount_minor)
    SELECT $1, reference, $3::bigint FROM sandbox_charge WHERE reference = $2 AND state = 'captured'
    ON CONFLICT DO NOTHING RETURNING reference, amount_minor), moved AS (
    UPDATE sandbox_charge c SET refunded_minor = c.refunded_minor + fresh.amount_minor FROM fresh
     WHERE c.reference = fresh.reference RETURNING c.reference)
  SELECT 1 AS refunded FROM moved`;

// A statement of its own: one that waited for the same key would not see the row it waited for.
const REFUNDED = `SELECT 1 AS refunded FROM sandbox_refund
  WHERE idempotency_key = $1 AND reference = $2 AND amount_minor = $3::bigint`;

/** Every statement on the sandbox's books, which stand apart from the product's. */
@Injectable()
export class SandboxChargesRepository {
  /** Books a charge unless its key is known; a pending one is due after `delaySeconds` of the clock port. */
  async insert(
    q: Queryable,
    charge: Omit<SandboxCharge, 'reference'>,
    delaySeconds: number | null,
  ): Promise<void> {
    const { idempotencyKey, amountMinor, currency, result } = charge;
    await q.query(INSERT, [idempotencyKey, amountMinor.toString(), currency, result, delaySeconds]);
  }

  async load(q: Queryable, idempotencyKey: string): Promise<SandboxCharge | null> {
    const [row] = await q.query<ChargeRecord & Record<string, unknown>>(BY_KEY, [idempotencyKey]);
    return row === undefined ? null : { ...row, amountMinor: BigInt(row.amountMinor) };
  }

  /** Captures pending charges whose time has come; returns their keys. */
  async captureDue(tx: Transaction): Promise<string[]> {
    const rows = await tx.query<{ idempotencyKey: string }>(CAPTURE_DUE);
    return rows.map((row) => row.idempotencyKey);
  }

  /** Refunds once per key; false when there is no such captured charge, or the key was used for another refund. */
  async refund(
    q: Queryable,
    idempotencyKey: string,
    reference: string,
    amountMinor: bigint,
  ): Promise<boolean> {
    const values = [idempotencyKey, reference, amountMinor.toString()];
    if ((await q.query(REFUND, values)).length > 0) return true;
    return (await q.query(REFUNDED, values)).length > 0;
  }
}
