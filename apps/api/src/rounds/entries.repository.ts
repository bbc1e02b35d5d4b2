import { Injectable } from '@nestjs/common';
import type { BookingType } from '../booking/index.js';
import type { Queryable, Transaction } from '../platform/database/index.js';
import type { BeyondQuota } from '@touchmark/rounds';
import type { PageRequest } from '../platform/graphql/index.js';
import { allowanceJson } from '../allowances/index.js';
import { inductionSql } from '../workshops/index.js';
import type { EntrantRow } from './rounds.repository.js';
import type { RoundRequestType, RoundSlotType } from './rounds.types.js';

/** A slot with the round's claim on it. */
export interface SlotRow {
  readonly number: number;
  readonly stationId: string;
  readonly fromAt: Date;
  readonly toAt: Date;
  readonly claimId: string;
}

interface Key {
  readonly coopId: string;
  readonly id: string;
}

const keysOf = (keys: readonly Key[]): [string[], string[]] => [
  keys.map((key) => key.coopId),
  keys.map((key) => key.id),
];

const ADD_SLOTS = `
  INSERT INTO round_slot (coop_id, round_id, number, station_id, from_at, to_at, claim_id)
  SELECT $1, $2, slot.ordinality, slot.station_id, slot.from_at, slot.to_at, slot.claim_id
    FROM unnest($3::uuid[], $4::timestamptz[], $5::timestamptz[], $6::uuid[])
      WITH ORDINALITY AS slot (station_id, from_at, to_at, claim_id, ordinality)`;

const PUT_REQUEST = `
  INSERT INTO round_request (coop_id, round_id, account_id, pseudonym, first_slot, second_slot, requested_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7)
  ON CONFLICT (coop_id, round_id, account_id) DO UPDATE SET first_slot = excluded.first_slot,
    second_slot = excluded.second_slot, requested_at = excluded.requested_at`;

// Until the deadline fixes it, past wins are counted as they stand.
const PAST_WINS = `coalesce(request.past_wins, (SELECT count(*)::integer FROM round_slot AS won
    JOIN capacity_round AS past ON past.coop_id = won.coop_id AND past.id = won.round_id
   WHERE won.coop_id = request.coop_id AND won.won_by = request.account_id AND past.cell_id = round.cell_id))`;

const REQUEST = `request.coop_id AS "coopId", request.round_id AS "roundId", request.pseudonym,
  request.first_slot AS first, request.second_slot AS second, ${PAST_WINS} AS "pastWins",
  request.beyond_quota AS "beyondQuota"`;
const OF_ROUND = `FROM round_request AS request
  JOIN capacity_round AS round ON round.coop_id = request.coop_id AND round.id = request.round_id`;

const ENTRANTS = `
  SELECT ${REQUEST}, request.account_id AS "accountId" ${OF_ROUND}
   WHERE request.coop_id = $1 AND request.round_id = $2 ORDER BY request.pseudonym`;

const REQUEST_PAGE = `
  SELECT ${REQUEST}, request.account_id = $3 AS yours ${OF_ROUND}
   WHERE request.coop_id = $1 AND request.round_id = $2 AND ($4::text IS NULL OR request.pseudonym > $4)
   ORDER BY request.pseudonym LIMIT $5`;

const OWN_REQUESTS = `
  SELECT ${REQUEST}, true AS yours ${OF_ROUND}
   JOIN unnest($1::uuid[], $2::uuid[]) AS wanted (coop_id, id) ON wanted.coop_id = round.coop_id AND wanted.id = round.id
  WHERE request.account_id = $3`;

const COUNTS = `
  SELECT wanted.coop_id AS "coopId", wanted.id, count(request.account_id)::integer AS count
    FROM unnest($1::uuid[], $2::uuid[]) AS wanted (coop_id, id)
    LEFT JOIN round_request AS request ON request.coop_id = wanted.coop_id AND request.round_id = wanted.id
   GROUP BY wanted.coop_id, wanted.id`;

// Where the round's claim stands: it moves to another station when its own is taken out of service.
const CLAIM = 'JOIN booking AS claim ON claim.coop_id = slot.coop_id AND claim.id = slot.claim_id';
const SLOTS = `
  SELECT slot.number, claim.station_id AS "stationId", slot.from_at AS "fromAt", slot.to_at AS "toAt",
    slot.claim_id AS "claimId"
   FROM round_slot AS slot ${CLAIM} WHERE slot.coop_id = $1 AND slot.round_id = $2 ORDER BY slot.number`;

