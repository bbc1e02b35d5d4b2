import { Inject, Injectable } from '@nestjs/common';
import { DAY_MS } from '@touchmark/calendar';
import {
  Transactions,
  claimRequest,
  type RequestClaim,
  type Transaction,
} from '../platform/database/index.js';
import { NotFound, RequestIdReused, isUuid } from '../platform/graphql/index.js';
import { Postings, type OpenBooks } from '../payouts/index.js';
import type { BookingType, ClaimInput } from './booking.types.js';
import { BookingsRepository, type KnownClaim } from './bookings.repository.js';
import { CellClaims } from './claims/cell-claims.js';
import { FreedWindows } from './claims/freed-windows.js';
import type { LockedCell } from './claims/locked-cell.js';
import { PoliciesRepository, type Policy } from './policy/policies.repository.js';
import { EvacuationsRepository } from './take-out-of-service/evacuations.repository.js';

/** What every refusal and success of changing a claim has. */
interface Outcome {
  readonly kind: string;
  sequence?: string | null;
  readonly arriving?: Promise<void>;
}

/** One way to change a claim. */
export interface ClaimChange<Kind extends string, Done extends Outcome, More> {
  readonly operation: string;
  /** The one kind of outcome that is kept. */
  readonly success: Kind;
  /** Locks what it needs below the claim, in the same round trip. */
  lockMore(tx: Transaction): Promise<More>;
  /** Decides on the locked claim and writes; returning anything but the success undoes all of it. */
  change(tx: Transaction, claim: BookingType, more: More): Promise<Done>;
  /** The success again, for a request that was made before. */
  again(claim: BookingType): Done;
}

/** A claim under the lock of its cell, its member and its provider's books. */
export interface LockedClaim {
  readonly claim: BookingType;
  readonly cell: LockedCell;
  readonly books: OpenBooks;
  readonly policy: Policy;
  /** Its station is out of service during its window: who was left there owes no fee. */
  readonly outOfService: boolean;
  /** Somebody waits for the cell, and a hold in it had died that nobody had ended: it is ended now. */
  readonly foundDead: boolean;
}

/** A way to change a claim that frees capacity: it holds the cell, and those who wait for it are served at once. */
export interface CapacityChange<Kind extends string, Done extends Outcome> {
  readonly operation: string;
  readonly success: Kind;
  /** The id that what it makes will have; left out, it makes nothing new. */
  readonly madeId?: string;
  change(tx: Transaction, locked: LockedClaim): Promise<Done>;
  /** The success again: with the claim that was made, or with the one that was changed. */
  again(tx: Transaction, claim: BookingType): Promise<Done>;
}

/** Whose claim may be changed: the actor's own, or anybody's for who runs the workshop. */
export interface ClaimActor {
  readonly accountId: string;
  readonly anybodys: boolean;
}

