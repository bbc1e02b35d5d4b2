import { Inject, Injectable } from '@nestjs/common';
import { MINUTE_MS, offerFor } from '@touchmark/calendar';
import { Transactions, claimRequest, newId, type Transaction } from '../../../platform/database/index.js';
import { NotFound, RequestIdReused, isUuid } from '../../../platform/graphql/index.js';
import { CellClaims } from '../../claims/cell-claims.js';
import type { LockedCell } from '../../claims/locked-cell.js';
import { FamilyUnknown } from '../../hold-slot/hold-slot.types.js';
import { LapseHolds } from '../../lapse-holds/lapse-holds.js';
import { refuseInduction } from '../../terms/member-terms.js';
import { TermsOfMany } from '../../terms/terms-of-many.js';
import { cellNow } from '../give-offers.js';
import { WaitingEntriesRepository } from '../waiting-entries.repository.js';
import type { WaitingEntryType } from '../waiting-list.types.js';
import {
  SlotIsFree,
  WaitingLimitReached,
  WaitingListJoined,
  type JoinWaitingListInput,
  type JoinWaitingListOutcome,
} from './join-waiting-list.types.js';
import { refuseWish, wishOf } from './refuse-wish.js';

const MOST_PLACES = 10;
const MOST_ATTEMPTS = 10;

/** Those before the caller wait for what a dead hold leaves; they are served before the request is looked at again. */
interface Unsettled {
  readonly kind: 'Unsettled';
}

/** Joins the queue of a cell behind those who wait already; never for what could be held right now. */
@Injectable()
export class JoinWaitingList {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(CellClaims) private readonly claims: CellClaims,
    @Inject(LapseHolds) private readonly lapseHolds: LapseHolds,
    @Inject(TermsOfMany) private readonly terms: TermsOfMany,
    @Inject(WaitingEntriesRepository) private readonly entries: WaitingEntriesRepository,
  ) {}

  async run(accountId: string, input: JoinWaitingListInput): Promise<JoinWaitingListOutcome> {
    if (!isUuid(input.cellId)) return new NotFound('cell');
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
      const outcome = await this.transactions.run<'WaitingListJoined', JoinWaitingListOutcome | Unsettled>(
        ['WaitingListJoined'],
        (tx) => this.join(tx, accountId, input),
      );
      if (outcome.kind !== 'Unsettled') return outcome;
      await this.lapseHolds.settle(input.coopId, input.cellId);
    }
    throw new Error(`the queue of cell ${input.cellId} was not served in ${String(MOST_ATTEMPTS)} attempts`);
  }

  private async join(
    tx: Transaction,
    accountId: string,
    input: JoinWaitingListInput,
  ): Promise<JoinWaitingListOutcome | Unsettled> {
    const { coopId, cellId, requestId } = input;
    const id = newId();
    const request = { actorId: accountId, operation: 'joinWaitingList', requestId, input, subjectId: id };
    const seen = await claimRequest(tx, request);
    if (seen.kind === 'Reused') return new RequestIdReused();
    if (seen.kind === 'Seen') return this.again(tx, coopId, seen.subjectId, accountId);
    const [found] = await this.claims.lock(tx, coopId, [cellId], [accountId]);
    const cell = found === undefined ? null : await this.claims.loadAhead(tx, coopId, cellId, await tx.now());
    if (cell === null) return new NotFound('cell');
    if (cell.facts.waiting && cell.hasDead) return { kind: 'Unsettled' };
    const outcome = await this.decide(tx, cell, accountId, input, id);
    return Object.assign(outcome, { sequence: cell.facts.sequence });
  }

  private async decide(
    tx: Transaction,
    cell: LockedCell,
    accountId: string,
    input: JoinWaitingListInput,
    id: string,
  ): Promise<JoinWaitingListOutcome> {
    const family = cell.familyOf(input.family);
    if (family === undefined) return new FamilyUnknown(input.family ?? '', cell.families);
    const wish = wishOf(input, family);
    const invalid = refuseWish(cell, wish);
    if (invalid !== null) return invalid;
    const { coopId, cellId } = cell;
    const window = { fromAt: wish.earliestAt, toAt: wish.earliestAt + wish.minutes * MINUTE_MS };
    const [places, [terms]] = await Promise.all([
      this.entries.countOf(tx, coopId, accountId),
      this.terms.read(tx, coopId, cellId, [{ accountId, window }]),
    ]);
    if (places >= MOST_PLACES) return new WaitingLimitReached(MOST_PLACES);
    const induction = terms === undefined ? null : refuseInduction(cell, terms);
    if (induction !== null) return induction;
    const free = offerFor(cellNow(cell), { ...wish, id, turn: 0 });
    if (free !== null) {
      const { stationId, fromAt, toAt, minutes } = free;
      const slot = { stationId, fromAt: new Date(fromAt), toAt: new Date(toAt) };
      return new SlotIsFree(slot, minutes < wish.minutes);
    }
    const entry: WaitingEntryType = {
      ...{ coopId, id, cellId, accountId, bookingId: null, state: 'waiting', family },
      ...{ earliestAt: input.earliestAt, latestAt: input.latestAt, minutes: wish.minutes },
      ...{ leastMinutes: wish.leastMinutes, maxPriceMinor: wish.maxPriceMinor },
      ...{ useCredits: input.useCredits ?? false, joinedAt: cell.now, offeredAt: null },
    };
    this.entries.insert(tx, entry, cell.facts.sequence);
    return new WaitingListJoined(entry);
  }

  private async again(
    tx: Transaction,
    coopId: string,
    id: string,
    accountId: string,
  ): Promise<JoinWaitingListOutcome> {
    const entry = await this.entries.ofMember(tx, coopId, id, accountId);
    return entry === null ? new NotFound('entry') : new WaitingListJoined(entry);
  }
}
