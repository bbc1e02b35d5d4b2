import { Inject, Injectable } from '@nestjs/common';
import { decideHold, placeOnStation, type Window } from '@touchmark/calendar';
import { winExpiresAt } from '@touchmark/rounds';
import type { Transaction } from '../../platform/database/index.js';
import type { BookingType } from '../booking.types.js';
import { CellClaims } from '../claims/cell-claims.js';
import { FreedWindows } from '../claims/freed-windows.js';
import type { LockedCell, StoredClaim } from '../claims/locked-cell.js';
import { horizonOf } from '../hold-slot/refusals.js';
import { OTHERS_FIRST } from '../hold-slot/take-hold.js';
import { CellForMember, type MemberRequest } from '../terms/cell-for-member.js';
import { refuseInduction } from '../terms/member-terms.js';

/** A round of a cell, and who acts for it. */
export interface RoundOfCell {
  readonly coopId: string;
  readonly cellId: string;
  readonly roundId: string;
  readonly actorId: string;
}

/** A window that a round is to have, on a station or on any of the cell. */
export interface RoundWindow extends Window {
  readonly stationId: string | null;
}

/** A slot as the round claimed it, and who won it. */
export interface DrawnSlot extends Window {
  readonly claimId: string;
  readonly stationId: string;
  readonly winner: string | null;
}

export type RoundClaimed =
  | { readonly kind: 'SlotsClaimed'; readonly claims: readonly BookingType[] }
  | { readonly kind: 'SlotRefused'; readonly place: number; readonly message: string }
  | { readonly kind: 'NoSuchCell' };

/** Claims of a round on stations, so that nobody can book its slots, and the winners' holds in their place. */
@Injectable()
export class RoundClaims {
  constructor(
    @Inject(CellClaims) private readonly claims: CellClaims,
    @Inject(CellForMember) private readonly members: CellForMember,
    @Inject(FreedWindows) private readonly freed: FreedWindows,
  ) {}

  /** Locks the cell, these members and all who wait for the cell; `take` and `give` need it. */
  async lock(
    tx: Transaction,
    { coopId, cellId }: Pick<RoundOfCell, 'coopId' | 'cellId'>,
    memberIds: readonly string[],
  ): Promise<void> {
    await this.claims.lock(tx, coopId, [cellId], memberIds);
  }

  /** Claims all windows for a round, each until it starts, or names the first that cannot be had. */
  async take(
    tx: Transaction,
    round: RoundOfCell,
    windows: readonly RoundWindow[],
    now: Date,
  ): Promise<RoundClaimed> {
    const cell = await this.claims.loadAhead(tx, round.coopId, round.cellId, now);
    if (cell === null) return { kind: 'NoSuchCell' };
    const { hasDead } = cell;
    await this.claims.lapse(tx, cell);
    // Whoever waits for what is free comes before the round, and nobody gets past a queue too long for one pass.
    if (!(await this.freed.settle(tx, cell, !hasDead)))
      return { kind: 'SlotRefused', place: 0, message: OTHERS_FIRST };
    const claims: BookingType[] = [];
    for (const [place, window] of windows.entries()) {
      const claimed = await this.takeOne(tx, cell, round, window);
      if ('message' in claimed) return { kind: 'SlotRefused', place, message: claimed.message };
      claims.push(claimed);
    }
    return { kind: 'SlotsClaimed', claims };
  }

  /**
   * Ends the round's claims and gives each winner a hold in the place of one, at the price of the day, where the window
   * can still be held; what is left over goes to those who wait for the cell. Returns the holds in the order of `slots`.
   */
  async give(
    tx: Transaction,
    round: RoundOfCell,
    slots: readonly DrawnSlot[],
    now: Date,
  ): Promise<(BookingType | null)[]> {
    const holds = new Map<DrawnSlot, BookingType | null>();
    // What nobody won is freed first, or it would make the day look fuller to the price of a win with a lower number.
    const inTurn = slots.toSorted((a, b) => Number(a.winner !== null) - Number(b.winner !== null));
    for (const slot of inTurn) holds.set(slot, await this.giveOne(tx, round, slot));
    const ahead = await this.claims.loadAhead(tx, round.coopId, round.cellId, now);
    if (ahead !== null) {
      await this.claims.lapse(tx, ahead);
      await this.freed.settle(tx, ahead);
    }
    return slots.map((slot) => holds.get(slot) ?? null);
  }

