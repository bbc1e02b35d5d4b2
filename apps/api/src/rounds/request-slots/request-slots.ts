import { Inject, Injectable } from '@nestjs/common';
import { decideRequest, pseudonymOf } from '@touchmark/rounds';
import { InductionNeeded } from '../../booking/index.js';
import { Transactions, claimRequest, type Transaction } from '../../platform/database/index.js';
import { InputRefused, NotFound, RequestIdReused, isUuid } from '../../platform/graphql/index.js';
import { EntriesRepository } from '../entries.repository.js';
import { RoundsRepository, type LockedRound } from '../rounds.repository.js';
import {
  RoundClosed,
  SlotsRequested,
  type RequestSlotsInput,
  type RequestSlotsOutcome,
} from './request-slots.types.js';

/** Enters a member into a round, or changes what they ask of it. */
@Injectable()
export class RequestSlots {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(RoundsRepository) private readonly rounds: RoundsRepository,
    @Inject(EntriesRepository) private readonly entries: EntriesRepository,
  ) {}

  async run(accountId: string, input: RequestSlotsInput): Promise<RequestSlotsOutcome> {
    if (!isUuid(input.coopId) || !isUuid(input.roundId)) return new NotFound('round');
    return this.transactions.run<'SlotsRequested', RequestSlotsOutcome>(['SlotsRequested'], (tx) =>
      this.request(tx, accountId, input),
    );
  }

  private async request(
    tx: Transaction,
    accountId: string,
    input: RequestSlotsInput,
  ): Promise<RequestSlotsOutcome> {
    const { coopId, roundId, requestId } = input;
    const named = { actorId: accountId, operation: 'requestSlots', requestId, input, subjectId: roundId };
    const claim = await claimRequest(tx, named);
    if (claim.kind === 'Reused') return new RequestIdReused();
    if (claim.kind === 'Seen') return this.requested(tx, coopId, claim.subjectId, accountId);
    const round = await this.rounds.lock(tx, coopId, roundId);
    if (round === null) return new NotFound('round');
    const now = await tx.now();
    const refused = await this.refuse(tx, accountId, input, round, now);
    if (refused !== null) return refused;
    const { first, second } = input;
    const pseudonym = pseudonymOf(round.salt, accountId);
    await this.entries.put(tx, coopId, roundId, { accountId, pseudonym, first, second: second ?? null }, now);
    return this.requested(tx, coopId, roundId, accountId);
  }

  private async refuse(
    tx: Transaction,
    accountId: string,
    { coopId, roundId, first, second }: RequestSlotsInput,
    { slots, deadlineAt, state }: LockedRound,
    now: Date,
  ): Promise<RequestSlotsOutcome | null> {
    const decision = decideRequest({
      ...{ first, second: second ?? null, slots },
      // Closed is closed, also for a clock that was set back.
      ...{ deadlineAt: state === 'open' ? deadlineAt.getTime() : 0, now: now.getTime() },
    });
    if (decision.kind === 'RoundClosed') return new RoundClosed(decision.message);
    if (decision.kind === 'ChoiceInvalid') return new InputRefused(decision.field, decision.message);
    const chosen = [first, ...(typeof second === 'number' ? [second] : [])];
    const lacking = await this.entries.lacking(tx, coopId, roundId, accountId, chosen);
    return lacking === null ? null : new InductionNeeded(lacking.cellKind, lacking.how);
  }

  private async requested(
    tx: Transaction,
    coopId: string,
    id: string,
    accountId: string,
  ): Promise<SlotsRequested | NotFound> {
    const [request] = await this.entries.ownRequests(tx, [{ coopId, id }], accountId);
    return request === undefined ? new NotFound('round') : new SlotsRequested(request);
  }
}
