import { Inject, Injectable } from '@nestjs/common';
import { Transactions, newId, type Transaction } from '../../platform/database/index.js';
import { InputRefused, NotFound, isUuid } from '../../platform/graphql/index.js';
import { AlreadyInducted } from '../induction.types.js';
import { InductionsRepository } from '../inductions.repository.js';
import { refuseKind } from '../input.js';
import {
  InductionGiven,
  type GiveInductionInput,
  type GiveInductionOutcome,
} from './give-induction.types.js';

/** Writes down that a member was shown a kind of cell, from when and until when that counts. */
@Injectable()
export class GiveInduction {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(InductionsRepository) private readonly inductions: InductionsRepository,
  ) {}

  async run(givenBy: string, input: GiveInductionInput): Promise<GiveInductionOutcome> {
    const refused = refuseKind('cellKind', input.cellKind);
    if (refused !== null) return refused;
    if (!isUuid(input.accountId)) return new NotFound('member');
    return this.transactions.run<'InductionGiven', GiveInductionOutcome>(['InductionGiven'], (tx) =>
      this.give(tx, givenBy, input),
    );
  }

  private async give(
    tx: Transaction,
    givenBy: string,
    input: GiveInductionInput,
  ): Promise<GiveInductionOutcome> {
    const { coopId, accountId, cellKind } = input;
    if (!(await this.inductions.lockMember(tx, coopId, accountId))) return new NotFound('member');
    const givenAt = await tx.now();
    const [validFrom, validUntil] = [input.validFrom ?? givenAt, input.validUntil ?? null];
    if (validUntil !== null && validUntil <= validFrom)
      return new InputRefused('validUntil', 'The induction ends before it counts. Choose a later end.');
    const induction = {
      ...{ coopId, id: newId(), accountId, cellKind, validFrom, validUntil },
      ...{ givenBy, givenAt, revokedAt: null },
    };
    const other = await this.inductions.overlapping(tx, induction);
    if (other !== null) return new AlreadyInducted(other);
    await this.inductions.insert(tx, induction);
    return new InductionGiven(induction);
  }
}
