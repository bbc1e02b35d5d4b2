import { Inject, Injectable } from '@nestjs/common';
import { choosePlacement, contains, crowding, overlaps, type Window } from '@touchmark/calendar';
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
   * went, or will not have it once others go that are left. Holds and bookings move alike and keep their ids, prices and
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
 * The first claim, of those not looked at, that has too little time behind another for the changeover between them in the
 * stretch: its neighbour, or whatever is its neighbour once all that is between them has gone. Work that has begun stays.
 */
function nextTooClose(
  cell: LockedCell,
  stationId: string,
  closed: Window,
  { looked, begun }: Readonly<Record<'looked' | 'begun', ReadonlySet<string>>>,
): StoredClaim | undefined {
  const { live } = cell.station(stationId);
  const claims = new Map(live.map((claim) => [claim.id, claim]));
  const work = live.filter(({ id }) => begun.has(id));
  return crowding(cell.timeline(stationId), cell.matrix, cell.now.getTime())
    .filter(({ afterId }) => !looked.has(afterId))
    .map(({ beforeId, afterId }) => ({ before: claims.get(beforeId ?? ''), after: claims.get(afterId) }))
    .find(({ before, after }) => {
      const gap = { fromAt: before?.toAt ?? closed.fromAt, toAt: after?.fromAt ?? closed.fromAt };
      return gap.fromAt < gap.toAt && overlaps(gap, closed) && !work.some((claim) => contains(gap, claim));
    })?.after;
}
