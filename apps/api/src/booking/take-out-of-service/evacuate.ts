import { Inject, Injectable } from '@nestjs/common';
import { choosePlacement, contains, overlaps, violations, type Window } from '@touchmark/calendar';
import type { Transaction } from '../../platform/database/index.js';
import { CellClaims } from '../claims/cell-claims.js';
import type { LockedCell, StoredClaim } from '../claims/locked-cell.js';
import { EvacuationsRepository } from './evacuations.repository.js';

/** What became of the claims that a closed stretch of a station touches, as ids. */
export interface Evacuated {
  readonly moved: readonly string[];
  readonly checkedIn: readonly string[];
  readonly noRoom: readonly string[];
}

/** Moves claims from a stretch of a station that is closed already to other stations of the cell, under its lock. */
@Injectable()
export class Evacuate {
  constructor(
    @Inject(CellClaims) private readonly claims: CellClaims,
    @Inject(EvacuationsRepository) private readonly evacuations: EvacuationsRepository,
  ) {}

  /**
   * First what has its window in the stretch, by start; then, with those out of the way, whatever stands too close to its
   * neighbour because the changeover between them would be in the stretch: also what had none before its neighbour
   * went, or will not have it once one goes that is left. Holds and bookings move alike and keep their ids, prices and
   * times.
   */
  async run(
    tx: Transaction,
    cell: LockedCell,
    stationId: string,
    closed: Window,
    actorId: string,
  ): Promise<Evacuated> {
    const standing = standingOn(cell, stationId);
    const ids = standing.map((claim) => claim.id);
    const begun = await this.evacuations.checkedIn(tx, cell.coopId, ids);
    const touched = standing.filter(({ claimFromAt, toAt }) =>
      overlaps({ fromAt: claimFromAt, toAt }, closed),
    );
    const moved: string[] = [];
    const noRoom: string[] = [];
    const looked = new Set(begun);
    const leave = async (claim: StoredClaim): Promise<void> => {
      looked.add(claim.id);
      ((await this.move(tx, cell, stationId, claim, actorId)) ? moved : noRoom).push(claim.id);
    };
    for (const claim of touched) if (!looked.has(claim.id) && overlaps(claim, closed)) await leave(claim);
    for (;;) {
      const claim = nextTooClose(cell, stationId, closed, { looked, begun });
      if (claim === undefined) break;
      await leave(claim);
    }
    this.claims.relink(tx, cell, stationId);
    const checkedIn = touched.filter(({ id }) => begun.has(id)).map(({ id }) => id);
    return { moved, noRoom, checkedIn };
  }

  private async move(
    tx: Transaction,
    cell: LockedCell,
    stationId: string,
    claim: StoredClaim,
    actorId: string,
  ): Promise<boolean> {
    const siblings = cell.timelines().filter((timeline) => timeline.stationId !== stationId);
    const chosen = choosePlacement(siblings, cell.matrix, claim, claim.family, cell.now.getTime());
    if (chosen === null) return false;
    await this.claims.move(tx, cell, stationId, claim, chosen.placement, actorId);
    return true;
  }
}

/** The live claims of a station that are not over, by start. */
function standingOn(cell: LockedCell, stationId: string): StoredClaim[] {
  const now = cell.now.getTime();
  return cell.station(stationId).live.filter(({ toAt }) => toAt > now);
}

/**
 * The first claim, of those not looked at, that has too little time for a changeover between it and its neighbour in the
 * stretch; its neighbour also as it will be when those are gone that cannot stay.
 */
function nextTooClose(
  cell: LockedCell,
  stationId: string,
  closed: Window,
  { looked, begun }: Readonly<Record<'looked' | 'begun', ReadonlySet<string>>>,
): StoredClaim | undefined {
  const claims = new Map(cell.station(stationId).live.map((claim) => [claim.id, claim]));
  const timeline = cell.timeline(stationId);
  const found = violations(timeline, cell.matrix, cell.now.getTime());
  const squeezed = new Set(found.map(({ afterId }) => afterId));
  const staying = timeline.claims.filter(
    (claim) =>
      begun.has(claim.id) || (!squeezed.has(claim.id) && timeline.open.some((open) => contains(open, claim))),
  );
  return [...found, ...violations({ ...timeline, claims: staying }, cell.matrix, cell.now.getTime())]
    .filter(({ afterId }) => !looked.has(afterId))
    .map(({ beforeId, afterId }) => ({ before: claims.get(beforeId ?? ''), after: claims.get(afterId) }))
    .find(({ before, after }) => {
      const gap = { fromAt: before?.toAt ?? closed.fromAt, toAt: after?.fromAt ?? closed.fromAt };
      return gap.fromAt < gap.toAt && overlaps(gap, closed);
    })?.after;
}
