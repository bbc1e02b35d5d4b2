import { Inject, Injectable } from '@nestjs/common';
import { asGtin14, checkpointText, isGtin } from '@touchmark/certificates';
import { Editions } from '../../catalog/index.js';
import { ChainReader, Issuers } from '../../chain/index.js';
import { Database } from '../../platform/database/index.js';
import { tryAgain } from '../../platform/graphql/index.js';
import { CheckLimit } from '../verify/check-limit.js';
import { CheckpointsRepository } from './checkpoints.repository.js';

/** Captures the checkpoint of an edition at the newest final block, for pages that check printed codes without a network. */
@Injectable()
export class EditionCheckpoint {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Editions) private readonly editions: Editions,
    @Inject(Issuers) private readonly issuers: Issuers,
    @Inject(CheckpointsRepository) private readonly checkpoints: CheckpointsRepository,
    @Inject(ChainReader) private readonly chain: ChainReader,
    @Inject(CheckLimit) private readonly limit: CheckLimit,
  ) {}

  /** The text of touchmark.checkpoint/1; null without such an edition, or while the chain is away; throws over the limit of `ip`. */
  async textOf(gtin: string, ip: string): Promise<string | null> {
    const tooMany = await this.limit.take(ip);
    // Null would say that there is no such edition.
    if (tooMany !== null) throw tryAgain(tooMany.message);
    const found = isGtin(gtin) ? await this.editions.byGtin(this.database, asGtin14(gtin)) : null;
    if (found === null) return null;
    const { coopId, editionId } = found;
    const edition = await this.editions.load(this.database, coopId, editionId);
    const issuer = await this.issuers.of(this.database, coopId);
    if (edition === null || issuer === null) return null;
    const content = await this.checkpoints.contentOf(this.database, coopId, editionId);
    const inForce = await this.issuers.signersInForce(this.database, coopId);
    const captured = await this.chain.checkpoint({
      chainId: issuer.chainId,
      contract: issuer.contract,
      issuer: issuer.address,
      edition: this.issuers.editionOn(issuer, edition.workId, editionId).toString(),
      firstSerials: content.firstSerials,
      signers: [...content.signers, ...inForce],
    });
    return captured.kind === 'CheckpointCaptured' ? checkpointText(captured.checkpoint) : null;
  }
}
