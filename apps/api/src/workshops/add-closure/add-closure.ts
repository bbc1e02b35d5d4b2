import { Inject, Injectable } from '@nestjs/common';
import { Transactions, newId } from '../../platform/database/index.js';
import { InputRefused, NotFound, isUuid } from '../../platform/graphql/index.js';
import { refuseText } from '../input.js';
import { OpeningsRepository } from '../openings.repository.js';
import { ClosureAdded, type AddClosureInput, type AddClosureOutcome } from './add-closure.types.js';

/** Closes a workshop for a stretch of time; what is booked already stays. */
@Injectable()
export class AddClosure {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(OpeningsRepository) private readonly openings: OpeningsRepository,
  ) {}

  async run({ coopId, workshopId, fromAt, toAt, reason }: AddClosureInput): Promise<AddClosureOutcome> {
    if (toAt <= fromAt)
      return new InputRefused('toAt', 'The closure ends before it starts. Choose an end after the start.');
    const refused = refuseText('reason', reason, 240);
    if (refused !== null) return refused;
    if (!isUuid(workshopId)) return new NotFound('workshop');
    return this.transactions.run<'ClosureAdded', AddClosureOutcome>(['ClosureAdded'], async (tx) => {
      const [workshop] = await tx.lock('workshop', coopId, [workshopId]);
      if (workshop === undefined) return new NotFound('workshop');
      const closure = { coopId, workshopId, id: newId(), fromAt, toAt, reason: reason.trim() };
      await this.openings.insertClosure(tx, closure);
      return new ClosureAdded(closure);
    });
  }
}
