import { Inject, Injectable } from '@nestjs/common';
import type { Placement, Window } from '@touchmark/calendar';
import { allowanceOf } from '../../../allowances/index.js';
import { Transactions, newId, type Transaction } from '../../../platform/database/index.js';
import { NotFound, isUuid } from '../../../platform/graphql/index.js';
import { CellClaims } from '../../claims/cell-claims.js';
import type { LockedCell } from '../../claims/locked-cell.js';
import { FamilyUnknown } from '../../hold-slot/hold-slot.types.js';
import type { TermsRow } from '../../terms/terms-sql.js';
import { TermsOfMany } from '../../terms/terms-of-many.js';
import {
  DecideOccurrence,
  occurrenceOf,
  type OccurrenceAgreed,
  type OccurrenceDecision,
  type SeriesWish,
} from '../decide-occurrence.js';
import { readSeries, type SeriesRead } from '../read-series.js';
import { SeriesPlanned, type PlanSeriesInput, type PlanSeriesOutcome } from './plan-series.types.js';

/** Says of every occurrence of a series whether it can be had, where and for how much; locks and takes nothing. */
@Injectable()
export class PlanSeries {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(CellClaims) private readonly claims: CellClaims,
    @Inject(TermsOfMany) private readonly terms: TermsOfMany,
    @Inject(DecideOccurrence) private readonly decideOccurrence: DecideOccurrence,
  ) {}

  async run(accountId: string, input: PlanSeriesInput): Promise<PlanSeriesOutcome> {
    const { coopId, cellId, stationId } = input;
    if (!isUuid(cellId)) return new NotFound('cell');
    if (typeof stationId === 'string' && !isUuid(stationId)) return new NotFound('station');
    // No outcome is kept: reading is all that happens.
    return this.transactions.run<never, PlanSeriesOutcome>([], async (tx) => {
      const cell = await this.claims.loadAhead(tx, coopId, cellId, await tx.now());
      return cell === null ? new NotFound('cell') : this.plan(tx, cell, accountId, input);
    });
  }

  private async plan(
    tx: Transaction,
    cell: LockedCell,
    accountId: string,
    input: PlanSeriesInput,
  ): Promise<PlanSeriesOutcome> {
    const stationId = input.stationId ?? null;
    if (stationId !== null && !cell.stations.some(({ id }) => id === stationId))
      return new NotFound('station');
    const family = cell.familyOf(input.family);
    if (family === undefined) return new FamilyUnknown(input.family ?? '', cell.families);
    const series = readSeries(cell, input);
    if (series.kind !== 'SeriesRead') return series;
    const wish = { family, stationId, useCredits: input.useCredits ?? false };
    const decisions = await this.decide(tx, cell, accountId, series, wish);
    const agreed = decisions.filter((decision) => decision.kind === 'OccurrenceAgreed');
    return new SeriesPlanned({
      rule: series.rule,
      occurrences: decisions.map(occurrenceOf),
      ...{ free: agreed.length, conflicts: decisions.length - agreed.length },
      totalMinor: agreed.reduce((sum, { terms }) => sum + terms.priceMinor, 0n),
      currency: cell.facts.currency,
    });
  }

  /** Each occurrence as if those before it stood already, in calendar, quotas and credits. */
  private async decide(
    tx: Transaction,
    cell: LockedCell,
    accountId: string,
    { windows, stations }: SeriesRead,
    wish: SeriesWish,
  ): Promise<OccurrenceDecision[]> {
    const { coopId, cellId } = cell;
    const asks = windows.map((window) => ({ accountId, window }));
    const rows = await this.terms.read(tx, coopId, cellId, asks);
    const agreed: OccurrenceAgreed[] = [];
    const decisions: OccurrenceDecision[] = [];
    for (const [index, window] of windows.entries()) {
      const row = rows[index];
      if (row === undefined) throw new Error(`the terms of occurrence ${String(index)} were not read`);
      const own = { ...wish, stationId: stations.get(window) ?? wish.stationId };
      const decision = await this.decideOccurrence.run(tx, cell, after(row, agreed, cell), window, own);
      decisions.push(decision);
      if (decision.kind !== 'OccurrenceAgreed') continue;
      agreed.push(decision);
      suppose(cell, decision.decision.placement, window, wish.family);
    }
    return decisions;
  }
}

/** The terms of a member as they would be after these occurrences were booked. */
function after(row: TermsRow, agreed: readonly OccurrenceAgreed[], { facts }: LockedCell): TermsRow {
  if (agreed.length === 0 || row.allowance === null) return row;
  const { rules, claims, grants } = allowanceOf(row.allowance);
  const { kind: cellKind, timeZone: zone } = facts;
  const uses = agreed.flatMap(({ terms }) => terms.creditUses);
  const spent = (grantId: string): number =>
    uses.filter((use) => use.grantId === grantId).reduce((sum, use) => sum + use.minutes, 0);
  const allowance = {
    rules,
    claims: [...claims, ...agreed.map(({ window }) => ({ ...window, cellKind, zone, expiresAt: null }))],
    grants: grants.map((grant) => ({ ...grant, spentMinutes: grant.spentMinutes + spent(grant.id) })),
  };
  return { ...row, allowance: JSON.stringify(allowance) };
}

/** Lets a window stand on the loaded cell, and nowhere else. */
function suppose(cell: LockedCell, placement: Placement, window: Window, family: string | null): void {
  const { stationId, claimFromAt, changeover } = placement;
  const supposed = {
    ...{ id: newId(), accountId: null, state: 'confirmed' as const, origin: 'series', ...window },
    ...{ claimFromAt, changeoverMinutes: changeover.minutes, family, expiresAt: null, crowded: false },
  };
  const live = [...cell.station(stationId).live, supposed].sort((a, b) => a.fromAt - b.fromAt);
  cell.change(stationId, { live });
}
