import { Inject, Injectable } from '@nestjs/common';
import { choosePlacement, overlaps, violations, type Window } from '@touchmark/calendar';
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
   * First what has its window in the stretch, by start; then, with those out of the way, what has only its changeover
   * there and can no longer have it earlier. Holds and bookings move alike and keep their ids, prices and times.
   */
  async run(
    tx: Transaction,
    cell: LockedCell,
    stationId: string,
    closed: Window,
    actorId: string,
  ): Promise<Evacuated> {
    const touched = touchedBy(cell, stationId, closed);
    const ids = touched.map((claim) => claim.id);
    const checkedIn = await this.evacuations.checkedIn(tx, cell.coopId, ids);
    const movable = touched.filter((claim) => !checkedIn.has(claim.id));
    const [inside, reaching] = [movable, movable].map((claims, index) =>
      claims.filter((claim) => overlaps(claim, closed) === (index === 0)),
    ) as [StoredClaim[], StoredClaim[]];
    const moved: string[] = [];
    const noRoom: string[] = [];
    for (const claim of inside)
      ((await this.move(tx, cell, stationId, claim, actorId)) ? moved : noRoom).push(claim.id);
    for (const claim of reaching) {
      if (!tooClose(cell, stationId).has(claim.id)) continue;
      ((await this.move(tx, cell, stationId, claim, actorId)) ? moved : noRoom).push(claim.id);
    }
    this.claims.relink(tx, cell, stationId);
    return { moved, noRoom, checkedIn: [...checkedIn] };
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

/** The live claims of a station that are not over and touch a stretch with their window or their changeover, by start. */
function touchedBy(cell: LockedCell, stationId: string, closed: Window): StoredClaim[] {
  const now = cell.now.getTime();
  return cell
    .station(stationId)
    .live.filter(({ claimFromAt, toAt }) => toAt > now && overlaps({ fromAt: claimFromAt, toAt }, closed));
}

function tooClose(cell: LockedCell, stationId: string): Set<string> {
  const pairs = violations(cell.timeline(stationId), cell.matrix, cell.now.getTime());
  return new Set(pairs.map((pair) => pair.afterId));
}
