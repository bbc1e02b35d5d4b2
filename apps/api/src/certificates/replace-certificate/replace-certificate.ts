import { Inject, Injectable } from '@nestjs/common';
import type { Hex } from '@touchmark/certificates';
import { ChainCalls } from '../../chain/index.js';
import {
  Database,
  type Transaction,
  Transactions,
  claimRequest,
  newId,
} from '../../platform/database/index.js';
import { InputRefused, NotFound, RequestIdReused, isUuid } from '../../platform/graphql/index.js';
import { problemOfWords } from '../change-reasons.js';
import { NotAnchoredYet, WithdrawnBefore } from '../change-refusals.js';
import { IssueCertificate, type Written } from '../issue-certificate/issue-certificate.js';
import { WithdrawalsRepository } from '../revoke-certificates/withdrawals.repository.js';
import {
  CertificateReplaced,
  ClaimKeyUsed,
  type ReplaceCertificateInput,
  type ReplaceCertificateOutcome,
  ReplacementUnderWay,
} from './replace-certificate.types.js';
import { ReplacementsRepository } from './replacements.repository.js';

/** The purpose of the chain's calls that replace; their subject is the replacement. */
export const REPLACE = 'replace';

interface Asked {
  readonly accountId: string;
  readonly input: ReplaceCertificateInput;
  readonly certificateId: string;
  readonly claimKey: string;
  readonly written: Written;
}

/** Writes the certificate of an anchored piece anew and has the issuer say so on chain: the old one reads SUPERSEDED. */
@Injectable()
export class ReplaceCertificate {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(WithdrawalsRepository) private readonly certificates: WithdrawalsRepository,
    @Inject(ReplacementsRepository) private readonly replacements: ReplacementsRepository,
    @Inject(IssueCertificate) private readonly issue: IssueCertificate,
    @Inject(ChainCalls) private readonly calls: ChainCalls,
  ) {
    calls.onIncluded(REPLACE, (tx, { coopId, subjectId: id, blockTime }) =>
      replacements.record(tx, { coopId, id }, blockTime),
    );
    calls.onLost(REPLACE, (tx, { coopId, subjectId: id }) => replacements.record(tx, { coopId, id }, null));
    calls.onRefused(REPLACE, {
      decide: (_, { errorName }) =>
        Promise.resolve(
          errorName === 'CertificateWithdrawn'
            ? { kind: 'GiveUp', words: 'The certificate was withdrawn meanwhile.' }
            : { kind: 'Wait' },
        ),
      givenUp: (tx, { coopId, subjectId: id }, words) => replacements.giveUp(tx, { coopId, id }, words),
    });
  }

  async run(accountId: string, input: ReplaceCertificateInput): Promise<ReplaceCertificateOutcome> {
    const problem = problemOfWords(input.words);
    if (problem !== null) return new InputRefused('words', problem);
    const { coopId, newClaimKey } = input;
    const certificateId = input.certificateId.toLowerCase();
    if (!isUuid(certificateId)) return new NotFound('certificate');
    const [found] = await this.certificates.changeable(this.database, coopId, [certificateId]);
    if (found === undefined) return new NotFound('certificate');
    // Written before the transaction, because it reads a lot; what it was written for is looked at again inside.
    const claimKey = newClaimKey ? null : (found.claimKey as Hex);
    const written = await this.issue.write(coopId, found.unitId, claimKey);
    const asked = { accountId, input, certificateId, claimKey: found.claimKey, written };
    return this.transactions.run<'CertificateReplaced', ReplaceCertificateOutcome>(
      ['CertificateReplaced'],
      (tx) => this.replace(tx, asked, found.editionId),
    );
  }

  private async replace(
    tx: Transaction,
    asked: Asked,
    editionId: string,
  ): Promise<ReplaceCertificateOutcome> {
    const { accountId, input, certificateId, claimKey } = asked;
    const { coopId, requestId, newClaimKey } = input;
    const id = newId();
    const request = { actorId: accountId, operation: 'replaceCertificate', requestId, input, subjectId: id };
    const known = await claimRequest(tx, request);
    if (known.kind === 'Reused') return new RequestIdReused();
    if (known.kind === 'Seen') return this.outcome(tx, coopId, known.subjectId);
    await tx.lock('edition', coopId, [editionId]);
    const [piece] = await this.certificates.changeable(tx, coopId, [certificateId]);
    if (piece === undefined) return new NotFound('certificate');
    if (piece.withdrawn) return new WithdrawnBefore([piece.serial]);
    if (!piece.anchored) return new NotAnchoredYet([piece.serial]);
    if (newClaimKey && piece.claimed) return new ClaimKeyUsed();
    const underWay = await this.replacements.isUnderWay(tx, { coopId, id: certificateId });
    if (underWay || piece.claimKey !== claimKey) return new ReplacementUnderWay();
    await this.issue.hold(tx, coopId, [asked.written]);
    await this.insert(tx, asked, id);
    await this.issue.keep(tx, coopId, certificateId, asked.written);
    await this.calls.enqueue(tx, {
      coopId,
      purpose: REPLACE,
      subjectId: id,
      sender: 'issuer',
      call: { functionName: 'replace', args: [BigInt(piece.tokenId), asked.written.leaf, input.reason] },
    });
    return this.outcome(tx, coopId, id);
  }

  private async insert(tx: Transaction, asked: Asked, id: string): Promise<void> {
    const { accountId, input, certificateId, written } = asked;
    const { coopId, reason, words } = input;
    const { sealedClaimKey, tokenId: _, ...content } = written;
    const requestedAt = await tx.now();
    const row = { coopId, id, certificateId, reason, words: words.trim(), requestedAt, ...content };
    await this.replacements.insert(tx, { ...row, requestedBy: accountId }, sealedClaimKey);
  }

  private async outcome(tx: Transaction, coopId: string, id: string): Promise<ReplaceCertificateOutcome> {
    const replacement = await this.replacements.byId(tx, { coopId, id });
    return replacement === null ? new NotFound('replacement') : new CertificateReplaced(replacement);
  }
}
