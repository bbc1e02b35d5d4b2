import { Inject, Injectable } from '@nestjs/common';
import {
  type Hex,
  addressOfKey,
  anchorDigest,
  compactSignature,
  cosignedAnchorDigest,
  signDigest,
  tokenIdOf,
} from '@touchmark/certificates';
import type { Logger } from 'pino';
import { ChainCalls, ChainNodes, Issuers, KeyRing } from '../../chain/index.js';
import { Database, Transactions } from '../../platform/database/index.js';
import { Jobs } from '../../platform/jobs/index.js';
import { LOGGER } from '../../platform/telemetry/logger.js';
import { type AnchorBatch, AnchorBatchesRepository } from '../anchor-batches.repository.js';
import { cosignUntilOf } from './cosign-until.js';
import { EvidenceRepository } from './evidence.repository.js';
import { problemOfBatch } from './judge-batch.js';
import { PUBLISH_BATCH } from './task.js';

/** Thrown when what a batch rests on is not there yet; the job is tried again. */
export class NotPublishableError extends Error {
  override readonly name = 'NotPublishableError';
}

interface Anchoring {
  readonly issuer: Hex;
  readonly edition: bigint;
  readonly digest: Hex;
  readonly cosignUntil: number;
  readonly problem: string | null;
}

/** The publisher's one task: derive a proposed batch again from the quality records, then sign its anchor or refuse it. */
@Injectable()
export class PublishBatch {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(AnchorBatchesRepository) private readonly batches: AnchorBatchesRepository,
    @Inject(EvidenceRepository) private readonly evidence: EvidenceRepository,
    @Inject(Issuers) private readonly issuers: Issuers,
    @Inject(ChainCalls) private readonly calls: ChainCalls,
    @Inject(ChainNodes) private readonly nodes: ChainNodes,
    @Inject(KeyRing) private readonly keys: KeyRing,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(Jobs) jobs: Jobs,
  ) {
    jobs.handle(PUBLISH_BATCH, ({ coopId, batchId }) => this.run(String(coopId), String(batchId)));
  }

  async run(coopId: string, batchId: string): Promise<void> {
    const batch = await this.batches.load(this.database, coopId, batchId);
    if (batch?.state !== 'proposed') return;
    const anchoring = await this.judge(batch);
    if (anchoring.problem === null) await this.sign(batch, anchoring);
    else await this.refuse(batch, anchoring.problem);
  }

  private async judge(batch: AnchorBatch): Promise<Anchoring> {
    const { coopId, editionId, firstSerial, unitCount, root } = batch;
    const issuer = await this.issuers.of(this.database, coopId);
    const records = await this.evidence.edition(this.database, coopId, editionId);
    if (issuer === null || records === null)
      throw new NotPublishableError(`batch ${batch.id} has no issuer yet`);
    // The home comes from this process's own settings and chain, not from the database that it checks.
    const home = { chainId: await this.nodes.id(), contract: this.nodes.contract };
    const edition = this.issuers.editionOn(issuer, records.workId, editionId);
    const pieces = await this.evidence.pieces(this.database, coopId, batch.id);
    const signers = await this.issuers.signersInForce(this.database, coopId);
    const evidence = {
      home,
      issuer,
      signers,
      edition,
      editionId,
      records,
      firstSerial,
      unitCount,
      root,
      pieces,
    };
    const problem =
      issuer.publisher === addressOfKey(await this.keys.publisherKey())
        ? problemOfBatch(evidence)
        : 'its issuer names another publisher';
    const terms = { issuer: issuer.address, edition, firstSerial, count: unitCount, root };
    const cosignUntil = await this.cosignUntil(records.cosignDays);
    const digest =
      cosignUntil === 0 ? anchorDigest(home, terms) : cosignedAnchorDigest(home, { ...terms, cosignUntil });
    return { issuer: issuer.address, edition, digest, cosignUntil, problem };
  }

  /** The second since 1970 until which claims need the co-signature, from the chain's own time: no clock of ours counts. */
  private async cosignUntil(days: number): Promise<number> {
    if (days === 0) return 0;
    const times = await this.nodes.each(async (client) => Number((await client.getBlock()).timestamp));
    return cosignUntilOf(times, days);
  }

  private async sign(batch: AnchorBatch, { issuer, edition, digest, cosignUntil }: Anchoring): Promise<void> {
    const signature = signDigest(await this.keys.publisherKey(), digest);
    const { coopId, firstSerial, unitCount, root } = batch;
    const first = tokenIdOf({ issuer, edition, serial: firstSerial });
    const { r, vs } = compactSignature(signature);
    await this.transactions.run(['Signed'], async (tx) => {
      await tx.lock('edition', coopId, [batch.editionId]);
      if (!(await this.batches.sign(tx, batch, signature, cosignUntil)))
        return { kind: 'DoneBefore' } as const;
      await this.calls.enqueue(tx, {
        coopId,
        purpose: 'anchor',
        subjectId: batch.id,
        sender: 'gas',
        call: { functionName: 'anchor', args: [first, unitCount, root, cosignUntil, r, vs] },
      });
      return { kind: 'Signed' } as const;
    });
  }

  private async refuse(batch: AnchorBatch, problem: string): Promise<void> {
    this.logger.error(
      { batchId: batch.id, problem },
      'the publisher refuses a batch; look at its certificates',
    );
    await this.transactions.run(['Refused'], async (tx) => {
      await tx.lock('edition', batch.coopId, [batch.editionId]);
      await this.batches.refuse(tx, batch, problem);
      return { kind: 'Refused' } as const;
    });
  }
}
