import { Inject, Injectable } from '@nestjs/common';
import {
  DAY_MS,
  relink,
  removeFromStation,
  type LinkedClaim,
  type RelinkedClaim,
  type Placement,
  type Window,
} from '@touchmark/calendar';
import { newId, type Transaction } from '../../platform/database/index.js';
import type { BookingType } from '../booking.types.js';
import { dayFloor } from '../open-calendar.js';
import { ClaimsRepository, type ClaimToEnd, type ClaimToWrite } from './claims.repository.js';
import { FreedWindows } from './freed-windows.js';
import { HORIZON_DAYS, knownAround, within } from './known-around.js';
import { LockedCell, type CellRow, type LoadedPart, type StoredClaim } from './locked-cell.js';

/** Thrown when a hold that was dead by its time turns out to have been confirmed or extended in its last moment. */
export class ClaimMovedError extends Error {
  override readonly name = 'ClaimMovedError';
  /** PostgreSQL's serialization failure: the whole transaction is run again. */
  readonly code = '40001';
}

/** A claim to be put on a station; what it leaves out is null. */
export type NewClaim = Pick<ClaimToWrite, 'state' | 'origin' | 'family' | 'priceMinor' | 'actorId'> &
  Window &
  Partial<Omit<ClaimToWrite, 'fromAt' | 'toAt'>>;

/** The one way to claim and to free the stations of a cell: locked, loaded, and with the changeovers of the neighbours. */
@Injectable()
export class CellClaims {
  constructor(
    @Inject(ClaimsRepository) private readonly claims: ClaimsRepository,
    @Inject(FreedWindows) private readonly freed: FreedWindows,
  ) {}

  /**
   * Locks cells by ascending id, then in one batch these members and all who wait for one of the cells, then the holds
   * in them. Returns the cells that there are. Nothing above a membership in the lock order can be locked afterwards.
   */
  async lock(
    tx: Transaction,
    coopId: string,
    cellIds: readonly string[],
    memberIds: readonly string[],
  ): Promise<string[]> {
    const cells = await tx.lock('cell', coopId, cellIds);
    await this.lockWaiting(tx, coopId, cells, memberIds);
    return cells;
  }

  /** The rest of `lock` for whoever locks something between the cells and the members. */
  async lockWaiting(
    tx: Transaction,
    coopId: string,
    cells: readonly string[],
    memberIds: readonly string[],
  ): Promise<void> {
    tx.planOnce();
    const waiters = await this.freed.waiters(tx, coopId, cells);
    const members = [...memberIds, ...waiters];
    await Promise.all([
      members.length > 0 && this.claims.lockMembers(tx, coopId, members),
      this.claims.lockHolds(tx, coopId, cells),
    ]);
  }

  /**
   * Loads a locked cell for a stretch of time: the claims that touch it and their neighbours on both sides, however
   * far away. Reads the transaction's time and takes its first event number. Null when there is no such cell.
   */
  async load(
    tx: Transaction,
    coopId: string,
    cellId: string,
    range: Window,
    stationId: string | null = null,
  ): Promise<LockedCell | null> {
    const [loaded, known] = [{ ...within(range), stationId }, knownAround(range)];
    const row = await this.claims.load(tx, { coopId, cellId, stationId, range: loaded, known });
    return row === null ? null : this.locked(tx, coopId, cellId, row, loaded, known);
  }

  /**
   * Loads all of a locked cell from the day before `from` to the horizon, as it is seen from `now`: what is looked at may
   * be long past, and what becomes free with it is offered up to the horizon.
   */
  loadAhead(
    tx: Transaction,
    coopId: string,
    cellId: string,
    from: Date,
    now: Date = from,
  ): Promise<LockedCell | null> {
    const [first, today] = [from, now].map((at) => dayFloor(at.getTime()) - DAY_MS) as [number, number];
    const range = { fromAt: first, toAt: Math.max(first, today) + (HORIZON_DAYS + 3) * DAY_MS };
    return this.load(tx, coopId, cellId, range);
  }

  /** A cell that a statement of the caller's own has read by `cellSql`. */
  locked(
    tx: Transaction,
    coopId: string,
    cellId: string,
    row: CellRow,
    loaded: LoadedPart,
    known: Window,
  ): LockedCell {
    tx.observeNow(row.now);
    const { stations, hourlyRateMinor, ...facts } = row;
    return new LockedCell(coopId, cellId, facts, stations, hourlyRateMinor, loaded, known);
  }

  /** Writes a claim where it was placed: dead holds of the station first, then its successor's start, then itself. */
  async put(tx: Transaction, cell: LockedCell, claim: NewClaim, placement: Placement): Promise<BookingType> {
    const { stationId } = placement;
    if (cell.station(stationId).dead.length > 0) await this.lapse(tx, cell, [stationId]);
    if (placement.successor !== null) this.link(tx, cell, stationId, placement.successor);
    const row = rowOf(cell, claim, placement);
    this.claims.insert(tx, row, cell.takeSequence(), cell.now);
    const { id, accountId, state, origin, family } = row;
    const live = [
      ...cell.station(stationId).live,
      {
        ...{ id, accountId, state, origin, family, changeoverMinutes: row.changeoverMinutes },
        ...{ fromAt: claim.fromAt, toAt: claim.toAt, claimFromAt: placement.claimFromAt },
        expiresAt: state === 'held' ? (row.expiresAt?.getTime() ?? null) : null,
        crowded: false,
      },
    ].sort((a, b) => a.fromAt - b.fromAt);
    cell.change(stationId, { live });
    return bookingOf(row);
  }

