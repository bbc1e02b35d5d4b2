import { Inject, Injectable } from '@nestjs/common';
import type { Hex } from '@touchmark/certificates';
import { Editions } from '../../catalog/index.js';
import { AnchoredBatches, type BatchOnChain, Blocks, Issuers } from '../../chain/index.js';
import { Database, type Queryable } from '../../platform/database/index.js';
import { type AnchorBatch, AnchorBatchesRepository } from '../anchor-batches.repository.js';
import { BatchVoidsRepository } from './batch-voids.repository.js';
import { voidObstacle } from './void-obstacle.js';

/** The last batch of an edition as the chain tells it now. */
export interface LastBatch {
  readonly kind: 'LastBatch';
  readonly edition: bigint;
  readonly onChain: BatchOnChain;
  /** Ours, by its record; null when somebody else with the publisher's key anchored it. */
  readonly batchId: string | null;
  readonly objectionSeconds: number;
  /** From then on it stands for ever, and its pieces can be claimed. */
  readonly objectionUntil: Date;
  /** The last moment at which the contract takes another batch in its place. */
  readonly anchorUntil: Date;
  /** The time of the newest block. */
  readonly now: Date;
}

/** There is none that could be told, and why. */
export interface NoBatch {
  readonly kind: 'NoBatch';
  readonly message: string;
}

/** Finds out which batch of an edition is the last on chain: ours, or one that was never made here. */
@Injectable()
export class FindLastBatch {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Editions) private readonly editions: Editions,
    @Inject(Issuers) private readonly issuers: Issuers,
    @Inject(AnchoredBatches) private readonly chain: AnchoredBatches,
    @Inject(Blocks) private readonly blocks: Blocks,
    @Inject(AnchorBatchesRepository) private readonly batches: AnchorBatchesRepository,
    @Inject(BatchVoidsRepository) private readonly voids: BatchVoidsRepository,
  ) {}

  /** Null when the co-op has no such edition. Asks the chain, so it is not for transactions. */
  async of(coopId: string, editionId: string): Promise<LastBatch | NoBatch | null> {
    const ours = await this.editions.load(this.database, coopId, editionId);
    if (ours === null) return null;
    const issuer = await this.issuers.of(this.database, coopId);
    if (issuer === null) return none('This edition is not opened on chain yet.');
    const edition = this.issuers.editionOn(issuer, ours.workId, editionId);
    const newest = await this.batches.lastAnchored(this.database, coopId, editionId);
    const read = await this.read(issuer.address, edition, newest).catch(() =>
      none('The chain does not answer. Nothing was changed; try again in a moment.'),
    );
    if (read.kind === 'NoBatch') return read;
    return { ...read, edition, batchId: await this.oursAt(coopId, editionId, read.onChain) };
  }

  /** Why it cannot be voided, as recorded at `q`; null when it can. */
  async obstacle(q: Queryable, coopId: string, editionId: string, last: LastBatch): Promise<string | null> {
    const { batchId, onChain, objectionSeconds, objectionUntil, now } = last;
    const standing = batchId === null ? null : await this.voids.standing(q, { coopId, id: batchId });
    const underWay = await this.voids.isUnderWay(q, coopId, editionId);
    const { firstSerial } = onChain;
    return voidObstacle({ firstSerial, objectionSeconds, objectionUntil, now, underWay, standing });
  }

  private async read(
    issuer: Hex,
    edition: bigint,
    newest: AnchorBatch | null,
  ): Promise<Omit<LastBatch, 'edition' | 'batchId'> | NoBatch> {
    const held = await this.chain.edition(issuer, edition);
    if (held === null) return none('This edition is not opened on chain yet.');
    const { anchored, objectionSeconds, anchorUntil } = held;
    if (anchored === 0) return none('Nothing of this edition is anchored.');
    const onChain = await this.last(issuer, edition, anchored, newest);
    const now = await this.blocks.newestTime();
    if (onChain === null || now === null)
      return none('The chain and what is recorded here do not agree yet. Try again in a moment.');
    return {
      ...{ kind: 'LastBatch', onChain, objectionSeconds, now },
      objectionUntil: new Date((onChain.time + objectionSeconds) * 1000),
      anchorUntil: new Date(anchorUntil * 1000),
    };
  }

  private async last(
    issuer: Hex,
    edition: bigint,
    anchored: number,
    newest: AnchorBatch | null,
  ): Promise<BatchOnChain | null> {
    const known = newest && recorded(newest);
    const knownEnd = known === null ? 0 : known.firstSerial + known.count - 1;
    if (known !== null && knownEnd === anchored && (await this.chain.holds(issuer, edition, known)))
      return known;
    const from = knownEnd < anchored ? knownEnd + 1 : (known?.firstSerial ?? 1);
    return this.chain.endingAt(issuer, edition, from, anchored);
  }

  private async oursAt(coopId: string, editionId: string, found: BatchOnChain): Promise<string | null> {
    const batch = await this.batches.at(this.database, coopId, editionId, found.firstSerial);
    return batch?.root === found.root && batch.unitCount === found.count ? batch.id : null;
  }
}

function recorded({ firstSerial, unitCount: count, root, anchoredAt, cosignUntil }: AnchorBatch) {
  return { firstSerial, count, root, time: (anchoredAt?.getTime() ?? 0) / 1000, cosignUntil };
}

function none(message: string): NoBatch {
  return { kind: 'NoBatch', message };
}
