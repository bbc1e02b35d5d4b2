import { Injectable } from '@nestjs/common';
import type { RoundRequest, RoundWin } from '@touchmark/rounds';
import type { FinalBlock } from '../chain/index.js';
import type { Queryable, Transaction } from '../platform/database/index.js';
import type { PageRequest } from '../platform/graphql/index.js';
import type { RoundBlockType, RoundState, RoundType } from './rounds.types.js';

// The secret leaves the database with the draw and not before.
const COLUMNS = `round.coop_id AS "coopId", round.id, round.cell_id AS "cellId", round.opened_by AS "openedBy", round.state, round.cap,
  round.opened_at AS "openedAt", round.deadline_at AS "deadlineAt", round.commitment,
  round.requests_digest AS "requestsDigest", round.seed, round.drawn_at AS "drawnAt",
  CASE WHEN round.state = 'drawn' THEN round.secret END AS secret,
  round.block_chain_id::integer AS "chainId", round.block_number::integer AS "blockNumber",
  round.block_hash AS "blockHash", round.block_time AS "blockTime"`;

type RoundRow = Omit<RoundType, 'block'> & {
  readonly chainId: number | null;
  readonly blockNumber: number | null;
  readonly blockHash: string | null;
  readonly blockTime: Date | null;
};

function roundOf({ chainId, blockNumber, blockHash, blockTime, ...round }: RoundRow): RoundType {
  const drawn = chainId !== null && blockNumber !== null && blockHash !== null && blockTime !== null;
  const block: RoundBlockType | null = drawn
    ? { chainId, number: blockNumber, hash: blockHash, time: blockTime }
    : null;
  return { ...round, block };
}

const INSERT = `
  INSERT INTO capacity_round (coop_id, id, cell_id, cap, opened_by, opened_at, deadline_at, commitment, secret, salt)
  SELECT $1, $2, cell.id, $4, $5, $6, $7, $8, $9, $10 FROM cell WHERE cell.coop_id = $1 AND cell.id = $3
  RETURNING 1 AS made`;

const LOCK = `
  SELECT id, cell_id AS "cellId", state, cap, deadline_at AS "deadlineAt", opened_by AS "openedBy", secret, salt,
    commitment, (SELECT count(*)::integer FROM round_slot AS slot WHERE slot.coop_id = $1 AND slot.round_id = $2) AS slots
   FROM capacity_round WHERE coop_id = $1 AND id = $2 FOR NO KEY UPDATE`;

// Those to be closed first: however many wait for a chain that is away, requests are fixed at their deadline.
const DUE = `
  SELECT coop_id AS "coopId", id, state, deadline_at AS "deadlineAt" FROM capacity_round
   WHERE state IN ('open', 'closed') AND deadline_at <= app_now() ORDER BY state <> 'open', deadline_at LIMIT $1`;

// A win counts whether or not it was confirmed; rounds that are drawn later see this one's.
const FIX_REQUESTS = `
  UPDATE round_request AS request SET past_wins = (
    SELECT count(*) FROM round_slot AS won
      JOIN capacity_round AS past ON past.coop_id = won.coop_id AND past.id = won.round_id AND past.cell_id = $3
     WHERE won.coop_id = $1 AND won.won_by = request.account_id)
   WHERE request.coop_id = $1 AND request.round_id = $2`;

const DROP_FORMER_MEMBERS = `
  DELETE FROM round_request AS request USING membership AS member
   WHERE request.coop_id = $1 AND request.round_id = $2 AND member.coop_id = request.coop_id
     AND member.account_id = request.account_id AND member.removed_at IS NOT NULL`;

const CLOSE = `UPDATE capacity_round SET state = 'closed', requests_digest = $3 WHERE coop_id = $1 AND id = $2`;

const CALL_OFF = `UPDATE capacity_round SET state = 'called_off' WHERE coop_id = $1 AND id = $2`;

const DRAW = `
  UPDATE capacity_round SET state = 'drawn', block_chain_id = $3, block_number = $4, block_hash = $5, block_time = $6,
    seed = $7, drawn_at = $8
   WHERE coop_id = $1 AND id = $2`;

const SAVE_WINS = `
  UPDATE round_slot AS slot SET won_by = won.account_id, choice = won.choice, booking_id = won.booking_id
    FROM unnest($3::integer[], $4::uuid[], $5::integer[], $6::uuid[]) AS won (number, account_id, choice, booking_id)
   WHERE slot.coop_id = $1 AND slot.round_id = $2 AND slot.number = won.number`;

// Who opened it while they are of the co-op, an admin after that.
const MAY_CALL_OFF = `
  SELECT round.id FROM unnest($1::uuid[], $2::uuid[]) AS asked (coop_id, id)
    JOIN capacity_round AS round ON round.coop_id = asked.coop_id AND round.id = asked.id
    JOIN membership AS own ON own.coop_id = round.coop_id AND own.account_id = $3 AND own.removed_at IS NULL
    JOIN membership AS opener ON opener.coop_id = round.coop_id AND opener.account_id = round.opened_by
   WHERE own.account_id = opener.account_id OR (opener.removed_at IS NOT NULL AND 'admin' = ANY(own.roles))`;