  /** Ends a loaded claim, then lets its successor's changeover grow into what it leaves or shrink. */
  end(tx: Transaction, cell: LockedCell, stationId: string, claim: ClaimToEnd): void {
    const timeline = cell.timeline(stationId);
    const successor = removeFromStation(timeline, cell.matrix, claim.id, cell.now.getTime());
    this.claims.end(tx, cell.coopId, claim, cell.takeSequence());
    const live = cell.station(stationId).live.filter((other) => other.id !== claim.id);
    cell.change(stationId, { live });
    if (successor !== null) this.link(tx, cell, stationId, successor);
  }

  /**
   * Moves a loaded claim to another station at the same time: its successor there first, then itself, then what stood
   * behind it. It keeps its id and its price. Throws to be run again when work on it has begun in the last moment.
   */
  async move(
    tx: Transaction,
    cell: LockedCell,
    fromStationId: string,
    claim: StoredClaim,
    placement: Placement,
    actorId: string,
  ): Promise<void> {
    const { stationId, claimFromAt, changeover } = placement;
    if (cell.station(stationId).dead.length > 0) await this.lapse(tx, cell, [stationId]);
    const successor = removeFromStation(
      ...[cell.timeline(fromStationId), cell.matrix, claim.id, cell.now.getTime()],
    );
    if (placement.successor !== null) this.link(tx, cell, stationId, placement.successor);
    const moved = { ...claim, claimFromAt, changeoverMinutes: changeover.minutes, crowded: false };
    const to = { fromStationId, stationId, actorId, at: cell.now };
    if (!(await this.claims.move(tx, cell.coopId, moved, to, cell.takeSequence())))
      throw new ClaimMovedError('a claim was begun or ended while it was to be moved; run again');
    const left = cell.station(fromStationId).live.filter((other) => other.id !== claim.id);
    const live = [...cell.station(stationId).live, moved].sort((a, b) => a.fromAt - b.fromAt);
    cell.change(fromStationId, { live: left });
    cell.change(stationId, { live });
    if (successor !== null) this.link(tx, cell, fromStationId, successor);
  }

  /** Ends the dead holds of these stations (of all, when none is named) and relinks what stands behind them. */
  async lapse(tx: Transaction, cell: LockedCell, stationIds?: readonly string[]): Promise<void> {
    const stations = cell.stations.filter((station) => stationIds?.includes(station.id) ?? true);
    const dead = stations.flatMap((station) => station.dead.map((hold) => hold.id));
    if (dead.length === 0) return;
    const ended = await this.claims.lapse(tx, cell.coopId, dead, cell.now);
    if (ended.length !== dead.length)
      throw new ClaimMovedError('a hold that was dead was changed in its last moment; run again');
    for (const { id } of stations) {
      cell.change(id, { dead: [] });
      this.relink(tx, cell, id);
    }
  }

  /**
   * Brings the claims of a station, before which enough is known, in line with what is in force, where they differ. One
   * that no longer fits behind its neighbour gets all the time there is between their windows, and no window moves.
   */
  relink(tx: Transaction, cell: LockedCell, stationId: string): void {
    const wanted = relink(cell.timeline(stationId), cell.matrix, cell.now.getTime());
    const known = cell.station(stationId).live.filter(({ fromAt }) => cell.knowsBefore(stationId, fromAt));
    const stored = new Map(known.map((claim) => [claim.id, claim]));
    const changed = wanted.filter((one) => stored.has(one.id) && !isLinked(stored.get(one.id), one));
    for (const claim of changed) this.link(tx, cell, stationId, claim);
  }

  // Whether a successor is crowded is left as it is: who is put in or taken out before it makes none crowded.
  private link(
    tx: Transaction,
    cell: LockedCell,
    stationId: string,
    linked: LinkedClaim & Partial<RelinkedClaim>,
  ): void {
    const { live } = cell.station(stationId);
    const stored = live.find((claim) => claim.id === linked.id);
    const wanted = { crowded: stored?.crowded ?? false, ...linked };
    if (isLinked(stored, wanted)) return;
    this.claims.relink(tx, cell.coopId, wanted, cell.now);
    cell.change(stationId, {
      live: live.map((claim) => (claim.id === linked.id ? { ...claim, ...wanted } : claim)),
    });
  }
}

function isLinked(stored: StoredClaim | undefined, wanted: RelinkedClaim): boolean {
  return (
    stored?.claimFromAt === wanted.claimFromAt &&
    stored.changeoverMinutes === wanted.changeoverMinutes &&
    stored.crowded === wanted.crowded
  );
}

function rowOf(cell: LockedCell, claim: NewClaim, placement: Placement): ClaimToWrite {
  return {
    ...{ runOperationId: null, roundId: null, serviceOrderId: null, seriesId: null, movedFrom: null },
    ...{ accountId: null, priceLines: [], chargedMinor: 0n, expiresAt: null, extendedAt: null },
    ...{ id: newId(), heldAt: cell.now, confirmedAt: claim.state === 'confirmed' ? cell.now : null },
    ...claim,
    ...{ coopId: cell.coopId, cellId: cell.cellId, workshopId: cell.facts.workshopId },
    ...{ stationId: placement.stationId, currency: cell.facts.currency },
    ...{ fromAt: new Date(claim.fromAt), toAt: new Date(claim.toAt) },
    ...{
      claimFromAt: new Date(placement.claimFromAt),
      changeoverMinutes: placement.changeover.minutes,
    },
  };
}

function bookingOf({ actorId: _actor, priceLines, ...claim }: ClaimToWrite): BookingType {
  return {
    ...claim,
    priceLines: [...priceLines],
    ...{ checkedInAt: null, checkedOutAt: null },
  };
}
