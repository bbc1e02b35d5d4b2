import { Inject, Injectable } from '@nestjs/common';
import { type BundleRead, type ChainFacts, isDisclosed } from '@touchmark/certificates';
import { Editions, Works } from '../../catalog/index.js';
import { Coops } from '../../membership/index.js';
import { Database } from '../../platform/database/index.js';
import { type Certificate, CertificatesRepository } from '../certificates.repository.js';
import { ReplacementsRepository } from '../replace-certificate/replacements.repository.js';
import type { HistoryEventType, VerdictPieceType } from './verify.types.js';

/** Tells what piece a bundle is about, when its certificate was issued here. */
@Injectable()
export class DescribePiece {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CertificatesRepository) private readonly certificates: CertificatesRepository,
    @Inject(ReplacementsRepository) private readonly replacements: ReplacementsRepository,
    @Inject(Editions) private readonly editions: Editions,
    @Inject(Works) private readonly works: Works,
    @Inject(Coops) private readonly coops: Coops,
  ) {}

  /** The certificate that the bundle is of; another signature over the same token is not ours. */
  async certificateOf(read: BundleRead): Promise<Certificate | null> {
    const found = await this.certificates.byToken(this.database, read.derived.tokenId.toString());
    if (found === null || found.digest === read.derived.digest) return found;
    const replacements = await this.replacements.ofCertificates(this.database, [found]);
    return replacements.some(({ digest }) => digest === read.derived.digest) ? found : null;
  }

  /** The second since 1970 at which this bundle came to stand as a replacement; null when it is none of ours. */
  async replacedAt({ derived }: BundleRead): Promise<number | null> {
    const found = await this.certificates.byToken(this.database, derived.tokenId.toString());
    const replacements = found === null ? [] : await this.replacements.ofCertificates(this.database, [found]);
    const recordedAt = replacements.find(({ leaf }) => leaf === derived.leaf)?.recordedAt ?? null;
    return recordedAt && recordedAt.getTime() / 1000;
  }

  async describe(
    certificate: Certificate,
    read: BundleRead,
    facts: ChainFacts | null,
  ): Promise<VerdictPieceType | null> {
    const { coopId, editionId } = certificate;
    const [edition, coop] = await Promise.all([
      this.editions.load(this.database, coopId, editionId),
      this.coops.byId(coopId),
    ]);
    const work = edition && (await this.works.load(this.database, coopId, edition.workId));
    if (edition === null || work === null || coop === null) return null;
    const { bundle, derived } = read;
    const holder = facts?.holder ?? null;
    return {
      title: work.title,
      serial: bundle.serial,
      size: edition.size,
      made: edition.nextSerial - 1,
      finalSize: facts?.edition?.closed ? facts.edition.size : null,
      coopName: coop.name,
      coopSlug: coop.slug,
      gtin: edition.gtin,
      history: historyOf(read),
      documentRoot: derived.documentRoot,
      digest: derived.digest,
      leaf: derived.leaf,
      signer: bundle.signer,
      batchRoot: bundle.inclusion?.root ?? null,
      chainId: bundle.chainId,
      contract: bundle.contract,
      issuer: bundle.issuer,
      tokenId: derived.tokenId.toString(),
      // Whole addresses lead to everything else their owner holds.
      holder: holder === null ? null : `${holder.slice(0, 6)}…${holder.slice(-4)}`,
    };
  }
}

/** The history as it was signed; an event of another shape is left out. */
function historyOf({ bundle }: BundleRead): HistoryEventType[] {
  const field = bundle.document.find(({ path }) => path === 'how.history');
  if (field === undefined || !isDisclosed(field) || !Array.isArray(field.value)) return [];
  return (field.value as unknown[]).flatMap((event) => {
    if (typeof event !== 'object' || event === null || !('at' in event) || !('text' in event)) return [];
    const { at, text } = event;
    if (typeof at !== 'string' || typeof text !== 'string' || Number.isNaN(Date.parse(at))) return [];
    const where = 'station' in event && typeof event.station === 'string' ? `, ${event.station}` : '';
    return [{ at: new Date(at), text: `${text}${where}` }];
  });
}
