import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { type Hex, addressOfKey, canonicalJson, issueCertificates } from '@touchmark/certificates';
import { Editions, Works } from '../../catalog/index.js';
import { Issuers, KeyRing } from '../../chain/index.js';
import { Coops } from '../../membership/index.js';
import { Database, type Transaction, Transactions, newId } from '../../platform/database/index.js';
import { Jobs } from '../../platform/jobs/index.js';
import { PassedUnits, Photos, ProductionHistory } from '../../production/index.js';
import { type Certificate, CertificatesRepository } from '../certificates.repository.js';
import { MakerCredits, type PrintedMaker } from '../credit/maker-credits.js';
import { buildDocument, type PieceFacts } from './build-document.js';
import { sealClaimKey } from './seal.js';

type PassedUnit = NonNullable<Awaited<ReturnType<PassedUnits['load']>>>;

/** A certificate as it was written and signed; its sealed claim key is null when the key is an older one's. */
export type Written = Pick<
  Certificate,
  'tokenId' | 'document' | 'documentRoot' | 'claimKey' | 'digest' | 'leaf' | 'signer' | 'signature'
> & {
  readonly sealedClaimKey: Buffer | null;
  readonly makers: readonly PrintedMaker[];
  /** Digests of the photos that it names. */
  readonly photos: readonly string[];
};

/** Thrown when something that every passed unit has is not there yet; the job is tried again. */
export class NotIssuableError extends Error {
  override readonly name = 'NotIssuableError';
}

/** Writes, signs and stores the certificate of a unit that passed. A unit has one, however often this runs. */
@Injectable()
export class IssueCertificate {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(PassedUnits) private readonly units: PassedUnits,
    @Inject(ProductionHistory) private readonly history: ProductionHistory,
    @Inject(Editions) private readonly editions: Editions,
    @Inject(Works) private readonly works: Works,
    @Inject(MakerCredits) private readonly makers: MakerCredits,
    @Inject(Photos) private readonly photos: Photos,
    @Inject(Coops) private readonly coops: Coops,
    @Inject(Issuers) private readonly issuers: Issuers,
    @Inject(KeyRing) private readonly keys: KeyRing,
    @Inject(CertificatesRepository) private readonly certificates: CertificatesRepository,
    @Inject(Jobs) jobs: Jobs,
  ) {
    jobs.handle('issue_certificate', ({ coopId, unitId }) => this.run(String(coopId), String(unitId)));
  }

  async run(coopId: string, unitId: string): Promise<void> {
    const unit = await this.units.load(this.database, coopId, unitId);
    if (unit === null || (await this.certificates.ofUnit(this.database, coopId, unitId)) !== null) return;
    const written = await this.writeFor(coopId, unit, null);
    const { sealedClaimKey, ...content } = written;
    if (sealedClaimKey === null) throw new Error('a new certificate has a key of its own');
    await this.transactions.run(['Issued'], async (tx) => {
      await this.hold(tx, coopId, [written]);
      const issuedAt = await tx.now();
      const { editionId, serial } = unit;
      const certificate = { coopId, id: newId(), unitId, editionId, serial, ...content, issuedAt };
      const inserted = await this.certificates.insert(tx, certificate, sealedClaimKey);
      if (!inserted) return { kind: 'IssuedBefore' } as const;
      await this.keep(tx, coopId, certificate.id, written);
      return { kind: 'Issued' } as const;
    });
  }

  /** Keeps what was written from changing until the transaction ends; after other locks, before the clock is read. */
  async hold(tx: Transaction, coopId: string, written: readonly Written[]): Promise<void> {
    await this.makers.hold(
      tx,
      coopId,
      written.flatMap(({ makers }) => makers),
    );
  }

  /** Notes of a certificate that is stored whom it shows, and makes its photos public. */
  async keep(tx: Transaction, coopId: string, certificateId: string, written: Written): Promise<void> {
    await this.makers.keep(tx, coopId, certificateId, written.makers);
    await this.photos.publish(tx, coopId, written.photos);
  }

  /** A certificate of the unit, written and signed anew and stored nowhere; `claimKey` null makes a new sealed key. */
  async write(coopId: string, unitId: string, claimKey: Hex | null): Promise<Written> {
    const unit = await this.units.load(this.database, coopId, unitId);
    if (unit === null) throw new NotIssuableError(`unit ${unitId} has not passed`);
    return this.writeFor(coopId, unit, claimKey);
  }

  private async writeFor(coopId: string, unit: PassedUnit, keptClaimKey: Hex | null): Promise<Written> {
    const { facts, home, token, signerAddress } = await this.gather(coopId, unit);
    const claimSecret = keptClaimKey === null ? newPrivateKey() : null;
    const document = buildDocument(facts, () => `0x${randomBytes(32).toString('hex')}`);
    const claimKey = claimSecret === null ? (keptClaimKey ?? '0x') : addressOfKey(claimSecret);
    const signerKey = await this.keys.signerKeyOf(signerAddress);
    const [issued] = issueCertificates([{ home, token, document, claimKey }], signerKey);
    if (issued === undefined) throw new Error('Expected one certificate for one unit.');
    const { signer, signature, document: shown } = issued.bundle;
    const { documentRoot, digest, leaf } = issued.derived;
    const tokenId = issued.derived.tokenId.toString();
    return {
      ...{ tokenId, documentRoot, claimKey, digest, leaf, signer, signature },
      makers: facts.makers,
      photos: facts.history.flatMap(({ photo }) => photo?.sha256 ?? []),
      document: canonicalJson(shown.map((field) => ({ ...field }))),
      sealedClaimKey: claimSecret && sealClaimKey(await this.keys.sealKey(), tokenId, claimSecret),
    };
  }

  private async gather(coopId: string, unit: PassedUnit) {
    const [edition, coop, issuer, history] = await Promise.all([
      this.editions.load(this.database, coopId, unit.editionId),
      this.coops.byId(coopId),
      this.issuers.of(this.database, coopId),
      this.history.ofUnit(this.database, coopId, unit.unitId),
    ]);
    const work = edition && (await this.works.load(this.database, coopId, edition.workId));
    if (edition === null || work === null || coop === null || issuer === null)
      throw new NotIssuableError(`unit ${unit.unitId} has no edition, work, co-op or issuer yet`);
    const facts = {
      coop,
      makers: await this.makers.ofAgreement(coop, edition.agreementVersionId),
      work,
      edition,
      serial: unit.serial,
      runId: unit.runId,
      passedAt: unit.quality.recordedAt,
      history,
    } satisfies PieceFacts;
    const { chainId, contract, address } = issuer;
    const token = {
      issuer: address,
      edition: this.issuers.editionOn(issuer, work.id, edition.id),
      serial: unit.serial,
    };
    return { facts, home: { chainId, contract }, token, signerAddress: issuer.signer };
  }
}

/** 32 random bytes are a valid key but for one chance in 2^128, in which addressOfKey throws and the job runs again. */
function newPrivateKey(): Hex {
  return `0x${randomBytes(32).toString('hex')}`;
}
