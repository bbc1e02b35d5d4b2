import { Inject, Injectable } from '@nestjs/common';
import { type Bundle, parseBundle } from '@touchmark/certificates';
import { Editions } from '../catalog/index.js';
import { Database } from '../platform/database/index.js';
import { isUuid } from '../platform/graphql/index.js';
import { type Certificate, CertificatesRepository } from './certificates.repository.js';
import { Bundles } from './show-certificates/bundles.js';

/** What the exports may ask about certificates: which one is meant, and what stands in it. */
@Injectable()
export class ExportedPieces {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Editions) private readonly editions: Editions,
    @Inject(CertificatesRepository) private readonly certificates: CertificatesRepository,
    @Inject(Bundles) private readonly bundles: Bundles,
  ) {}

  /** The certificate of what is printed on a piece; `gtin` has 14 digits. */
  async bySerial(gtin: string, serial: number): Promise<Certificate | null> {
    const edition = await this.editions.byGtin(this.database, gtin);
    if (edition === null) return null;
    return this.certificates.bySerial(this.database, edition.coopId, edition.editionId, serial);
  }

  async byId(id: string): Promise<Certificate | null> {
    return isUuid(id) ? this.certificates.byId(this.database, id) : null;
  }

  /** `tokenId` is a uint256 in decimal digits. */
  async byToken(tokenId: string): Promise<Certificate | null> {
    return this.certificates.byToken(this.database, tokenId);
  }

  /** The certificate in force, without a proof; null when what is stored was changed by another hand. */
  async bundleOf(certificate: Certificate): Promise<Bundle | null> {
    const read = parseBundle(await this.bundles.textOf(certificate));
    return read.kind === 'BundleRead' ? read.bundle : null;
  }
}