  private async takeOne(
    tx: Transaction,
    cell: LockedCell,
    { roundId, actorId }: RoundOfCell,
    { stationId, ...window }: RoundWindow,
  ): Promise<BookingType | { readonly message: string }> {
    const { timeZone: zone, gridMinutes, maxMinutes } = cell.facts;
    const family = cell.familyOf(null) ?? null;
    const stations = cell
      .timelines()
      .filter((station) => stationId === null || station.stationId === stationId);
    if (stations.length === 0) return { message: 'There is no such station in this cell.' };
    const decision = decideHold({
      ...{ window, zone, gridMinutes, maxMinutes, family, matrix: cell.matrix, stations },
      ...{ now: cell.now.getTime(), horizonAt: horizonOf(cell) },
      // A round is no member: it has no other holds, and its claims last until they start.
      ...{ memberHoldsExpireAt: [], holdLimit: 1, holdMinutes: 1 },
    });
    if (decision.kind !== 'HoldAccepted') return decision;
    const expiresAt = new Date(window.fromAt);
    return this.claims.put(
      tx,
      cell,
      { ...window, actorId, roundId, state: 'held', origin: 'round', family, priceMinor: 0n, expiresAt },
      decision.placement,
    );
  }

  private async giveOne(tx: Transaction, round: RoundOfCell, slot: DrawnSlot): Promise<BookingType | null> {
    const { coopId, cellId, actorId } = round;
    const { fromAt, toAt, stationId, winner, claimId } = slot;
    const window = { fromAt, toAt };
    if (winner === null) {
      const cell = await this.claims.load(tx, coopId, cellId, window, stationId);
      if (cell !== null) this.end(tx, cell, actorId, slot);
      return null;
    }
    const request: MemberRequest = { coopId, cellId, accountId: winner, window, stationId };
    const found = await this.members.load(tx, request);
    const ended = found === null ? null : this.end(tx, found.cell, actorId, { stationId, claimId });
    if (found === null || ended === null) return null;
    const { cell, terms } = found;
    // It was asked for before the deadline; since then it may have been revoked, or become needed.
    if (refuseInduction(cell, terms) !== null) return null;
    const { family } = ended;
    const placement = placeOnStation(
      cell.timeline(stationId),
      cell.matrix,
      window,
      family,
      cell.now.getTime(),
    );
    if (placement === null) return null;
    // A quota that something else has used up since the deadline binds too; prepaid minutes are used only by who asks.
    const priced = await this.members.decide(
      tx,
      { cell, terms },
      { window, marginal: placement.marginal, maxPriceMinor: null, useCredits: false },
    );
    if (priced.kind !== 'TermsAccepted') return null;
    const { priceMinor, priceLines } = priced;
    const expiresAt = new Date(winExpiresAt(cell.now.getTime(), fromAt));
    const hold = { ...window, accountId: winner, actorId, family, priceMinor, priceLines, expiresAt };
    return this.claims.put(tx, cell, { ...hold, state: 'held', origin: 'round' }, placement);
  }

  /** Ends the round's claim; null when it is over already, because its window has begun. */
  private end(
    tx: Transaction,
    cell: LockedCell,
    actorId: string,
    { stationId, claimId }: Pick<DrawnSlot, 'stationId' | 'claimId'>,
  ): StoredClaim | null {
    const claim = cell.station(stationId).live.find((one) => one.id === claimId);
    if (claim === undefined) return null;
    this.claims.end(tx, cell, stationId, {
      ...{ id: claimId, state: 'released', at: cell.now, chargedMinor: 0n, actorId },
    });
    return claim;
  }
}
