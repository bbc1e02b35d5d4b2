import { Inject, Injectable } from '@nestjs/common';
import { decideChange } from '@touchmark/rounds';
import { RoundClaims } from '../../booking/index.js';
import { Transactions, claimRequest, type Transaction } from '../../platform/database/index.js';
import { NotFound, RequestIdReused, isUuid } from '../../platform/graphql/index.js';
import { TellEntrants } from '../draw-rounds/tell-entrants.js';
import { EntriesRepository } from '../entries.repository.js';
import { RoundClosed } from '../request-slots/request-slots.types.js';
import { RoundsRepository, type LockedRound } from '../rounds.repository.js';
import {
  NotTheOpener,
  RoundCalledOff,
  type CallOffRoundInput,
  type CallOffRoundOutcome,
} from './call-off-round.types.js';

/** Ends a round before its deadline: its slots go to those who wait for the cell, then to everybody, and nobody wins. */
@Injectable()
export class CallOffRound {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(RoundsRepository) private readonly rounds: RoundsRepository,
    @Inject(EntriesRepository) private readonly entries: EntriesRepository,
    @Inject(RoundClaims) private readonly claims: RoundClaims,
    @Inject(TellEntrants) private readonly entrants: TellEntrants,
  ) {}

  async run(actorId: string, input: CallOffRoundInput): Promise<CallOffRoundOutcome> {
    const { coopId, roundId, requestId } = input;
    if (!isUuid(coopId) || !isUuid(roundId)) return new NotFound('round');
    const request = { actorId, operation: 'callOffRound', requestId, input, subjectId: roundId };
    return this.transactions.run<'RoundCalledOff', CallOffRoundOutcome>(['RoundCalledOff'], async (tx) => {
      const claim = await claimRequest(tx, request);
      if (claim.kind === 'Reused') return new RequestIdReused();
      if (claim.kind === 'Seen') return this.calledOff(tx, coopId, claim.subjectId);
      const round = await this.rounds.lock(tx, coopId, roundId);
      if (round === null) return new NotFound('round');
      if (!(await this.rounds.mayCallOff(tx, [{ coopId, id: round.id }], actorId)).has(round.id))
        return new NotTheOpener();
      return this.callOff(tx, coopId, round, actorId);
    });
  }

  private async callOff(
    tx: Transaction,
    coopId: string,
    round: LockedRound,
    actorId: string,
  ): Promise<CallOffRoundOutcome> {
    const { id, cellId, deadlineAt, state } = round;
    await this.claims.lock(tx, { coopId, cellId }, []);
    const now = await tx.now();
    const at = { open: state === 'open', deadlineAt: deadlineAt.getTime(), now: now.getTime() };
    const decision = decideChange(at);
    if (decision.kind === 'RoundClosed') return new RoundClosed(decision.message);
    const slots = await this.entries.slots(tx, coopId, id);
    const freed = slots.map(({ claimId, stationId, fromAt, toAt }) => ({
      ...{ claimId, stationId, winner: null, fromAt: fromAt.getTime(), toAt: toAt.getTime() },
    }));
    await this.claims.give(tx, { coopId, cellId, roundId: id, actorId }, freed, now);
    this.rounds.callOff(tx, coopId, id);
    await this.entrants.tellCalledOff(tx, coopId, round, await this.entries.entrants(tx, coopId, id));
    return this.calledOff(tx, coopId, id);
  }

  private async calledOff(tx: Transaction, coopId: string, id: string): Promise<RoundCalledOff | NotFound> {
    const round = await this.rounds.byId(tx, coopId, id);
    return round === null ? new NotFound('round') : new RoundCalledOff(round);
  }
}
