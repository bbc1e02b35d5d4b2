import { Injectable } from '@nestjs/common';
import type { Hex } from '@touchmark/certificates';
import type { Queryable } from '../../platform/database/index.js';
import { COLUMNS, type ChainCall, type Row, callOf } from './chain-call.js';

/** The outbox as those see it who look for what is still to be done. */
@Injectable()
export class OpenCallsRepository {
  /** Calls that wait to be sent or mined and that nobody has worked on for `seconds` of real time, oldest first. */
  async stale(q: Queryable, seconds: number): Promise<ChainCall[]> {
    const rows = await q.query<Row>(
      `SELECT ${COLUMNS} FROM chain_call WHERE state IN ('queued', 'submitted')
          AND touched_at < clock_timestamp() - make_interval(secs => $1)
        ORDER BY nonce NULLS LAST, id LIMIT 200`,
      [seconds],
    );
    return rows.map(callOf);
  }

  async included(q: Queryable): Promise<ChainCall[]> {
    const rows = await q.query<Row>(
      `SELECT ${COLUMNS} FROM chain_call WHERE state = 'included' ORDER BY block_number, id LIMIT 500`,
    );
    return rows.map(callOf);
  }

  /** Final calls from the newest block down. */
  async newestFinal(q: Queryable, limit: number, offset: number): Promise<ChainCall[]> {
    const rows = await q.query<Row>(
      `SELECT ${COLUMNS} FROM chain_call WHERE state = 'final' ORDER BY block_number DESC, id LIMIT $1 OFFSET $2`,
      [limit, offset],
    );
    return rows.map(callOf);
  }

  /** The nonces that submitted calls of `sender` hold. */
  async submittedNonces(q: Queryable, sender: Hex): Promise<number[]> {
    const rows = await q.query<{ nonce: string }>(
      `SELECT nonce FROM chain_call WHERE sender = $1 AND state = 'submitted'`,
      [sender],
    );
    return rows.map((row) => Number(row.nonce));
  }

  /** The calls that wait for the co-op's issuer to send them, oldest first. */
  async queuedOfIssuer(q: Queryable, coopId: string): Promise<ChainCall[]> {
    const rows = await q.query<Row>(
      `SELECT ${COLUMNS} FROM chain_call WHERE coop_id = $1 AND payer = 'issuer' AND state = 'queued' ORDER BY id`,
      [coopId],
    );
    return rows.map(callOf);
  }
}
