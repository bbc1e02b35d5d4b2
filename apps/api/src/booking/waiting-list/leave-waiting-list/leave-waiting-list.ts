import { Inject, Injectable } from '@nestjs/common';
import { Transactions, claimRequest, type Transaction } from '../../../platform/database/index.js';
import { NotFound, RequestIdReused, isUuid } from '../../../platform/graphql/index.js';
import { BookingsRepository } from '../../bookings.repository.js';
import { WaitingEntriesRepository } from '../waiting-entries.repository.js';
import {
  NotWaiting,
  WaitingListLeft,
  type LeaveWaitingListInput,
  type LeaveWaitingListOutcome,
} from './leave-waiting-list.types.js';

/** Leaves a queue while waiting; an offer is released instead. */
@Injectable()
export class LeaveWaitingList {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(BookingsRepository) private readonly bookings: BookingsRepository,
    @Inject(WaitingEntriesRepository) private readonly entries: WaitingEntriesRepository,
  ) {}

  async run(accountId: string, input: LeaveWaitingListInput): Promise<LeaveWaitingListOutcome> {
    const { coopId, entryId, requestId } = input;
    if (!isUuid(entryId)) return new NotFound('entry');
    const request = {
      actorId: accountId,
      operation: 'leaveWaitingList',
      requestId,
      input,
      subjectId: entryId,
    };
    return this.transactions.run<'WaitingListLeft', LeaveWaitingListOutcome>(
      ['WaitingListLeft'],
      async (tx) => {
        const seen = await claimRequest(tx, request);
        if (seen.kind === 'Reused') return new RequestIdReused();
        const entry = await this.entries.ofMember(tx, coopId, entryId, accountId);
        if (entry === null) return new NotFound('entry');
        return seen.kind === 'Seen'
          ? new WaitingListLeft(entry)
          : this.leave(tx, coopId, entryId, entry.cellId, accountId);
      },
    );
  }

  private async leave(
    tx: Transaction,
    coopId: string,
    entryId: string,
    cellId: string,
    accountId: string,
  ): Promise<LeaveWaitingListOutcome> {
    // Offers are made under the cell's lock, so nobody is offered anything while they leave.
    await tx.lock('cell', coopId, [cellId]);
    const [entry, sequence] = await Promise.all([
      this.entries.ofMember(tx, coopId, entryId, accountId),
      this.bookings.nextSequence(tx),
    ]);
    if (entry === null) return new NotFound('entry');
    if (entry.state !== 'waiting') return Object.assign(new NotWaiting(entry.state), { sequence });
    this.entries.leave(tx, coopId, entryId);
    return Object.assign(new WaitingListLeft({ ...entry, state: 'left' }), { sequence });
  }
}
