import { Inject, Injectable } from '@nestjs/common';
import { Transactions } from '../../platform/database/index.js';
import { InductionsRepository } from '../inductions.repository.js';
import { refuseKind, refuseText } from '../input.js';
import {
  InductionRequirementSet,
  type SetInductionRequirementInput,
  type SetInductionRequirementOutcome,
} from './set-induction-requirement.types.js';

/** Says that a kind of cell needs an induction and how to get it, or that it needs none; what is booked already stays. */
@Injectable()
export class SetInductionRequirement {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(InductionsRepository) private readonly inductions: InductionsRepository,
  ) {}

  async run(input: SetInductionRequirementInput): Promise<SetInductionRequirementOutcome> {
    const { coopId, cellKind } = input;
    const howToGet = input.howToGet?.trim() ?? null;
    const refused =
      refuseKind('cellKind', cellKind) ?? (howToGet === null ? null : refuseText('howToGet', howToGet, 240));
    if (refused !== null) return refused;
    return this.transactions.run<'InductionRequirementSet', SetInductionRequirementOutcome>(
      ['InductionRequirementSet'],
      async (tx) => {
        await this.inductions.setRequirement(tx, coopId, cellKind, howToGet);
        const requirement = howToGet === null ? null : { coopId, cellKind, howToGet };
        return new InductionRequirementSet(cellKind, requirement);
      },
    );
  }
}
