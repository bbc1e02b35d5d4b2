import { Injectable } from '@nestjs/common';
import type { Hex } from '@touchmark/certificates';
import type { Queryable, Transaction } from '../../platform/database/index.js';
import { COLUMNS, type ChainCall, type Inclusion, type NewCall, type Row, callOf } from './chain-call.js';

/** Every statement on the outbox of chain calls. */
@Injectable()
export class ChainCallsRepository {
  /** False when the purpose was enqueued for this subject before. */
  async insert(tx: Transaction, call: NewCall): Promise<boolean> {
    const rows = await tx.query(
      `INSERT INTO chain_call (coop_id, id, purpose, subject_id, payer, target, data, value, state, queued_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'queued', app_now())
       ON CONFLICT ON CONSTRAINT chain_call_purpose_once DO NOTHING RETURNING 1 AS inserted`,
      [
        call.coopId,
        call.id,
        call.purpose,
        call.subjectId,
        call.payer,
        call.target,
        call.data,
        call.value.toString(),
      ],
    );
    return rows.length > 0;
  }

  async load(q: Queryable, coopId: string, id: string): Promise<ChainCall | null> {
    const [row] = await q.query<Row>(`SELECT ${COLUMNS} FROM chain_call WHERE coop_id = $1 AND id = $2`, [
      coopId,
      id,
    ]);
    return row === undefined ? null : callOf(row);
  }

  /** The calls of `purpose` about these subjects. */
  async bySubjects(
    q: Queryable,
    purpose: string,
    subjects: readonly { readonly coopId: string; readonly id: string }[],
  ): Promise<ChainCall[]> {
    const rows = await q.query<Row>(
      `SELECT ${COLUMNS} FROM chain_call WHERE purpose = $1 AND (coop_id, subject_id) IN (
         SELECT * FROM unnest($2::uuid[], $3::uuid[]))`,
      [purpose, subjects.map(({ coopId }) => coopId), subjects.map(({ id }) => id)],
    );
    return rows.map(callOf);
  }

  /** Locks one call and loads it. */
  async lock(tx: Transaction, coopId: string, id: string): Promise<ChainCall | null> {
    tx.locking('chain_call', [id]);
    const [row] = await tx.query<Row>(
      `SELECT ${COLUMNS} FROM chain_call WHERE coop_id = $1 AND id = $2 FOR NO KEY UPDATE`,
      [coopId, id],
    );
    return row === undefined ? null : callOf(row);
  }

  /** Locks every call of one sender that holds a nonce from `nonce` on, or is named in `ids`; by ascending id. */
  async lockOfSender(
    tx: Transaction,
    sender: Hex,
    nonce: number,
    ids: readonly string[],
  ): Promise<ChainCall[]> {
    tx.locking('chain_call');
    const rows = await tx.query<Row>(
      `SELECT ${COLUMNS} FROM chain_call
        WHERE sender = $1 AND (id = ANY($3::uuid[]) OR (state = 'submitted' AND nonce >= $2))
        ORDER BY id FOR NO KEY UPDATE`,
      [sender, nonce, ids],
    );
    return rows.map(callOf);
  }

  /** Notes that somebody works on the call now, in real time. */
  async touch(q: Queryable, coopId: string, id: string, error: string | null): Promise<void> {
    await q.query(
      `UPDATE chain_call SET touched_at = clock_timestamp(), error = $3 WHERE coop_id = $1 AND id = $2`,
      [coopId, id, error],
    );
  }

  async submit(tx: Transaction, call: ChainCall, sender: Hex, nonce: number, hash: Hex): Promise<void> {
    await tx.query(
      `UPDATE chain_call SET state = 'submitted', sender = $3, nonce = $4, transaction_hash = $5,
         submitted_at = app_now(), error = NULL WHERE coop_id = $1 AND id = $2`,
      [call.coopId, call.id, sender, nonce, hash],
    );
  }

  async include(tx: Transaction, call: ChainCall, inclusion: Inclusion): Promise<void> {
    await tx.query(
      `UPDATE chain_call SET state = 'included', transaction_hash = $3, block_number = $4, block_hash = $5,
         error = NULL, safe_at = NULL, final_at = NULL WHERE coop_id = $1 AND id = $2`,
      [
        call.coopId,
        call.id,
        inclusion.transactionHash,
        inclusion.blockNumber.toString(),
        inclusion.blockHash,
      ],
    );
  }

  /** Notes that its block is safe; false when it was noted before, or the call moved meanwhile. */
  async makeSafe(tx: Transaction, call: ChainCall): Promise<boolean> {
    const rows = await tx.query(
      `UPDATE chain_call SET safe_at = app_now() WHERE coop_id = $1 AND id = $2 AND state = 'included'
          AND block_hash = $3 AND safe_at IS NULL RETURNING 1 AS safe`,
      [call.coopId, call.id, call.blockHash],
    );
    return rows.length > 0;
  }

  async finalize(tx: Transaction, call: ChainCall): Promise<void> {
    await tx.query(
      `UPDATE chain_call SET state = 'final', safe_at = coalesce(safe_at, app_now()), final_at = app_now()
        WHERE coop_id = $1 AND id = $2`,
      [call.coopId, call.id],
    );
  }

  /** Puts a call back to the start of its way: no nonce, no block. */
  async requeue(tx: Transaction, call: ChainCall, error: string): Promise<void> {
    await tx.query(
      `UPDATE chain_call SET state = 'queued', sender = NULL, nonce = NULL, transaction_hash = NULL,
         block_number = NULL, block_hash = NULL, submitted_at = NULL, safe_at = NULL, final_at = NULL, error = $3
        WHERE coop_id = $1 AND id = $2`,
      [call.coopId, call.id, error],
    );
  }

  /** Gives a call that was not sent yet another form. */
  async rewrite(tx: Transaction, call: ChainCall, data: Hex): Promise<void> {
    await tx.query(
      `UPDATE chain_call SET data = $3, error = NULL WHERE coop_id = $1 AND id = $2 AND state = 'queued'`,
      [call.coopId, call.id, data],
    );
  }

  /** Ends the way of a call that was not sent and never will be. */
  async giveUp(tx: Transaction, call: ChainCall, error: string): Promise<void> {
    await tx.query(
      `UPDATE chain_call SET state = 'given_up', error = $3 WHERE coop_id = $1 AND id = $2 AND state = 'queued'`,
      [call.coopId, call.id, error],
    );
  }

  /** Counts a call that the contract refused in a block; `failed` ends its way. */
  async countRevert(tx: Transaction, call: ChainCall, failed: boolean, error: string): Promise<void> {
    await this.requeue(tx, call, error);
    await tx.query(
      `UPDATE chain_call SET reverts = reverts + 1, state = CASE WHEN $3 THEN 'failed' ELSE state END
        WHERE coop_id = $1 AND id = $2`,
      [call.coopId, call.id, failed],
    );
  }

  /** True when a call of `purpose` to `target` is still on its way. */
  async underWay(q: Queryable, coopId: string, purpose: string, target: Hex): Promise<boolean> {
    const rows = await q.query(
      `SELECT 1 AS found FROM chain_call WHERE coop_id = $1 AND purpose = $2 AND target = $3
          AND state IN ('queued', 'submitted') LIMIT 1`,
      [coopId, purpose, target],
    );
    return rows.length > 0;
  }
}
