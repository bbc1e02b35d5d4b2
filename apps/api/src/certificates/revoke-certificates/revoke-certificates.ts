import { Inject, Injectable } from '@nestjs/common';
import { ChainCalls } from '../../chain/index.js';
import { type Transaction, Transactions, claimRequest, newId } from '../../platform/database/index.js';
import { InputRefused, NotFound, RequestIdReused, isUuid } from '../../platform/graphql/index.js';
import { problemOfWords } from '../change-reasons.js';
import { NotAnchoredYet, WithdrawnBefore } from '../change-refusals.js';
import {
  CertificatesRevoked,
  type RevokeCertificatesInput,
  type RevokeCertificatesOutcome,
} from './revoke-certificates.types.js';
import { WithdrawalsRepository } from './withdrawals.repository.js';

/** The purpose of the chain's calls that withdraw; their subject is the withdrawal. */
export const REVOKE = 'revoke';
// One call of so many costs less than a quarter of what a block takes.
const MOST = 100;

/** Withdraws certificates for good: the issuer puts the reason on chain, and their checks say WITHDRAWN from then on. */
@Injectable()
export class RevokeCertificates {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(WithdrawalsRepository) private readonly withdrawals: WithdrawalsRepository,
    @Inject(ChainCalls) private readonly calls: ChainCalls,
  ) {
    calls.onIncluded(REVOKE, (tx, { coopId, subjectId: id, blockTime }) =>
      withdrawals.record(tx, { coopId, id }, blockTime),
    );
    calls.onLost(REVOKE, (tx, { coopId, subjectId: id }) => withdrawals.record(tx, { coopId, id }, null));
  }

  async run(accountId: string, input: RevokeCertificatesInput): Promise<RevokeCertificatesOutcome> {
    const ids = [...new Set(input.certificateIds.map((id) => id.toLowerCase()))];
    if (ids.length === 0 || ids.length > MOST)
      return new InputRefused(
        'certificateIds',
        `certificateIds named ${String(ids.length)}; expected 1 to ${String(MOST)}.`,
      );
    const problem = problemOfWords(input.words);
    if (problem !== null) return new InputRefused('words', problem);
    if (!ids.every(isUuid)) return new NotFound('certificate');
    return this.transactions.run<'CertificatesRevoked', RevokeCertificatesOutcome>(
      ['CertificatesRevoked'],
      (tx) => this.revoke(tx, accountId, input, ids),
    );
  }

  private async revoke(
    tx: Transaction,
    accountId: string,
    input: RevokeCertificatesInput,
    ids: string[],
  ): Promise<RevokeCertificatesOutcome> {
    const { coopId, requestId, reason, words } = input;
    const id = newId();
    const request = { actorId: accountId, operation: 'revokeCertificates', requestId, input, subjectId: id };
    const known = await claimRequest(tx, request);
    if (known.kind === 'Reused') return new RequestIdReused();
    if (known.kind === 'Seen') return this.outcome(tx, coopId, known.subjectId);
    const editions = (await this.withdrawals.changeable(tx, coopId, ids)).map(({ editionId }) => editionId);
    await tx.lock('edition', coopId, editions);
    const found = await this.withdrawals.changeable(tx, coopId, ids);
    if (found.length < ids.length) return new NotFound('certificate');
    const withdrawn = found.filter((one) => one.withdrawn);
    if (withdrawn.length > 0) return new WithdrawnBefore(withdrawn.map(({ serial }) => serial));
    const loose = found.filter(({ anchored }) => !anchored);
    if (loose.length > 0) return new NotAnchoredYet(loose.map(({ serial }) => serial));
    const requestedAt = await tx.now();
    const certificateIds = found.map((one) => one.id);
    const row = { coopId, id, reason, words: words.trim(), requestedAt, certificateIds };
    await this.withdrawals.insert(tx, { ...row, requestedBy: accountId });
    const tokenIds = found.map(({ tokenId }) => BigInt(tokenId));
    await this.calls.enqueue(tx, {
      coopId,
      purpose: REVOKE,
      subjectId: id,
      sender: 'issuer',
      call: { functionName: 'revoke', args: [tokenIds, reason] },
    });
    return this.outcome(tx, coopId, id);
  }

  private async outcome(tx: Transaction, coopId: string, id: string): Promise<RevokeCertificatesOutcome> {
    const withdrawal = await this.withdrawals.byId(tx, { coopId, id });
    return withdrawal === null ? new NotFound('withdrawal') : new CertificatesRevoked(withdrawal);
  }
}
