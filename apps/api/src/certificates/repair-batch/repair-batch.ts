import { Inject, Injectable } from '@nestjs/common';
import { type Hex, addressOfKey, positionalTree } from '@touchmark/certificates';
import { KeyRing } from '../../chain/index.js';
import {
  Database,
  type Transaction,
  Transactions,
  claimRequest,
  newId,
} from '../../platform/database/index.js';
import { InputRefused, NotFound, RequestIdReused, isUuid } from '../../platform/graphql/index.js';
import { Jobs } from '../../platform/jobs/index.js';
import { type AnchorBatch, AnchorBatchesRepository } from '../anchor-batches.repository.js';
import { problemOfWords } from '../change-reasons.js';
import { IssueCertificate, NotIssuableError, type Written } from '../issue-certificate/issue-certificate.js';
import { SealError, openClaimKey } from '../issue-certificate/seal.js';
import { PUBLISH_BATCH } from '../publish-batch/task.js';
import {
  BatchNotRepairable,
  BatchProposedAgain,
  type RepairBatchInput,
  type RepairBatchOutcome,
} from './repair-batch.types.js';
import { type Piece, RepairsRepository } from './repairs.repository.js';

type Anew = ReadonlyMap<string, Written>;

/**
 * Puts a batch before the publisher again that it had refused, or the certificates of one that was voided. Nothing of
 * either stands on chain, so its certificates may be written over; the publisher then judges them like any others.
 */
@Injectable()
export class RepairBatch {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(AnchorBatchesRepository) private readonly batches: AnchorBatchesRepository,
    @Inject(RepairsRepository) private readonly repairs: RepairsRepository,
    @Inject(IssueCertificate) private readonly issue: IssueCertificate,
    @Inject(KeyRing) private readonly keys: KeyRing,
    @Inject(Jobs) private readonly jobs: Jobs,
  ) {}

  async run(accountId: string, input: RepairBatchInput): Promise<RepairBatchOutcome> {
    const problem = problemOfWords(input.words);
    if (problem !== null) return new InputRefused('words', problem);
    const { coopId, batchId, remedy } = input;
    const batch = isUuid(batchId) ? await this.batches.load(this.database, coopId, batchId) : null;
    if (batch === null) return new NotFound('batch');
    const repairable = batch.state === 'refused' || batch.state === 'voided';
    const anew = remedy === 'issue_anew' && repairable ? await this.writeAnew(batch) : new Map();
    if (anew instanceof BatchNotRepairable) return anew;
    return this.transactions.run<'BatchProposedAgain', RepairBatchOutcome>(['BatchProposedAgain'], (tx) =>
      this.repair(tx, accountId, input, batch, anew),
    );
  }

  private async repair(
    tx: Transaction,
    accountId: string,
    input: RepairBatchInput,
    { id: batchId, editionId }: AnchorBatch,
    anew: Anew,
  ): Promise<RepairBatchOutcome> {
    const { coopId, requestId, remedy, words } = input;
    const request = { actorId: accountId, operation: 'repairBatch', requestId, input, subjectId: batchId };
    const known = await claimRequest(tx, request);
    if (known.kind === 'Reused') return new RequestIdReused();
    if (known.kind === 'Seen') return this.outcome(tx, coopId, known.subjectId);
    await tx.lock('edition', coopId, [editionId]);
    const batch = await this.batches.load(tx, coopId, batchId);
    const refusal = batch && (await this.whatIsWrong(tx, batch));
    if (batch === null || refusal === null)
      return new BatchNotRepairable(
        'The publisher has not refused this batch, and it was not voided, so there is nothing to repair.',
      );
    // The contract never takes a voided batch again, so another one has to be made of its certificates.
    const voided = batch.state === 'voided';
    if (voided && remedy !== 'issue_anew')
      return new BatchNotRepairable(
        'This batch was voided, and the chain does not take it again. Issue its certificates anew.',
      );
    await this.issue.hold(tx, coopId, [...anew.values()]);
    const decidedAt = await tx.now();
    for (const [id, written] of anew) {
      await this.repairs.rewrite(tx, coopId, id, voided ? null : batchId, written, decidedAt);
      await this.issue.keep(tx, coopId, id, written);
    }
    const root = remedy === 'issue_anew' ? rootOf([...anew.values()]) : batch.root;
    if (!voided) await this.repairs.proposeAgain(tx, coopId, batchId, root);
    const decision = { coopId, id: newId(), batchId, refusal, remedy, words: words.trim() };
    await this.repairs.insert(tx, { ...decision, decidedBy: accountId, decidedAt });
    if (!voided)
      await this.jobs.enqueue(tx, PUBLISH_BATCH, { coopId, batchId }, { key: `publish-batch:${batchId}` });
    return this.outcome(tx, coopId, batchId);
  }

  /** Why the publisher refused the batch, or why it was voided; null when there is nothing to repair, or no longer. */
  private async whatIsWrong(tx: Transaction, batch: AnchorBatch): Promise<string | null> {
    return batch.state === 'voided' ? this.repairs.whyVoided(tx, batch) : batch.refusal;
  }

  /** The certificates of the batch in the order of their serials, by id, from the records as they are now. */
  private async writeAnew(batch: AnchorBatch): Promise<Anew | BatchNotRepairable> {
    const pieces = await this.repairs.pieces(this.database, batch);
    if (pieces.length < batch.unitCount)
      return new BatchNotRepairable(
        `Only ${String(pieces.length)} of its ${String(batch.unitCount)} certificates are left. Put the rows back first.`,
      );
    const written = new Map<string, Written>();
    for (const piece of pieces) {
      try {
        const claimKey = await this.sealedAddress(piece);
        written.set(piece.id, await this.issue.write(batch.coopId, piece.unitId, claimKey));
      } catch (error) {
        if (!(error instanceof NotIssuableError)) throw error;
        return new BatchNotRepairable(
          `Serial ${String(piece.serial)} has no certificate to write: ${error.message}.`,
        );
      }
    }
    return written;
  }

  /** The address of the key that is sealed with the piece; null when the seal does not open, for another key. */
  private async sealedAddress({ tokenId, sealedClaimKey }: Piece): Promise<Hex | null> {
    try {
      return addressOfKey(openClaimKey(await this.keys.sealKey(), tokenId, sealedClaimKey));
    } catch (error) {
      if (error instanceof SealError) return null;
      throw error;
    }
  }

  private async outcome(tx: Transaction, coopId: string, id: string): Promise<RepairBatchOutcome> {
    const batch = await this.batches.load(tx, coopId, id);
    return batch === null ? new NotFound('batch') : new BatchProposedAgain(batch);
  }
}

function rootOf(written: readonly Written[]): Hex {
  return positionalTree(written.map(({ leaf }) => leaf)).root;
}