/** A round under its lock, secret included: it never leaves the process before the draw. */
export interface LockedRound {
  readonly id: string;
  readonly cellId: string;
  readonly state: RoundState;
  readonly cap: number;
  readonly deadlineAt: Date;
  readonly openedBy: string;
  readonly secret: string;
  readonly salt: string;
  readonly commitment: string;
  readonly slots: number;
}

/** A request with the account behind it. */
export interface EntrantRow extends RoundRequest {
  readonly accountId: string;
}

/** A win with the account behind it and the winner's hold, if there is one. */
export interface WinRow extends RoundWin {
  readonly accountId: string;
  readonly bookingId: string | null;
}

/** Every statement on the table `capacity_round`. */
@Injectable()
export class RoundsRepository {
  /** Writes a round that is open; false when there is no such cell. */
  async insert(
    tx: Transaction,
    coopId: string,
    round: Pick<
      LockedRound,
      'id' | 'cellId' | 'cap' | 'openedBy' | 'deadlineAt' | 'secret' | 'salt' | 'commitment'
    >,
    openedAt: Date,
  ): Promise<boolean> {
    const { id, cellId, cap, openedBy, deadlineAt, commitment, secret, salt } = round;
    const values = [coopId, id, cellId, cap, openedBy, openedAt, deadlineAt, commitment, secret, salt];
    return (await tx.query(INSERT, values)).length > 0;
  }

  /** Locks a round: its requests change, close and are drawn under it. Null when there is none. */
  async lock(tx: Transaction, coopId: string, id: string): Promise<LockedRound | null> {
    tx.locking('capacity_round', [id]);
    const [row] = await tx.query<LockedRound & Record<string, unknown>>(LOCK, [coopId, id]);
    return row ?? null;
  }

  /** Rounds whose deadline is over and that are not drawn: those still open, then the others, longest waiting first. */
  due(
    q: Queryable,
    limit: number,
  ): Promise<{ coopId: string; id: string; state: RoundState; deadlineAt: Date }[]> {
    return q.query(DUE, [limit]);
  }

  /** Fixes who is in the draw and with how many past wins. */
  fix(tx: Transaction, coopId: string, { id, cellId }: LockedRound): void {
    tx.send(DROP_FORMER_MEMBERS, [coopId, id]);
    tx.send(FIX_REQUESTS, [coopId, id, cellId]);
  }

  /** Those of these rounds that somebody may call off before their deadline, by id. */
  async mayCallOff(
    q: Queryable,
    keys: readonly { readonly coopId: string; readonly id: string }[],
    accountId: string,
  ): Promise<Set<string>> {
    const columns = [keys.map(({ coopId }) => coopId), keys.map(({ id }) => id)];
    const rows = await q.query<{ id: string }>(MAY_CALL_OFF, [...columns, accountId]);
    return new Set(rows.map((row) => row.id));
  }

  callOff(tx: Transaction, coopId: string, id: string): void {
    tx.send(CALL_OFF, [coopId, id]);
  }

  close(tx: Transaction, coopId: string, id: string, digest: string): void {
    tx.send(CLOSE, [coopId, id, digest]);
  }

  draw(tx: Transaction, coopId: string, id: string, block: FinalBlock, seed: string, at: Date): void {
    tx.send(DRAW, [coopId, id, block.chainId, block.number, block.hash, block.time, seed, at]);
  }

  saveWins(tx: Transaction, coopId: string, id: string, wins: readonly WinRow[]): void {
    tx.send(SAVE_WINS, [
      ...[coopId, id, wins.map((win) => win.slot), wins.map((win) => win.accountId)],
      ...[wins.map((win) => win.choice), wins.map((win) => win.bookingId)],
    ]);
  }

  async byId(q: Queryable, coopId: string, id: string): Promise<RoundType | null> {
    const [row] = await q.query<RoundRow & Record<string, unknown>>(
      `SELECT ${COLUMNS} FROM capacity_round AS round WHERE round.coop_id = $1 AND round.id = $2`,
      [coopId, id],
    );
    return row === undefined ? null : roundOf(row);
  }

  /** The rounds of a co-op, or of one of its cells, newest first. */
  async page(
    q: Queryable,
    coopId: string,
    cellId: string | null,
    { limit, after }: PageRequest,
  ): Promise<RoundType[]> {
    const before = `round.coop_id = $1 AND ($2::uuid IS NULL OR round.id < $2::uuid)`;
    const values = [coopId, after?.[0] ?? null, limit + 1];
    const rows =
      cellId === null
        ? await q.query<RoundRow & Record<string, unknown>>(
            `SELECT ${COLUMNS} FROM capacity_round AS round WHERE ${before} ORDER BY round.id DESC LIMIT $3`,
            values,
          )
        : await q.query<RoundRow & Record<string, unknown>>(
            `SELECT ${COLUMNS} FROM capacity_round AS round WHERE ${before} AND round.cell_id = $4
              ORDER BY round.id DESC LIMIT $3`,
            [...values, cellId],
          );
    return rows.map(roundOf);
  }
}
