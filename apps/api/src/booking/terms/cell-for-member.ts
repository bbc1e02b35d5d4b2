import { Inject, Injectable } from '@nestjs/common';
import { DAY_MS, type Window } from '@touchmark/calendar';
import { PLAN_ONCE, type Transaction } from '../../platform/database/index.js';
import { CellClaims } from '../claims/cell-claims.js';
import { knownAround, within } from '../claims/known-around.js';
import { cellParameters, cellSql } from '../claims/claims.repository.js';
import { FreedWindows } from '../claims/freed-windows.js';
import type { CellRow, LockedCell } from '../claims/locked-cell.js';
import { dayOfPrice, decideTerms, type TermsDecision, type TermsRequest } from './member-terms.js';
import { termsSql, type TermsRow } from './terms-sql.js';

const LOCK = `SELECT ${PLAN_ONCE} FROM cell
  JOIN membership ON membership.coop_id = cell.coop_id AND membership.account_id = $3 AND membership.removed_at IS NULL
 WHERE cell.coop_id = $1 AND cell.id = $2 FOR NO KEY UPDATE OF cell, membership`;

/** Whose claim on which cell is to be decided, and for when. */
export interface MemberRequest {
  readonly coopId: string;
  readonly cellId: string;
  readonly accountId: string;
  readonly window: Window;
  /** One station of the cell, or null for all of them. */
  readonly stationId: string | null;
}

/** A locked cell with what else decides on a member's claim. */
export interface MemberCell {
  readonly cell: LockedCell;
  readonly terms: TermsRow;
}

/** Cells as one member meets them: the stations, and the member's quota, credits, induction and tariff with them. */
@Injectable()
export class CellForMember {
  private readonly statement: string;

  constructor(
    @Inject(CellClaims) private readonly claims: CellClaims,
    @Inject(FreedWindows) freed: FreedWindows,
  ) {
    const terms = {
      accountId: '$8::uuid',
      fromAt: '$9::timestamptz',
      toAt: '$10::timestamptz',
    };
    this.statement = cellSql(freed.waitingSql('$1', '$2'), termsSql(terms));
  }

  /** Locks the cell and the member in one statement; false when there is no such cell or member. */
  async lock(tx: Transaction, { coopId, cellId, accountId }: MemberRequest): Promise<boolean> {
    tx.locking('cell', [cellId]);
    tx.locking('membership', [accountId]);
    return (await tx.query(LOCK, [coopId, cellId, accountId])).length > 0;
  }

  /**
   * Loads a locked cell between the neighbours of `range` (of the window, when it is left out) and the terms of the
   * member, in one statement; its snapshot is newer than the locks. Null when there is no such cell.
   */
  async load(tx: Transaction, request: MemberRequest, range?: Window): Promise<MemberCell | null> {
    const { coopId, cellId, accountId, stationId } = request;
    const window = within(bounded(request.window));
    const loaded = { ...(range ?? window), stationId };
    const known = knownAround(loaded);
    const [row] = await tx.query<CellRow & TermsRow>(this.statement, [
      ...cellParameters({ coopId, cellId, stationId, range: loaded, known }),
      ...[accountId, new Date(window.fromAt), new Date(window.toAt)],
    ]);
    if (row === undefined) return null;
    return { cell: this.claims.locked(tx, coopId, cellId, row, loaded, known), terms: row };
  }

  /** Decides quota, credits and price; loads the whole day on all stations first where the tariff looks at it. */
  async decide(tx: Transaction, { cell, terms }: MemberCell, request: TermsRequest): Promise<TermsDecision> {
    const range = dayOfPrice(cell, terms, request.window);
    if (range === null || hasDay(cell, range)) return decideTerms(cell, terms, request);
    const day = await this.claims.load(tx, cell.coopId, cell.cellId, range);
    return decideTerms(cell, terms, request, day ?? cell);
  }
}

// A window may be the whole day itself, on a station that was loaded alone.
function hasDay({ loaded }: LockedCell, day: Window): boolean {
  return loaded.stationId === null && loaded.fromAt <= day.fromAt && loaded.toAt >= day.toAt;
}

// Any two instants come in: the decision refuses a window that ends before it starts or is longer than the day that a
// cell may allow, so nothing of either is loaded or worked out, and PostgreSQL need not refuse them.
function bounded({ fromAt, toAt }: Window): Window {
  return { fromAt, toAt: Math.min(Math.max(fromAt, toAt), fromAt + DAY_MS) };
}