/** Runs a change of a claim once: request first, then the locks that the change needs, then the change. */
@Injectable()
export class ChangeClaim {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(BookingsRepository) private readonly bookings: BookingsRepository,
    @Inject(CellClaims) private readonly claims: CellClaims,
    @Inject(FreedWindows) private readonly freed: FreedWindows,
    @Inject(PoliciesRepository) private readonly policies: PoliciesRepository,
    @Inject(Postings) private readonly postings: Postings,
    @Inject(EvacuationsRepository) private readonly evacuations: EvacuationsRepository,
  ) {}

  /** A change that leaves the capacity as it is: the member and the claim are locked. */
  async run<const Kind extends string, Done extends Outcome, More>(
    accountId: string,
    input: ClaimInput,
    change: ClaimChange<Kind, Done, More>,
  ): Promise<Done | NotFound | RequestIdReused> {
    const { coopId, bookingId } = input;
    if (!isUuid(bookingId)) return new NotFound('booking');
    const work = async (tx: Transaction): Promise<Done | NotFound | RequestIdReused> => {
      // None of them needs the other's answer, so they share a round trip.
      const [seen, claim, more] = await Promise.all([
        this.once(tx, accountId, change.operation, input),
        this.bookings.lockOwn(tx, coopId, bookingId, accountId),
        change.lockMore(tx),
      ]);
      if (seen.kind === 'Reused') return new RequestIdReused();
      if (seen.kind === 'Fresh')
        return claim === null ? new NotFound('booking') : change.change(tx, claim, more);
      const [known] = await this.bookings.byIds(tx, coopId, [bookingId]);
      return known?.accountId === accountId ? change.again(known) : new NotFound('booking');
    };
    const outcome: Done | NotFound | RequestIdReused = await this.transactions.run([change.success], work);
    if ('arriving' in outcome) await outcome.arriving;
    return outcome;
  }

  /** A change that frees capacity; whatever it frees is offered to those who wait before anybody else can ask. */
  async free<const Kind extends string, Done extends Outcome>(
    actor: ClaimActor,
    input: ClaimInput,
    change: CapacityChange<Kind, Done>,
  ): Promise<Done | NotFound | RequestIdReused> {
    const { coopId, bookingId } = input;
    if (!isUuid(bookingId)) return new NotFound('booking');
    return this.transactions.run<Kind, Done | NotFound | RequestIdReused>([change.success], async (tx) => {
      const [seen, known] = await Promise.all([
        this.once(tx, actor.accountId, change.operation, input, change.madeId),
        this.bookings.known(tx, coopId, bookingId),
      ]);
      if (seen.kind === 'Reused') return new RequestIdReused();
      if (known === null || !(actor.anybodys || known.claim.accountId === actor.accountId))
        return new NotFound('booking');
      if (seen.kind === 'Seen') return this.again(tx, coopId, seen.subjectId, change);
      const locked = await this.lock(tx, known, actor);
      const outcome = await change.change(tx, locked);
      outcome.sequence = locked.cell.facts.sequence;
      if (outcome.kind === change.success) await this.freed.settle(tx, locked.cell);
      return outcome;
    });
  }

  /** Locks downwards: cell, its member and all who wait, claim, books; then the time is read with the cell. */
  private async lock(tx: Transaction, known: KnownClaim, { anybodys }: ClaimActor): Promise<LockedClaim> {
    const { coopId, cellId, id, accountId } = known.claim;
    await this.claims.lock(tx, coopId, [cellId], accountId === null ? [] : [accountId]);
    const [claim, policy, left, books] = await Promise.all([
      this.bookings.lockClaim(tx, coopId, id),
      this.policies.load(tx, coopId),
      this.evacuations.outOfService(tx, coopId, [id]),
      this.postings.openBooks(tx, [coopId]),
    ]);
    const from = loadedFrom(known, anybodys);
    const cell = await this.claims.loadAhead(tx, coopId, cellId, from, known.seenAt);
    if (claim === null || cell === null) throw new Error(`claim ${id} vanished under the lock of its cell`);
    const foundDead = cell.facts.waiting && cell.hasDead;
    await this.claims.lapse(tx, cell);
    return { claim, cell, books, policy, outOfService: left.has(id), foundDead };
  }

  private async again<Kind extends string, Done extends Outcome>(
    tx: Transaction,
    coopId: string,
    claimId: string,
    change: CapacityChange<Kind, Done>,
  ): Promise<Done | NotFound> {
    const [claim] = await this.bookings.byIds(tx, coopId, [claimId]);
    return claim === undefined ? new NotFound('booking') : change.again(tx, claim);
  }

  private once(
    tx: Transaction,
    actorId: string,
    operation: string,
    input: ClaimInput,
    subjectId = input.bookingId,
  ): Promise<RequestClaim> {
    const { requestId } = input;
    return claimRequest(tx, { actorId, operation, requestId, input, subjectId });
  }
}

/**
 * From when on a cell is loaded to change a claim. Its member can change nothing of what began more than a day ago (no
 * hold lives that long), so however old it is, nothing of the cell's past is read for them.
 */
function loadedFrom({ claim, seenAt }: KnownClaim, anybodys: boolean): Date {
  const first = Math.min(claim.fromAt.getTime(), seenAt.getTime());
  return new Date(anybodys ? first : Math.max(first, seenAt.getTime() - DAY_MS));
}