const SHOWN_SLOTS = `
  SELECT slot.coop_id AS "coopId", slot.round_id AS "roundId", slot.number, claim.station_id AS "stationId",
    slot.from_at AS "fromAt", slot.to_at AS "toAt", winner.pseudonym AS "wonBy", slot.choice,
    slot.won_by IS NOT DISTINCT FROM $3::uuid AND slot.won_by IS NOT NULL AS yours,
    CASE WHEN slot.won_by = $3::uuid THEN slot.booking_id END AS "bookingId"
   FROM round_slot AS slot
   JOIN unnest($1::uuid[], $2::uuid[]) AS wanted (coop_id, id) ON wanted.coop_id = slot.coop_id AND wanted.id = slot.round_id
   ${CLAIM}
   LEFT JOIN round_request AS winner ON winner.coop_id = slot.coop_id AND winner.round_id = slot.round_id
    AND winner.account_id = slot.won_by
  ORDER BY slot.number`;

const LACKING = `
  SELECT cell.kind AS "cellKind", ${inductionSql('$1', '$3::uuid', 'cell.kind', 'slot.from_at', 'slot.to_at')} AS how
    FROM round_slot AS slot
    JOIN capacity_round AS round ON round.coop_id = slot.coop_id AND round.id = slot.round_id
    JOIN cell ON cell.coop_id = round.coop_id AND cell.id = round.cell_id
   WHERE slot.coop_id = $1 AND slot.round_id = $2 AND slot.number = ANY($4::integer[])`;

/** A request with the allowance of who made it, at each of the windows asked for. */
export interface AllowedRow {
  readonly accountId: string;
  readonly cellKind: string;
  readonly zone: string;
  readonly firstFromAt: Date;
  readonly firstToAt: Date;
  readonly firstAllowance: string | null;
  readonly secondFromAt: Date | null;
  readonly secondToAt: Date | null;
  readonly secondAllowance: string | null;
}

const allowanceAt = (slot: string): string =>
  allowanceJson({
    ...{ coopId: '$1', accountId: 'request.account_id', cellKind: 'room.kind', fromAt: `${slot}.from_at` },
  });
const ALLOWED = `
  SELECT request.account_id AS "accountId", room.kind AS "cellKind", place.time_zone AS zone,
    one.from_at AS "firstFromAt", one.to_at AS "firstToAt", ${allowanceAt('one')} AS "firstAllowance",
    two.from_at AS "secondFromAt", two.to_at AS "secondToAt",
    CASE WHEN two.number IS NOT NULL THEN ${allowanceAt('two')} END AS "secondAllowance"
   FROM round_request AS request
   JOIN capacity_round AS round ON round.coop_id = request.coop_id AND round.id = request.round_id
   JOIN cell AS room ON room.coop_id = round.coop_id AND room.id = round.cell_id
   JOIN workshop AS place ON place.coop_id = room.coop_id AND place.id = room.workshop_id
   JOIN round_slot AS one ON one.coop_id = request.coop_id AND one.round_id = request.round_id
    AND one.number = request.first_slot
   LEFT JOIN round_slot AS two ON two.coop_id = request.coop_id AND two.round_id = request.round_id
    AND two.number = request.second_slot
  WHERE request.coop_id = $1 AND request.round_id = $2`;

const FIX_QUOTAS = `
  UPDATE round_request AS request SET beyond_quota = string_to_array(nullif(beyond.gaps, ''), ' ')
    FROM unnest($3::uuid[], $4::text[]) AS beyond (account_id, gaps)
   WHERE request.coop_id = $1 AND request.round_id = $2 AND request.account_id = beyond.account_id`;

const FORMER = `
  SELECT request.account_id AS "accountId" FROM round_request AS request
    JOIN membership AS member ON member.coop_id = request.coop_id AND member.account_id = request.account_id
   WHERE request.coop_id = $1 AND request.round_id = $2 AND member.removed_at IS NOT NULL`;

/** Every statement on the tables `round_slot` and `round_request` but those of the draw. */
@Injectable()
export class EntriesRepository {
  /** Writes the slots of a round, numbered from 1, with the round's claims on them. */
  async addSlots(
    tx: Transaction,
    coopId: string,
    roundId: string,
    claims: readonly BookingType[],
  ): Promise<void> {
    await tx.query(ADD_SLOTS, [
      ...[coopId, roundId, claims.map((claim) => claim.stationId), claims.map((claim) => claim.fromAt)],
      ...[claims.map((claim) => claim.toAt), claims.map((claim) => claim.id)],
    ]);
  }

