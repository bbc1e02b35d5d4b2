import { Inject } from '@nestjs/common';
import { Args, Context, ID, Int, Query, Resolver } from '@nestjs/graphql';
import { Access } from '../../platform/auth/index.js';
import { Database } from '../../platform/database/index.js';
import {
  type Connection,
  type GraphqlContext,
  PageArgs,
  connectionOf,
  isUuid,
  pageRequest,
} from '../../platform/graphql/index.js';
import { AnchorBatchesRepository } from '../anchor-batches.repository.js';
import { type CertificateStanding, CertificatesRepository } from '../certificates.repository.js';
import {
  BatchLeavesType,
  CertificateConnection,
  CertificateStandingEnum,
  CertificateType,
} from './certificate.types.js';
import { ProvenBundles } from './proven-bundles.js';

/** Certificates, for everybody: they are made to be checked. */
@Resolver()
export class ShowCertificatesResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CertificatesRepository) private readonly certificates: CertificatesRepository,
    @Inject(AnchorBatchesRepository) private readonly batches: AnchorBatchesRepository,
    @Inject(ProvenBundles) private readonly bundles: ProvenBundles,
  ) {}

  @Access({ anyone: true })
  @Query(() => CertificateType, { name: 'certificate', nullable: true })
  async certificate(
    @Args('coopId', { type: () => ID }) coopId: string,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<CertificateType | null> {
    if (!isUuid(coopId) || !isUuid(id)) return null;
    const found = await this.certificates.byId(this.database, id);
    return found?.coopId === coopId.toLowerCase() ? found : null;
  }

  @Access({ anyone: true })
  @Query(() => String, {
    name: 'certificateBundle',
    nullable: true,
    description:
      'The canonical JSON text touchmark.certificate/1, to keep and to check anywhere: once final, with the proof that needs no network.',
  })
  async bundle(
    @Args('certificateId', { type: () => ID }) id: string,
    @Context() { req }: GraphqlContext,
  ): Promise<string | null> {
    const found = isUuid(id) ? await this.certificates.byId(this.database, id) : null;
    return found && this.bundles.textOf(found, req.ip ?? '');
  }

  @Access({ roles: ['operator', 'admin'] })
  @Query(() => CertificateConnection, {
    name: 'certificates',
    description: 'The certificates of an edition in the order of their serials, with what became of each.',
  })
  async list(
    @Args('coopId', { type: () => ID }) coopId: string,
    @Args('editionId', { type: () => ID }) editionId: string,
    @Args('standing', { type: () => CertificateStandingEnum, nullable: true })
    standing: CertificateStanding | null | undefined,
    @Args('ids', {
      type: () => [ID],
      nullable: true,
      description: 'Only these, as they are looked at before they are changed; at most 100.',
    })
    ids: string[] | null | undefined,
    @Args() args: PageArgs,
  ): Promise<Connection<CertificateType>> {
    const request = pageRequest(args, 1);
    const after = Number(request.after?.[0] ?? 0);
    const only = ids?.slice(0, 100).filter(isUuid) ?? null;
    const known = isUuid(editionId) && Number.isSafeInteger(after) && after < 2 ** 31;
    const scope = { coopId, editionId, standing: standing ?? null, ids: only };
    const rows = known ? await this.certificates.page(this.database, scope, after, request.limit + 1) : [];
    return connectionOf(
      rows,
      request,
      ({ serial }) => [String(serial)],
      (row) => row,
    );
  }

  @Access({ anyone: true })
  @Query(() => BatchLeavesType, { name: 'batchLeaves', nullable: true })
  async leaves(
    @Args('coopId', { type: () => ID }) coopId: string,
    @Args('editionId', { type: () => ID }) editionId: string,
    @Args('firstSerial', { type: () => Int }) firstSerial: number,
  ): Promise<BatchLeavesType | null> {
    if (!isUuid(coopId) || !isUuid(editionId)) return null;
    const batch = await this.batches.at(this.database, coopId, editionId, firstSerial);
    if (batch === null || batch.state === 'proposed' || batch.state === 'refused') return null;
    const leaves = await this.certificates.leavesOfBatch(this.database, coopId, batch.id);
    return {
      firstSerial,
      count: batch.unitCount,
      root: batch.root,
      leaves: leaves.map(({ leaf }) => leaf),
      digests: leaves.map(({ digest }) => digest),
    };
  }
}
