import { Inject, Injectable } from '@nestjs/common';
import { parseShare, type Rational } from '@touchmark/money';
import { decideAgreement, type Agreement } from '@touchmark/splits';
import { Transactions, claimRequest, newId, type Transaction } from '../../platform/database/index.js';
import { InputRefused, NotFound, RequestIdReused, isUuid } from '../../platform/graphql/index.js';
import { AgreementsRepository } from '../agreements.repository.js';
import { agreementView } from '../agreement.view.js';
import {
  AgreementProposed,
  type ProposeAgreementInput,
  type ProposeAgreementOutcome,
} from './propose-agreement.types.js';

const LONGEST_NAME = 120;
const CONTROL = /\p{Cc}/u;

/** Proposes a split; it binds once every party has approved it. */
@Injectable()
export class ProposeAgreement {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(AgreementsRepository) private readonly agreements: AgreementsRepository,
  ) {}

  run(actorId: string, input: ProposeAgreementInput): Promise<ProposeAgreementOutcome> {
    return this.transactions.run(['AgreementProposed'], async (tx) => {
      const versionId = newId();
      const { requestId } = input;
      const claim = await claimRequest(tx, {
        actorId,
        operation: 'proposeAgreement',
        requestId,
        input,
        subjectId: versionId,
      });
      if (claim.kind === 'Reused') return new RequestIdReused();
      if (claim.kind === 'Seen') return this.answer(tx, input.coopId, claim.subjectId);
      const terms = termsOf(input);
      if (terms instanceof InputRefused) return terms;
      const ids = terms.parties.map((party) => party.partyId);
      const members = await this.agreements.members(tx, input.coopId, ids);
      if (ids.some((id) => !members.has(id))) return new NotFound('member');
      const at = await tx.now();
      const agreementId = newId();
      const name = input.name.trim();
      await this.agreements.insert(tx, input.coopId, {
        agreementId,
        versionId,
        name,
        proposedBy: actorId,
        at,
        terms,
      });
      return this.answer(tx, input.coopId, versionId);
    });
  }

  private async answer(
    tx: Transaction,
    coopId: string,
    versionId: string,
  ): Promise<AgreementProposed | NotFound> {
    const [row] = await this.agreements.versions(tx, coopId, [versionId]);
    return row === undefined ? new NotFound('agreement') : new AgreementProposed(agreementView(coopId, row));
  }
}

function termsOf(input: ProposeAgreementInput): Agreement | InputRefused {
  const name = input.name.trim();
  if (name.length < 1 || name.length > LONGEST_NAME)
    return new InputRefused(
      'name',
      `The name has ${String(name.length)} characters. Give it 1 to ${String(LONGEST_NAME)}.`,
    );
  if (CONTROL.test(name))
    return new InputRefused('name', 'The name holds a control character. Send plain text.');
  const fee = parseShare(input.fee);
  if (fee.kind === 'ShareUnreadable') return new InputRefused('fee', fee.message);
  const parties: { partyId: string; share: Rational }[] = [];
  for (const party of input.parties) {
    if (!isUuid(party.accountId))
      return new InputRefused('parties', `"${party.accountId.slice(0, 40)}" is no account id.`);
    const share = parseShare(party.share);
    if (share.kind === 'ShareUnreadable') return new InputRefused('parties', share.message);
    parties.push({ partyId: party.accountId.toLowerCase(), share: share.share });
  }
  const decision = decideAgreement({ fee: fee.share, parties });
  if (decision.kind === 'AgreementAccepted') return decision.agreement;
  return new InputRefused(decision.kind === 'FeeOutOfRange' ? 'fee' : 'parties', decision.message);
}
