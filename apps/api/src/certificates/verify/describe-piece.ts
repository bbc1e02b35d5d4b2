import { Inject, Injectable } from '@nestjs/common';
import { type BundleRead, type ChainFacts, isDisclosed, makingOf } from '@touchmark/certificates';
import { Editions, Works } from '../../catalog/index.js';
import { Coops } from '../../membership/index.js';
import { Database } from '../../platform/database/index.js';
import { Photos } from '../../production/index.js';
import { type Certificate, CertificatesRepository } from '../certificates.repository.js';
import { ReplacementsRepository } from '../replace-certificate/replacements.repository.js';
import type { HistoryEventType, PieceStoryType, VerdictPieceType } from './verify.types.js';

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
    @Inject(Photos) private readonly photos: Photos,
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
      coopId,
      coopName: coop.name,
      coopSlug: coop.slug,
      gtin: edition.gtin,
      history: historyOf(read),
      story: await this.storyOf(read, coopId),
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

  /** What the signed document says of who made the piece, how, and of what; and which of its photos are not shown any more. */
  private async storyOf({ bundle: { document } }: BundleRead, coopId: string): Promise<PieceStoryType> {
    const { makers, makersWithheld, events, eventsWithheld } = makingOf(document);
    const materials = document.find(({ path }) => path === 'what.materials');
    const text = materials && isDisclosed(materials) ? materials.value : null;
    const digests = events.flatMap(({ photo }) => photo?.sha256 ?? []);
    const gone = await this.photos.takenDown(this.database, coopId, digests);
    const steps = events.map((event) => ({
      ...event,
      photo: event.photo && { ...event.photo, takenDownAt: gone.get(event.photo.sha256) ?? null },
    }));
    return {
      ...{ makers, makersWithheld, steps, stepsWithheld: eventsWithheld },
      materials: typeof text === 'string' ? text : null,
    };
  }
}

/** The history in plain sentences, with the station of each. */
function historyOf({ bundle }: BundleRead): HistoryEventType[] {
  return makingOf(bundle.document).events.map(({ at, text, station }) => ({
    at,
    text: station === null ? text : `${text}, ${station}`,
  }));
}
