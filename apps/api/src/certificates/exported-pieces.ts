import { Inject, Injectable } from '@nestjs/common';
import { type Bundle, type Hex, parseBundle } from '@touchmark/certificates';
import { Editions } from '../catalog/index.js';
import { Database } from '../platform/database/index.js';
import { isUuid } from '../platform/graphql/index.js';
import { type Certificate, CertificatesRepository } from './certificates.repository.js';
import { ClaimKeys } from './claim-keys.js';
import { Bundles } from './show-certificates/bundles.js';
import { ProvenBundles } from './show-certificates/proven-bundles.js';
import { Verify } from './verify/verify.js';
import type { VerdictType } from './verify/verify.types.js';

/** A certificate that is GENUINE, with the final proof of it. */
export interface ProvenPiece {
  readonly kind: 'ProvenPiece';
  readonly bundle: Bundle;
  readonly text: string;
}

/** A certificate that is not GENUINE, or not final yet. */
export interface NotProven {
  readonly kind: 'NotProven';
  readonly word: VerdictType['word'];
  /** Not null when nobody looked, since `ip` asked too often. */
  readonly retryAfterSeconds: number | null;
}

/** What the exports may ask about certificates: which one is meant, and what stands in it. */
@Injectable()
export class ExportedPieces {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Editions) private readonly editions: Editions,
    @Inject(CertificatesRepository) private readonly certificates: CertificatesRepository,
    @Inject(Bundles) private readonly bundles: Bundles,
    @Inject(ProvenBundles) private readonly provenBundles: ProvenBundles,
    @Inject(Verify) private readonly verify: Verify,
    @Inject(ClaimKeys) private readonly claimKeys: ClaimKeys,
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

  /** The certificate with its proof, when our own check finds it GENUINE at a final block; `ip` is whose limit the check counts to. */
  async proven(certificate: Certificate, ip: string): Promise<ProvenPiece | NotProven> {
    const text = await this.provenBundles.textOf(certificate, ip);
    const { word, retryAfterSeconds } = await this.verify.run({ bundle: text }, ip);
    const read = parseBundle(text);
    if (word !== 'GENUINE' || read.kind === 'BundleRefused')
      return { kind: 'NotProven', word, retryAfterSeconds };
    if (read.bundle.proof === null) return { kind: 'NotProven', word: 'PROVISIONAL', retryAfterSeconds };
    return { kind: 'ProvenPiece', bundle: read.bundle, text };
  }

  /** The private key that is sealed with the piece: for its card, and for no other answer. */
  claimKeyOf(certificate: Certificate): Promise<Hex> {
    return this.claimKeys.open(certificate);
  }
}
