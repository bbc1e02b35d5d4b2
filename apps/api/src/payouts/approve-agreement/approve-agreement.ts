import { Inject, Injectable } from '@nestjs/common';
import { Transactions, claimRequest, type Transaction } from '../../platform/database/index.js';
import { NotFound, RequestIdReused, isUuid } from '../../platform/graphql/index.js';
import { AgreementsRepository } from '../agreements.repository.js';
import { agreementView } from '../agreement.view.js';
import {
  AgreementApproved,
  type ApproveAgreementInput,
  type ApproveAgreementOutcome,
} from './approve-agreement.types.js';

/** Notes one party's approval; the version becomes active with the last one. */
@Injectable()
export class ApproveAgreement {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(AgreementsRepository) private readonly agreements: AgreementsRepository,
  ) {}

  run(actorId: string, input: ApproveAgreementInput): Promise<ApproveAgreementOutcome> {
    const { coopId, versionId, requestId } = input;
    if (!isUuid(versionId)) return Promise.resolve(new NotFound('agreement'));
    return this.transactions.run(['AgreementApproved'], async (tx) => {
      const claim = await claimRequest(tx, {
        actorId,
        operation: 'approveAgreement',
        requestId,
        input,
        subjectId: versionId,
      });
      if (claim.kind === 'Reused') return new RequestIdReused();
      if (claim.kind === 'Seen') return this.answer(tx, coopId, versionId);
      // Two last approvals at once must see each other, or neither would activate the version.
      const [locked] = await tx.lock('agreement_version', coopId, [versionId]);
      if (locked === undefined) return new NotFound('agreement');
      const at = await tx.now();
      if (!(await this.agreements.approve(tx, coopId, versionId, actorId, at)))
        return new NotFound('agreement');
      await this.agreements.activateWhenApproved(tx, coopId, versionId, at);
      return this.answer(tx, coopId, versionId);
    });
  }

  private async answer(
    tx: Transaction,
    coopId: string,
    versionId: string,
  ): Promise<AgreementApproved | NotFound> {
    const [row] = await this.agreements.versions(tx, coopId, [versionId]);
    return row === undefined ? new NotFound('agreement') : new AgreementApproved(agreementView(coopId, row));
  }
}
