import { Inject } from '@nestjs/common';
import { Context, ID, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { formatDigitalLink } from '@touchmark/certificates';
import { EditionType, Editions, keyOf, keysOf } from '../../catalog/index.js';
import { ChainCalls, type ChainState, ChainStateEnum } from '../../chain/index.js';
import { Database } from '../../platform/database/index.js';
import { Instant, loaderOf, type GraphqlContext } from '../../platform/graphql/index.js';
import { OrderUnitType } from '../../production/index.js';
import { AnchorBatchesRepository } from '../anchor-batches.repository.js';
import { ClaimsRepository } from '../claim-certificate/claims.repository.js';
import { CertificatesRepository } from '../certificates.repository.js';
import { AnchorBatchType, CertificateType } from './certificate.types.js';

type EditionRef = Pick<CertificateType, 'coopId' | 'editionId'>;

/** Loads the edition of certificates and of ordered pieces, batched. */
class EditionOf {
  constructor(
    private readonly database: Database,
    private readonly editions: Editions,
  ) {}

  async load({ coopId, editionId }: EditionRef, context: GraphqlContext): Promise<EditionType> {
    const load = async (keys: readonly string[]) =>
      new Map(
        (await this.editions.byKeys(this.database, keysOf(keys))).map((one) => [
          keyOf(one.coopId, one.id),
          one,
        ]),
      );
    const edition = await loaderOf<EditionType | null>(context, 'edition of certificate', load, null).load(
      keyOf(coopId, editionId),
    );
    if (edition === null) throw new Error(`the edition ${editionId} of a certificate is gone`);
    return edition;
  }
}

/** What hangs on a certificate. */
@Resolver(() => CertificateType)
export class CertificateFieldsResolver {
  private readonly editionOf: EditionOf;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Editions) editions: Editions,
    @Inject(AnchorBatchesRepository) private readonly batches: AnchorBatchesRepository,
    @Inject(ClaimsRepository) private readonly claims: ClaimsRepository,
  ) {
    this.editionOf = new EditionOf(database, editions);
  }

  @ResolveField(() => EditionType)
  edition(@Parent() certificate: CertificateType, @Context() context: GraphqlContext): Promise<EditionType> {
    return this.editionOf.load(certificate, context);
  }

  @ResolveField(() => AnchorBatchType, { nullable: true })
  batch(
    @Parent() certificate: CertificateType,
    @Context() context: GraphqlContext,
  ): Promise<AnchorBatchType | null> {
    if (certificate.batchId === null) return Promise.resolve(null);
    const load = async (keys: readonly string[]) =>
      new Map(
        (await this.batches.byKeys(this.database, keysOf(keys))).map((one) => [
          keyOf(one.coopId, one.id),
          one,
        ]),
      );
    return loaderOf<AnchorBatchType | null>(context, 'batch of certificate', load, null).load(
      keyOf(certificate.coopId, certificate.batchId),
    );
  }

  @ResolveField(() => Instant, {
    nullable: true,
    description: 'Since when its token is claimed, never by which address.',
  })
  claimedSince(
    @Parent() certificate: CertificateType,
    @Context() context: GraphqlContext,
  ): Promise<Date | null> {
    const load = (keys: readonly string[]) => this.claims.ofCertificates(this.database, keysOf(keys));
    return loaderOf<Date | null>(context, 'claim of certificate', load, null).load(
      keyOf(certificate.coopId, certificate.id),
    );
  }

  @ResolveField(() => String, { description: 'The path printed on the piece: /01/{gtin}/21/{serial}.' })
  async verificationPath(
    @Parent() certificate: CertificateType,
    @Context() context: GraphqlContext,
  ): Promise<string> {
    const { gtin } = await this.editionOf.load(certificate, context);
    return formatDigitalLink(gtin, certificate.serial);
  }
}

/** What hangs on a batch. */
@Resolver(() => AnchorBatchType)
export class AnchorBatchFieldsResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ChainCalls) private readonly calls: ChainCalls,
  ) {}

  @ResolveField(() => ChainStateEnum, {
    nullable: true,
    description: 'How far the call that anchors it has come; null until the publisher signed it.',
  })
  chainState(
    @Parent() batch: AnchorBatchType,
    @Context() context: GraphqlContext,
  ): Promise<ChainState | null> {
    const load = (keys: readonly string[]) => this.calls.states(this.database, 'anchor', keysOf(keys));
    return loaderOf<ChainState | null>(context, 'chain state of batch', load, null).load(
      keyOf(batch.coopId, batch.id),
    );
  }

  @ResolveField(() => String, { nullable: true })
  transactionHash(
    @Parent() batch: AnchorBatchType,
    @Context() context: GraphqlContext,
  ): Promise<string | null> {
    const load = (keys: readonly string[]) =>
      this.calls.transactionHashes(this.database, 'anchor', keysOf(keys));
    return loaderOf<string | null>(context, 'transaction of batch', load, null).load(
      keyOf(batch.coopId, batch.id),
    );
  }
}

/** What certificates add to a piece of an order. */
@Resolver(() => OrderUnitType)
export class OrderUnitFieldsResolver {
  private readonly editionOf: EditionOf;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Editions) editions: Editions,
    @Inject(CertificatesRepository) private readonly certificates: CertificatesRepository,
  ) {
    this.editionOf = new EditionOf(database, editions);
  }

  @ResolveField(() => String, { description: 'The GTIN printed on the piece, as 14 digits.' })
  async gtin(@Parent() unit: OrderUnitType, @Context() context: GraphqlContext): Promise<string> {
    return (await this.editionOf.load(unit, context)).gtin;
  }

  @ResolveField(() => ID, {
    nullable: true,
    description: 'Null until the piece has passed and was certified.',
  })
  certificateId(@Parent() unit: OrderUnitType, @Context() context: GraphqlContext): Promise<string | null> {
    const load = async (keys: readonly string[]) =>
      new Map(
        (await this.certificates.ofUnits(this.database, keysOf(keys))).map(({ coopId, unitId, id }) => [
          keyOf(coopId, unitId),
          id,
        ]),
      );
    return loaderOf<string | null>(context, 'certificate of unit', load, null).load(
      keyOf(unit.coopId, unit.id),
    );
  }
}
