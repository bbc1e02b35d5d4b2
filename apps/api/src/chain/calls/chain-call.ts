import type { Hex } from '@touchmark/certificates';
import type { Payer } from '../keys/key-ring.js';

export type CallState = 'queued' | 'submitted' | 'included' | 'final' | 'failed' | 'given_up';

/** A row of the outbox. */
export interface ChainCall {
  readonly coopId: string;
  readonly id: string;
  readonly purpose: string;
  readonly subjectId: string;
  readonly payer: Payer;
  readonly target: Hex;
  readonly data: Hex;
  readonly value: bigint;
  readonly state: CallState;
  readonly sender: Hex | null;
  readonly nonce: number | null;
  readonly transactionHash: Hex | null;
  readonly blockNumber: bigint | null;
  readonly blockHash: Hex | null;
  /** The nodes that answer held its block safe. */
  readonly safe: boolean;
  readonly reverts: number;
}

/** What is needed to enqueue a call. */
export type NewCall = Pick<
  ChainCall,
  'coopId' | 'id' | 'purpose' | 'subjectId' | 'payer' | 'target' | 'data' | 'value'
>;

/** Where a call came to stand on the chain. */
export interface Inclusion {
  readonly transactionHash: Hex;
  readonly blockNumber: bigint;
  readonly blockHash: Hex;
}

/** The columns of a call, as `callOf` reads them. */
export const COLUMNS = `coop_id, id, purpose, subject_id, payer, target, data, value::text, state, sender, nonce,
  transaction_hash, block_number, block_hash, safe_at IS NOT NULL AS safe, reverts`;

/** A row of the table as PostgreSQL answers it. */
export interface Row extends Record<string, unknown> {
  coop_id: string;
  id: string;
  purpose: string;
  subject_id: string;
  payer: Payer;
  target: Hex;
  data: Hex;
  value: string;
  state: CallState;
  sender: Hex | null;
  nonce: string | null;
  transaction_hash: Hex | null;
  block_number: string | null;
  block_hash: Hex | null;
  safe: boolean;
  reverts: number;
}

/** The call that a row holds. */
export function callOf(row: Row): ChainCall {
  return {
    coopId: row.coop_id,
    id: row.id,
    purpose: row.purpose,
    subjectId: row.subject_id,
    payer: row.payer,
    target: row.target,
    data: row.data,
    value: BigInt(row.value),
    state: row.state,
    sender: row.sender,
    nonce: row.nonce === null ? null : Number(row.nonce),
    transactionHash: row.transaction_hash,
    blockNumber: row.block_number === null ? null : BigInt(row.block_number),
    blockHash: row.block_hash,
    safe: row.safe,
    reverts: row.reverts,
  };
}
