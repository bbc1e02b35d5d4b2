import { Inject, Injectable } from '@nestjs/common';
import { decideQuotas } from '@touchmark/allowances';
import { Transactions } from '../../platform/database/index.js';
import { InputRefused, NotFound, isUuid } from '../../platform/graphql/index.js';
import { QuotasRepository } from '../quotas.repository.js';
import { QuotasSet, type SetQuotasInput, type SetQuotasOutcome } from './set-quotas.types.js';

/** Replaces a co-op's quota rules. */
@Injectable()
export class SetQuotas {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(QuotasRepository) private readonly quotas: QuotasRepository,
  ) {}

  async run({ coopId, quotas }: SetQuotasInput): Promise<SetQuotasOutcome> {
    if (!isUuid(coopId)) return new NotFound('co-op');
    const rules = quotas.map((quota) => ({ ...quota, cellKind: quota.cellKind ?? null }));
    const decision = decideQuotas(rules);
    if (decision.kind === 'QuotasInvalid') return new InputRefused('quotas', decision.message);
    return this.transactions.run<'QuotasSet', SetQuotasOutcome>(['QuotasSet'], async (tx) => {
      if (!(await this.quotas.lockClaims(tx, coopId))) return new NotFound('co-op');
      this.quotas.replace(tx, coopId, rules, await tx.now());
      return new QuotasSet(rules.length);
    });
  }
}
