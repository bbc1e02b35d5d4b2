import { Inject, Injectable } from '@nestjs/common';
import { Transactions } from '../../platform/database/index.js';
import { InputRefused, NotFound, isUuid } from '../../platform/graphql/index.js';
import { ChangedHours } from '../changed-hours.js';
import { OpeningsRepository } from '../openings.repository.js';
import {
  ClosureRemoved,
  type RemoveClosureInput,
  type RemoveClosureOutcome,
} from './remove-closure.types.js';

/** Takes a closure back; who waits for the time is offered it at once. */
@Injectable()
export class RemoveClosure {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(OpeningsRepository) private readonly openings: OpeningsRepository,
    @Inject(ChangedHours) private readonly hours: ChangedHours,
  ) {}

  async run({ coopId, closureId }: RemoveClosureInput): Promise<RemoveClosureOutcome> {
    if (!isUuid(closureId)) return new NotFound('closure');
    return this.transactions.run<'ClosureRemoved', RemoveClosureOutcome>(['ClosureRemoved'], async (tx) => {
      const closure = await this.openings.closureById(tx, coopId, closureId);
      if (closure === null) return new NotFound('closure');
      const gone = await this.hours.run(tx, closure, () =>
        this.openings.deleteClosure(tx, coopId, closureId),
      );
      if (gone) return new ClosureRemoved(closureId);
      if ((await this.openings.closureById(tx, coopId, closureId)) === null) return new NotFound('closure');
      return new InputRefused(
        'closureId',
        'This station is out of service. Use returnToService, which offers the time to who waits for it.',
      );
    });
  }
}
