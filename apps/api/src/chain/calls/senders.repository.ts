import { Injectable } from '@nestjs/common';
import type { Hex } from '@touchmark/certificates';
import type { Queryable, Transaction } from '../../platform/database/index.js';
import type { ChainCall } from './chain-call.js';

/** A signed transaction as it was stored before it was sent. */
export interface SignedTransaction {
  readonly hash: Hex;
  readonly raw: Hex;
  readonly nonce: number;
  readonly gas: bigint;
  readonly maxFeePerGas: bigint;
  readonly maxPriorityFeePerGas: bigint;
}

/** A stored transaction with its age in seconds of real time. */
export interface StoredTransaction extends SignedTransaction {
  readonly ageSeconds: number;
}

/** Every statement on the paying addresses and the transactions they signed. */
@Injectable()
export class SendersRepository {
  /** Locks the address, which starts at `firstNonce` when it is new, and returns the next nonce it gives. */
  async lock(tx: Transaction, address: Hex, firstNonce: number): Promise<number> {
    tx.locking('chain_sender', [address]);
    await tx.query(`INSERT INTO chain_sender (address, next_nonce) VALUES ($1, $2) ON CONFLICT DO NOTHING`, [
      address,
      firstNonce,
    ]);
    const [row] = await tx.query<{ next_nonce: string }>(
      `SELECT next_nonce FROM chain_sender WHERE address = $1 FOR NO KEY UPDATE`,
      [address],
    );
    return Number(row?.next_nonce ?? firstNonce);
  }

  async next(q: Queryable, address: Hex): Promise<number | null> {
    const [row] = await q.query<{ next_nonce: string }>(
      `SELECT next_nonce FROM chain_sender WHERE address = $1`,
      [address],
    );
    return row === undefined ? null : Number(row.next_nonce);
  }

  async setNext(tx: Transaction, address: Hex, nonce: number): Promise<void> {
    await tx.query(`UPDATE chain_sender SET next_nonce = $2 WHERE address = $1`, [address, nonce]);
  }

  async store(tx: Transaction, call: ChainCall, sender: Hex, signed: SignedTransaction): Promise<void> {
    await tx.query(
      `INSERT INTO chain_transaction
         (coop_id, hash, call_id, sender, nonce, raw, gas, max_fee_per_gas, max_priority_fee_per_gas)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING`,
      [
        call.coopId,
        signed.hash,
        call.id,
        sender,
        signed.nonce,
        signed.raw,
        signed.gas.toString(),
        signed.maxFeePerGas.toString(),
        signed.maxPriorityFeePerGas.toString(),
      ],
    );
  }

  /** The transactions of a call under its present nonce, oldest first. */
  async transactionsOf(q: Queryable, call: ChainCall): Promise<StoredTransaction[]> {
    const rows = await q.query<{
      hash: Hex;
      raw: Hex;
      nonce: string;
      gas: string;
      max_fee_per_gas: string;
      max_priority_fee_per_gas: string;
      age_seconds: number;
    }>(
      `SELECT hash, raw, nonce, gas::text, max_fee_per_gas::text, max_priority_fee_per_gas::text,
              extract(epoch FROM clock_timestamp() - signed_at)::float8 AS age_seconds
         FROM chain_transaction WHERE coop_id = $1 AND call_id = $2 AND sender = $3 AND nonce = $4
        ORDER BY signed_at`,
      [call.coopId, call.id, call.sender, call.nonce],
    );
    return rows.map((row) => ({
      hash: row.hash,
      raw: row.raw,
      nonce: Number(row.nonce),
      gas: BigInt(row.gas),
      maxFeePerGas: BigInt(row.max_fee_per_gas),
      maxPriorityFeePerGas: BigInt(row.max_priority_fee_per_gas),
      ageSeconds: row.age_seconds,
    }));
  }
}