  /** Writes a member's request, or what it was changed to. */
  async put(
    tx: Transaction,
    coopId: string,
    roundId: string,
    request: Pick<EntrantRow, 'accountId' | 'pseudonym' | 'first' | 'second'>,
    at: Date,
  ): Promise<void> {
    const { accountId, pseudonym, first, second } = request;
    await tx.query(PUT_REQUEST, [coopId, roundId, accountId, pseudonym, first, second, at]);
  }

  /** Takes a request back; false when there was none. */
  async withdraw(tx: Transaction, coopId: string, roundId: string, accountId: string): Promise<boolean> {
    const gone = await tx.query(
      'DELETE FROM round_request WHERE coop_id = $1 AND round_id = $2 AND account_id = $3 RETURNING 1 AS gone',
      [coopId, roundId, accountId],
    );
    return gone.length > 0;
  }

  /** What the quota of everybody who asked leaves for what they asked for. */
  allowed(q: Queryable, coopId: string, roundId: string): Promise<AllowedRow[]> {
    return q.query<AllowedRow & Record<string, unknown>>(ALLOWED, [coopId, roundId]);
  }

  /** Fixes for some requests what their quotas do not cover. */
  fixQuotas(
    tx: Transaction,
    coopId: string,
    roundId: string,
    beyond: readonly { readonly accountId: string; readonly gaps: readonly BeyondQuota[] }[],
  ): void {
    tx.send(FIX_QUOTAS, [
      ...[coopId, roundId, beyond.map((one) => one.accountId), beyond.map((one) => one.gaps.join(' '))],
    ]);
  }

  /** Those who asked and are no members any more; their membership is locked, or may change. */
  async former(q: Queryable, coopId: string, roundId: string): Promise<Set<string>> {
    const rows = await q.query<{ accountId: string }>(FORMER, [coopId, roundId]);
    return new Set(rows.map((row) => row.accountId));
  }

  /** All requests of a round, with the accounts behind them. */
  entrants(q: Queryable, coopId: string, roundId: string): Promise<EntrantRow[]> {
    return q.query<EntrantRow & Record<string, unknown>>(ENTRANTS, [coopId, roundId]);
  }

  /** The slots of a round by number; where they are changes until the cell is locked. */
  slots(q: Queryable, coopId: string, roundId: string): Promise<SlotRow[]> {
    return q.query<SlotRow & Record<string, unknown>>(SLOTS, [coopId, roundId]);
  }

  /** How to get the induction that a member lacks for one of these slots; null when none is lacking. */
  async lacking(
    q: Queryable,
    coopId: string,
    roundId: string,
    accountId: string,
    numbers: readonly number[],
  ): Promise<{ cellKind: string; how: string } | null> {
    const rows = await q.query<{ cellKind: string; how: string | null }>(LACKING, [
      ...[coopId, roundId, accountId, numbers],
    ]);
    const [found] = rows.flatMap(({ cellKind, how }) => (how === null ? [] : [{ cellKind, how }]));
    return found ?? null;
  }

  /** The slots of rounds as one account sees them, by number. */
  shown(q: Queryable, keys: readonly Key[], accountId: string | null): Promise<RoundSlotType[]> {
    return q.query<RoundSlotType & Record<string, unknown>>(SHOWN_SLOTS, [...keysOf(keys), accountId]);
  }

  ownRequests(q: Queryable, keys: readonly Key[], accountId: string): Promise<RoundRequestType[]> {
    return q.query<RoundRequestType & Record<string, unknown>>(OWN_REQUESTS, [...keysOf(keys), accountId]);
  }

  counts(q: Queryable, keys: readonly Key[]): Promise<(Key & { readonly count: number })[]> {
    return q.query<Key & { count: number } & Record<string, unknown>>(COUNTS, keysOf(keys));
  }

  /** A page of the requests of a round, by pseudonym. */
  page(
    q: Queryable,
    { coopId, id }: Key,
    accountId: string,
    { limit, after }: PageRequest,
  ): Promise<RoundRequestType[]> {
    return q.query<RoundRequestType & Record<string, unknown>>(REQUEST_PAGE, [
      ...[coopId, id, accountId, after?.[0] ?? null, limit + 1],
    ]);
  }
}
