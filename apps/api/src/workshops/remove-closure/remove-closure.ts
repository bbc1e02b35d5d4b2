import { Inject, Injectable } from '@nestjs/common';
import { Transactions } from '../../platform/database/index.js';
import { NotFound, isUuid } from '../../platform/graphql/index.js';
import { OpeningsRepository } from '../openings.repository.js';
import {
  ClosureRemoved,
  type RemoveClosureInput,
  type RemoveClosureOutcome,
} from './remove-closure.types.js';

/** Takes a closure back. */
@Injectable()
export class RemoveClosure {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(OpeningsRepository) private readonly openings: OpeningsRepository,
  ) {}

  async run({ coopId, closureId }: RemoveClosureInput): Promise<RemoveClosureOutcome> {
    if (!isUuid(closureId)) return new NotFound('closure');
    return this.transactions.run<'ClosureRemoved', RemoveClosureOutcome>(['ClosureRemoved'], async (tx) =>
      (await this.openings.deleteClosure(tx, coopId, closureId))
        ? new ClosureRemoved(closureId)
        : new NotFound('closure'),
    );
  }
}
